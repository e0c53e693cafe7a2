"""How wide words are, near enough to lay them out without a browser: the widths of Helvetica and its kin."""

import re

BOLD = 1.07
ROOM = 1.03  # a little over, as fonts of the family differ
UNKNOWN = 0.6
WIDE = 1.0  # scripts whose letters fill a square
_WIDTHS = {
    0.222: "ijl'‘’|",
    0.278: " ,.:;/\\!It[]f",
    0.333: 'r-()`“”"•',
    0.389: "*",
    0.5: "ckszvxyJ_",
    0.556: "abdeghnopqu0123456789?$£#L–<>=+~½¼",
    0.611: "FTZ",
    0.667: "ABEKPSVXY&",
    0.722: "CDHNRUw",
    0.778: "GOQ",
    0.833: "mM",
    0.889: "%",
    1.0: "W@…—",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


# What XML cannot hold, and what turns the direction of the words after it.
_NOT_WRITTEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(words: str) -> str:
    """The words on one line, without what XML cannot hold."""
    return " ".join(_NOT_WRITTEN.sub("", words).split())


def width_of(words: str, size: float, bold: bool = False) -> float:
    """How wide the words are when set at `size`, in the same units."""
    ems = sum(_WIDTH.get(letter, UNKNOWN if ord(letter) < 0x1100 else WIDE) for letter in words)
    return ems * size * ROOM * (BOLD if bold else 1)


def shorten(words: str, room: float, size: float, bold: bool = False) -> str:
    """The words, cut with an ellipsis where they are wider than `room`."""
    if width_of(words, size, bold) <= room:
        return words
    kept = words
    while kept and width_of(kept + "…", size, bold) > room:
        kept = kept[:-1].rstrip()
    return kept + "…"


def wrap(words: str, room: float, size: float, most: int = 9, bold: bool = False) -> list[str]:
    """The words in lines no wider than `room`, at most `most` of them; what is left over is cut."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if not line or width_of(longer, size, bold) <= room:
            line = longer
        else:
            lines.append(line)
            line = word
    lines.append(line)
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return [shorten(line, room, size, bold) for line in lines]
