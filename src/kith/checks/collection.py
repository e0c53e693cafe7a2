"""Which return of which year is checked, and whose it is."""

from dataclasses import dataclass
from datetime import date

from kith.dataset.returns import Kind
from kith.standards import places


@dataclass(frozen=True)
class Collection:
    """A return's kind and END year; `start` is 1 April before it and `end` 31 March.

    `authority` is the ONS code of the authority that sends it, None where nobody said; the DfE's digits for
    an invented one, which has no other.
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

    def own_codes(self) -> tuple[str, ...]:
        """Every code that means the sender's own area: its ONS code and the DfE's digits.

        An invented authority's own area is that of the authorities it is laid over. Empty where nobody said
        who sends the return.
        """
        if self.authority is None:
            return ()
        own = places.laid_over(self.authority) or (self.authority,)
        found = (one for one in places.authorities(self.end) if one.code in own)
        return (self.authority.upper(), *own, *(code for one in found for code in (one.code, one.dfe_code)))
