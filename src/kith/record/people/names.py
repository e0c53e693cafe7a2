"""Names made alike, so that they can be compared whatever their accents, marks or script."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from kith.standards.tables import rows

_LETTERS = Path(__file__).parent / "data" / "letters.csv"

NOT_PART_OF_A_NAME = re.compile(r"[^a-z0-9]+")
JOINED = re.compile(r"['’‘`ʼʻ´]")  # O'Brien and OBrien are one name


@cache
def letters() -> dict[int, str]:
    """How letters of other scripts, and Latin letters that do not come apart, are spelt in plain ones."""
    return {ord(row["letter"]): row["latin"] for row in rows(_LETTERS)}


def normalise(name: str) -> str:
    """`name` in plain small letters, its parts parted by one space: "Ó Súilleabháin-Kahn" is
    "o suilleabhain kahn". A name in a script without a table comes back as it was, in small letters.
    """
    joined = JOINED.sub("", name).casefold().translate(letters())
    plain = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFC", plain).translate(letters())
    if latin := NOT_PART_OF_A_NAME.sub(" ", plain).strip():
        return latin
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def first_given(given_names: str) -> str:
    """The first given name, normalised: "Anne-Marie Jo" is "anne marie"."""
    return normalise(given_names.split()[0]) if given_names.split() else ""


SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"^mc", "mac"), (r"^kn|^gn|^pn", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"^x", "s"), (r"^wh", "w"),
        (r"sio|^sea(?=n)", "sho"), (r"ch(?=[rl])", "k"), (r"sch|sh|ch|tch|zh|cz|tsch|sz", "S"),
        (r"bh|v|(?<=.)(?<!m)mh", "f"), (r"ph|pf", "f"), (r"(?<=[aeiou])w", ""),
        (r"th|dh", "t"), (r"gh(?=t)|gh$", ""), (r"gh|kh|q|ck|ks?h|c(?![eiy])", "k"),
        (r"c(?=[eiy])|z|ts", "s"), (r"dg|g(?=[eiy])|j|dj", "J"), (r"x", "ks"), (r"g", "k"), (r"d", "t"),
        (r"w", "f"), (r"b", "p"), (r"h|y", ""),
    ]
]  # fmt: skip
VOWELS = re.compile(r"[aeiou]+")
TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def sounds_like(name: str) -> str:
    """A key that names said alike share: consonants by how they are said, vowels as one mark at
    the start and none after. "siobhan" and "shavon" share "Sfn", "mohammed" and "muhamad" "mmt".

    Takes a normalised name. Own rules for names heard in England; "" when nothing is left.
    """
    said = TWICE.sub(r"\1", name.replace(" ", ""))
    for pattern, sound in SOUNDS:
        said = pattern.sub(sound, said)
    starts_with_vowel = bool(VOWELS.match(said))
    said = VOWELS.sub("", said)
    return ("a" if starts_with_vowel else "") + said
