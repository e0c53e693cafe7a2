"""Brothers and sisters in care at one time: the homes that they share, for as long as these fit both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kith.invented.care import Period, Stay

# What kinds of home a child may share, by where the child lives throughout (empty: as it comes).
_FITTING = {"": ("U3", "U6"), "kin": ("U3",), "foster": ("U6",)}


@dataclass(frozen=True, slots=True)
class Beside:
    """The homes of a brother or sister as they were found, in order, and the day on which they end."""

    stays: Sequence["Stay"]
    until: date


def beside(periods: Sequence["Period"], on: date) -> Beside | None:
    """The homes of the one who came into care last and still is on the day; None where nobody is."""
    for period in reversed(periods):
        if period.start <= on < period.homes_until:
            return Beside(period.as_found, period.homes_until)
    return None


def shared(other: Beside, start: date, until: date, mode: str) -> tuple[list["Stay"], date]:
    """The other's homes from `start` that a child who lives in this `mode` can have too, and the day on which
    they part: where the other's next home fits only one of them, or either leaves; none of them, and `start`,
    where the other's home on that day does not fit.
    """
    until = min(other.until, until)
    ends = [*(stay.start for stay in other.stays[1:]), other.until]
    found: list[Stay] = []
    for stay, end in zip(other.stays, ends, strict=True):
        if end <= start or stay.start >= until:
            continue
        if stay.home.placement_type not in _FITTING.get(mode, ()):
            return found, stay.start if found else start
        found.append(replace(stay, start=max(stay.start, start)))
    return found, until if found else start
