"""For whom figures are made, and how far each audience is shown counts: rows of a dated table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kith.standards.tables import day, holds_on, rows
from kith.standards.verified import Verified

INSIDE, PARTNERS, PUBLIC = "inside", "partners", "public"
_TABLE = Path(__file__).parent / "data" / "audiences.csv"


class NoSuchAudience(LookupError):
    """No row of the table of audiences has this name on this day; the message lists those that there are."""


@dataclass(frozen=True, slots=True)
class Audience:
    """What one audience is shown.

    A count below `smallest_shown` is not shown, so that none cannot be told from a few, and any other is
    rounded to `round_to`. Of what is not shown, at least `possible_values` values in a row stay possible. A
    share is told of `smallest_out_of` or more, a median or mean of `smallest_values` or more, both as
    rounded, with `decimals`. `periods` are the kinds of period that may be given, `as_of` the kind of period
    on whose last day the record is read, and `breakdowns` the ways in which figures may be broken down.
    """

    name: str
    words: str
    why: str
    source: str
    verified: Verified
    is_exact: bool
    smallest_shown: int = 0
    round_to: int = 1
    possible_values: int = 1
    smallest_out_of: int = 0
    smallest_values: int = 0
    decimals: int = 0
    periods: tuple[str, ...] = ()
    as_of: str = ""
    breakdowns: tuple[str, ...] = ()

    def is_small(self, count: int) -> bool:
        """Whether a count is too small to show."""
        return 0 <= count < self.smallest_shown

    def rounded(self, count: int) -> int:
        """The count as it is shown: the nearest multiple of `round_to`, the higher of two as near."""
        return (count + self.round_to // 2) // self.round_to * self.round_to

    def box(self, shown: int) -> tuple[int, int]:
        """The least and the most that a count can be of which `shown` is given."""
        least = shown - self.round_to // 2
        return max(least, self.smallest_shown), least + self.round_to - 1


@cache
def audience_called(name: str, on: date) -> Audience:
    """The audience of this name as its row stands on the day `on`. Raises NoSuchAudience."""
    names = []
    for row, found in _audiences(on):
        names.append(row)
        if row == name:
            return found
    raise NoSuchAudience(f"There is no audience “{name}”. There are {', '.join(names)}.")


def _audiences(on: date) -> Iterator[tuple[str, Audience]]:
    for row in rows(_TABLE):
        if holds_on(on, day(row["valid_from"]), day(row["valid_to"])):
            yield row["audience"], _audience(row)


def _audience(row: dict[str, str]) -> Audience:
    told = row["audience"], row["words"], row["why"], row["source"], Verified(row["verified"])
    if not row["round_to"]:
        return Audience(*told, is_exact=True)
    return Audience(
        *told,
        is_exact=False,
        smallest_shown=int(row["smallest_shown"]),
        round_to=int(row["round_to"]),
        possible_values=int(row["possible_values"]),
        smallest_out_of=int(row["smallest_out_of"]),
        smallest_values=int(row["smallest_values"]),
        decimals=int(row["decimals"]),
        periods=tuple(row["periods"].split()),
        as_of=row["as_of"],
        breakdowns=tuple(row["breakdowns"].split()),
    )
