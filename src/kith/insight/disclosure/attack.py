"""What somebody with everything that was given out can work out of what was kept back.

This asks the other way round from what protects: it knows no true number, only what is shown, by which rule,
and how the counts hang together. It narrows what every cell can be, sum after sum, until nothing narrows any
more. That is the attack by differencing; nothing here is told how cells were chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from kith.insight.disclosure.audience import Audience
from kith.insight.disclosure.counts import CELL, MANY, OUT_OF, Key, count_name
from kith.insight.disclosure.layout import IN_NO_GROUP, Cell
from kith.insight.disclosure.release import Released, Web

_ROUNDS = 200
Term = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Narrow:
    """A cell that is kept back, or was never written down, and can be too few values all the same."""

    key: Key
    cell: Cell
    low: int
    high: int


@dataclass(slots=True)
class Known:
    """What each cell can be, by its number; the cells of a count have numbers that follow one another."""

    low: list[int]
    high: list[int]
    starts: list[int]
    sums: list[tuple[Term, ...]]

    def narrow(self) -> None:
        """Narrow every cell by every sum until nothing changes. Raises AssertionError where nothing fits."""
        sums_of: list[list[int]] = [[] for _ in self.low]
        for number, terms in enumerate(self.sums):
            for cell, _ in terms:
                sums_of[cell].append(number)
        waiting = set(range(len(self.sums)))
        for _ in range(_ROUNDS):
            changed: set[int] = set()
            for number in sorted(waiting):
                changed.update(self._narrow_by(self.sums[number]))
            if not changed:
                return
            waiting = {number for cell in changed for number in sums_of[cell]}

    def _narrow_by(self, terms: tuple[Term, ...]) -> Iterator[int]:
        low, high = self.low, self.high
        least = sum(low[cell] if sign > 0 else -high[cell] for cell, sign in terms)
        most = sum(high[cell] if sign > 0 else -low[cell] for cell, sign in terms)
        for cell, sign in terms:
            was_low, was_high = low[cell], high[cell]
            if sign > 0:
                new_low, new_high = was_high - most, was_low - least
            else:
                new_low, new_high = was_high + least, was_low + most
            new_low, new_high = max(was_low, new_low), min(was_high, new_high)
            if new_low > new_high:
                raise AssertionError("What is given out contradicts itself.")
            if (new_low, new_high) != (was_low, was_high):
                low[cell], high[cell] = new_low, new_high
                least += (new_low - was_low) if sign > 0 else (was_high - new_high)
                most -= (was_high - new_high) if sign > 0 else (new_low - was_low)
                yield cell


def audit(released: Released) -> list[Narrow]:
    """The cells of which too little stays possible, in order: none where what is given out is safe.

    A cell that is kept back has to keep `possible_values` values. So has one that nobody wrote down (the rest
    of a share, a group that is left over) where all that it can be is small.
    """
    who, shown = released.audience, _as_shown(released)
    known = _known(released.web, shown, who)
    known.narrow()
    return list(_too_narrow(released.web, known, shown, who))


def _as_shown(released: Released) -> dict[tuple[Key, Cell], int | None]:
    """Each count that is given out, None where it is kept back, read from the figures alone."""
    figures = released.figures.filter(pl.col("state") != "not_held")
    shares = figures.filter(pl.col("measure").is_in(["share", "ratio"]))
    counts = pl.concat(
        [
            figures.with_columns(count=count_name("measure"), n="numerator").select(*CELL, "n"),
            shares.with_columns(count=pl.col("indicator") + OUT_OF, n="denominator").select(*CELL, "n"),
        ]
    ).unique()
    return {(Key(*row[:4]), row[4:6]): row[6] for row in counts.iter_rows()}


def _known(web: Web, shown: dict[tuple[Key, Cell], int | None], who: Audience) -> Known:
    low: list[int] = []
    high: list[int] = []
    starts: list[int] = []
    sums: list[tuple[Term, ...]] = []
    for keys, layout, complete in web.counts:
        start = len(low)
        starts.append(start)
        for cell in layout.cells:
            least, most = _at_first(keys, cell, complete, shown, who)
            low.append(least)
            high.append(most)
        for _, begin, end in layout.breakdowns:
            sums.append(((start, 1), *((start + at, -1) for at in range(begin, end))))
    for link in web.links:
        layouts = [(web.counts[count][1], starts[count], sign) for count, sign in link]
        for cell in layouts[0][0].cells:
            if all(cell in layout.at for layout, _, _ in layouts):
                sums.append(tuple((start + layout.at[cell], sign) for layout, start, sign in layouts))
    return Known(low, high, starts, sums)


def _at_first(
    keys: tuple[Key, ...],
    cell: Cell,
    complete: frozenset[str],
    shown: dict[tuple[Key, Cell], int | None],
    who: Audience,
) -> tuple[int, int]:
    """What a cell can be by itself: what it is rounded from, anything where kept back or never told."""
    if cell[1] == IN_NO_GROUP:
        return (0, 0) if cell[0] in complete else (-MANY, MANY)
    least, most = 0, MANY
    for key in keys:
        if (key, cell) in shown:
            told = shown[key, cell]
            box = (0, MANY) if told is None else who.box(told)
            least, most = max(least, box[0]), min(most, box[1])
    return least, most


def _too_narrow(
    web: Web, known: Known, shown: dict[tuple[Key, Cell], int | None], who: Audience
) -> Iterator[Narrow]:
    for (keys, layout, _), start in zip(web.counts, known.starts, strict=True):
        for at, cell in enumerate(layout.cells):
            low, high = known.low[start + at], known.high[start + at]
            if high - low + 1 >= who.possible_values or (high == 0 == low and cell[1] == IN_NO_GROUP):
                continue
            told = [shown[key, cell] for key in keys if (key, cell) in shown]
            if (told and None in told) or (not told and low >= 0 and high < who.smallest_shown):
                yield Narrow(keys[0], cell, low, high)
