"""What `kith check` ends with: the exit statuses of a check, of one return or of many."""

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kith.checks.outcome import Status

CLEAN, FINDINGS, CRASHED, NOT_ALL_RAN = 0, 1, 3, 4


def status_of(ended: "Counter[Status]", *, unread: bool) -> int:
    """The exit status for rules that ended so, the worst of them first.

    `unread` says that some row or file could not be read: the rules have not seen all that was given.
    """
    if ended["crashed"]:
        return CRASHED
    if ended["findings"]:
        return FINDINGS
    return NOT_ALL_RAN if ended["could not run"] or unread else CLEAN
