"""Faults as sentences: what happened, and what the person at the terminal can do."""

import errno
import os
import re
import tempfile
import traceback

_OF_THE_SYSTEM = {
    errno.ENOSPC: "The disk is full. Free some space, or choose a folder on another disk, and try again.",
    errno.EDQUOT: "Your share of the disk is used up. Free some space, or choose another folder.",
    errno.EFBIG: "The disk does not take files this large. Choose a folder on another disk.",
    errno.EACCES: "You may not read or write {place}. Choose another place, or ask for the permission.",
    errno.EPERM: "You may not read or write {place}. Choose another place, or ask for the permission.",
    errno.EROFS: "{place} is on a disk that cannot be written to. Choose another place.",
    errno.ENOENT: "There is nothing at {place}. Check the path.",
    errno.ENOTDIR: "{place} goes through a file as if it were a folder. Check the path.",
    errno.EEXIST: "{place} is there already, and is not a folder. Choose another.",
    errno.EISDIR: "{place} is a folder where a file belongs. Choose another.",
    errno.ENAMETOOLONG: "The name of {place} is too long for this disk. Choose a shorter one.",
}


def in_words(fault: Exception) -> str:
    """The fault as one or two plain sentences. What nobody foresaw is kept in a file that is named."""
    from django.db import Error

    from kith.dataset.readers.folder import CannotRead
    from kith.record.refusals import Refused
    from kith.standards.places import PlacesNotBuilt

    if isinstance(fault, Refused | CannotRead | PlacesNotBuilt):
        return str(fault)
    if (number := _system_number(fault)) in _OF_THE_SYSTEM:
        place = getattr(fault, "filename", None) or "the place you gave"
        return _OF_THE_SYSTEM[number].format(place=place)
    if isinstance(fault, Error) and ("locked" in str(fault) or "connection" in str(fault)):
        return (
            "The record's database stopped answering, or others are writing to it. Nothing was kept of what "
            "had not been finished. Try again in a minute."
        )
    return (
        "Kith met a fault that it does not know; nothing was kept of what had not been finished. Try once "
        f"more; if it fails again, send {_kept(fault)} to whoever looks after Kith. It may name files."
    )


def _system_number(fault: Exception) -> int:
    """The system's number for what went wrong, or 0; polars and lxml tell it in their text alone."""
    if isinstance(fault, OSError) and fault.errno:
        return fault.errno
    if by_polars := re.search(r"\(os error (\d+)\)", str(fault)):
        return int(by_polars[1])
    if by_lxml := re.fullmatch(r"IO_(E[A-Z]+)", str(fault)):
        return int(getattr(errno, by_lxml[1], 0))
    return errno.ENOSPC if "disk is full" in str(fault) else 0


def _kept(fault: Exception) -> str:
    return kept("".join(traceback.format_exception(fault)))


def kept(trace: str) -> str:
    """Where a trace was written, readable by its owner alone."""
    number, path = tempfile.mkstemp(prefix="kith-fault-", suffix=".txt")
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(trace)
    return path
