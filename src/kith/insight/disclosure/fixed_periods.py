"""Which periods may leave: years, quarters and months that are over, read as the record stood on a fixed day.

Twelve months to March less twelve months to February are one March less another, and a count of today less
that of yesterday is one child. So what leaves is cut where everybody knows that it is, and only there.
"""

from calendar import monthrange
from datetime import date

import polars as pl

from kith.insight.disclosure.audience import Audience

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEAR_BEGINS = 4  # April, as in the returns


class NotForThisAudience(ValueError):
    """Figures that an audience may not be given; the message says which, and what may be given."""


class CannotBeProtected(NotForThisAudience):
    """An indicator of which a small number could be worked out, however little of it were shown."""

    def __init__(self, words: str, indicator: str) -> None:
        super().__init__(words)
        self.indicator = indicator


def kind_of_period(first: date, last: date) -> str | None:
    """ "month", "quarter" or "year" (from April) for a whole one, None for any other span of days."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for kind, length in _MONTHS.items():
        if months == length and (first.month - _YEAR_BEGINS) % length == 0:
            return kind
    return None


def refuse_other_periods(figures: pl.DataFrame, audience: Audience, as_of: date | None) -> None:
    """Raise NotForThisAudience where a period is of no kind that the audience is given, or was not over on
    `as_of`, or `as_of` is not the last day of a fixed period.
    """
    if as_of is None or not _is_fixed(as_of, audience.as_of):
        raise NotForThisAudience(
            f"Figures for {audience.words} are made from the record as it stood on the last day of a "
            f"{audience.as_of}, so that no two days can be compared. Give such a day."
        )
    for label, first, last in figures.select("period", "first", "last").unique().sort("first").iter_rows():
        if kind_of_period(first, last) not in audience.periods:
            raise NotForThisAudience(
                f"{label} may not be given to {audience.words}: it overlaps with others, and the difference "
                f"can give a child away. Ask for a whole {' or '.join(audience.periods)}."
            )
        if last > as_of:
            raise NotForThisAudience(f"{label} was not over on {as_of}. Ask for it when it is.")


def refuse_other_breakdowns(figures: pl.DataFrame, audience: Audience) -> None:
    """Raise NotForThisAudience where figures are broken down in a way that the audience is not given."""
    found = set(figures["breakdown"].drop_nulls().unique()) - set(audience.breakdowns)
    if found:
        raise NotForThisAudience(
            f"Figures by {', '.join(sorted(found))} may not be given to {audience.words}. "
            f"They may by {', '.join(audience.breakdowns)}."
        )


def _is_fixed(day: date, kind: str) -> bool:
    length = _MONTHS[kind]
    ends = day.day == monthrange(day.year, day.month)[1]
    return ends and (day.month + 1 - _YEAR_BEGINS) % length == 0
