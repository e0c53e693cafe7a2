"""Scanning what was sent before anything reads it, by a command that the operator names (D11).

The command gets the files as its last arguments. Its exit status decides: 0 is clean, 1 is harmful, and
anything else is a scan that failed, as ClamAV's `clamdscan` and `clamscan` have it.
"""

import logging
import subprocess  # the command is the operator's own, from the settings
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from kith.record.refusals import NotPossible

log = logging.getLogger("kith.documents")
CLEAN, HARMFUL = 0, 1
LONGEST_SECONDS = 100  # a page's answer is given up after 120


class NotScannedClean(NotPossible):
    """The scan found something, or could not be made: what was sent is not kept."""


def check_clean(folder: Path) -> None:
    """Raise NotScannedClean unless the scan finds nothing in the files under `folder`.

    Where the settings name no command, nothing is scanned.
    """
    command: Sequence[str] = settings.SCAN_COMMAND
    files = sorted(str(file) for file in folder.rglob("*") if file.is_file())
    if not command or not files:
        return
    found = _run([*command, *files])
    if found == HARMFUL:
        raise NotScannedClean(
            "The scan for harmful programs found something in what you sent. Nothing of it was kept.",
            "Do not open these files. Tell whoever looks after your computers, and get the files again "
            "from where they came.",
        )
    if found != CLEAN:
        raise NotScannedClean(
            "What you sent could not be scanned for harmful programs. Nothing of it was kept.",
            "Try again in a few minutes. If it fails again, tell whoever looks after Kith.",
        )


def _run(command: Sequence[str]) -> int | None:
    """The exit status of the scan; None where it could not be run or did not end in time."""
    try:
        done = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        log.critical("The scan of what was sent could not be made: %s", type(fault).__name__)
        return None
    if done.returncode != CLEAN:
        log.critical("The scan of what was sent ended with %s", done.returncode)
    return done.returncode
