"""How the record says no: what happened, why, and what to do next, in the worker's words.

Every room's refusals descend from `Refused`, and the web turns them into pages in one place.
"""


class Refused(Exception):
    """Something was not done. `reason` says why; `next_step` says what the person can do."""

    def __init__(self, reason: str, next_step: str = "") -> None:
        super().__init__(f"{reason} {next_step}".strip())
        self.reason = reason
        self.next_step = next_step

    @property
    def outside(self) -> str:
        """What of this is told to somebody without an account, who may read nothing of the record."""
        return str(self)


class NotAllowed(Refused):
    """This person may not do this."""


class NotPossible(Refused):
    """Nobody could do this as things stand: the facts do not allow it."""
