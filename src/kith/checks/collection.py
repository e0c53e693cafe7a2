"""Which return of which year is checked, and whose it is."""

from dataclasses import dataclass
from datetime import date

from kith.dataset.returns import Kind


@dataclass(frozen=True)
class Collection:
    """A return's kind and END year; `start` is 1 April before it and `end` 31 March.

    `authority` is the ONS code of the authority that sends it, None where nobody said.
    """

    return_: Kind
    year: int
    authority: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def start(self) -> date:
        """The first day of the year."""
        return self.first_day or date(self.year - 1, 4, 1)

    @property
    def end(self) -> date:
        """The last day of the year."""
        return self.last_day or date(self.year, 3, 31)
