"""Which files may be kept, and under what name."""

import unicodedata

from kith.record.refusals import NotPossible

LARGEST = 10 * 1024 * 1024  # bytes: a long report with pictures, and not a film
LONGEST_NAME = 100


class NotAKindKept(NotPossible):
    """A file of a kind that is not kept, whatever it is called."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} It was not kept.",
            "Add a PDF, a picture, a Word file, a spreadsheet or plain text. Unpack a packed file first, and "
            "add what is in it.",
        )


class HalfAFile(NotPossible):
    """A file of which a part is missing."""

    def __init__(self) -> None:
        super().__init__(
            "The end of this file is missing, so nobody could open it. It was not kept.",
            "Open it where it came from to see that it is whole, and add it again.",
        )


class TooLarge(NotPossible):
    """A file larger than may be kept."""

    def __init__(self) -> None:
        super().__init__(
            f"This file is larger than {LARGEST // (1024 * 1024)} MB. It was not kept.",
            "Save it smaller (a scan in grey, a photo in medium size), or add it in parts.",
        )


class NothingInIt(NotPossible):
    """A file without content, or one that nobody said what it is."""


def check_size(size: int) -> None:
    """Raises NothingInIt for an empty file and TooLarge for one that is larger than may be kept."""
    if size == 0:
        raise NothingInIt("There is nothing in this file.", "Choose the file again.")
    if size > LARGEST:
        raise TooLarge()


def check_named(what: str) -> None:
    """Raises NothingInIt where nobody said what a document is."""
    if not what.strip():
        raise NothingInIt("Nobody said what this is.", "Write what it is, such as “School report, May”.")


def safe_name(name: str, ending: str) -> str:
    """A name that any computer may write to a disk: letters, no folder, and the ending that is true."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    kept = "".join(" " if letter in '<>:"|?*%;' else letter for letter in kept)
    stem = kept.rsplit(".", 1)[0] if "." in kept.strip(".") else kept
    stem = " ".join(stem.replace(".", " ").split())[:LONGEST_NAME].strip()
    return f"{stem or 'document'}.{ending}"
