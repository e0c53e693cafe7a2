"""Other populations that would be told just the same: how the truth could move and no figure change.

A move adds the same numbers, cell by cell, to some counts and takes them from others, so that every link
still holds. Within one move only the breakdowns are left to hold: groups have to add up to everyone. Those
make a star, everyone in the middle, and in a star the ranges found by adding and taking away are exact: each
value in a cell's room is the value of a whole population, found by moving children between groups, for which
every number given out is the same. So room is proof, whatever else an attacker tries on these sums.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kith.insight.disclosure.counts import MANY, SMALL, Count
from kith.insight.disclosure.layout import Cell, Layout, layout_of_all
from kith.insight.disclosure.links import Link, Web

Move = tuple[tuple[Count, int], ...]
Loosened = Mapping[int, tuple[int, int]]
_MOVES, _STEPS = 4, 400


def moves_of(web: Web, count: Count, cell: Cell | None = None, most: int = _MOVES) -> list[Move]:
    """Up to `most` ways in which this count could be another and every link hold, this count first in each.

    Where a link leaves a choice of what moves along, what is never shown comes first; with `cell`, what has
    most room in that cell.
    """
    found: list[Move] = []
    steps = [_STEPS]
    for move in _completed(web, {count: 1}, list(web.links_of.get(count, ())), cell, steps):
        found.append(move)
        if len(found) == most:
            break
    return found


def _completed(
    web: Web, move: dict[Count, int], unseen: list[Link], cell: Cell | None, steps: list[int]
) -> Iterator[Move]:
    """The move with more counts until every link holds; `unseen` are links that may not hold yet."""
    steps[0] -= 1
    if steps[0] < 0:
        return
    excess = 0
    while unseen and not excess:
        link = unseen.pop()
        excess = sum([sign * move[other] for other, sign in link if other in move])
    if not excess:
        yield tuple(move.items())
    elif abs(excess) == 1:
        for other, sign in sorted(link, key=lambda member: _preference(member[0], cell)):
            if other not in move:
                more = [*unseen, *web.links_of.get(other, ())]
                yield from _completed(web, {**move, other: -excess * sign}, more, cell, steps)


def _preference(count: Count, cell: Cell | None) -> tuple[int, bool]:
    if cell is None:
        return 0, count.is_shown
    return -min(sum(_cell_bounds(count, cell, False, False)), MANY), count.is_shown


@dataclass(slots=True)
class Room:
    """How far each cell of a move could go down and up, by position in `layout`."""

    layout: Layout
    down: list[int]
    up: list[int]

    def at(self, at: int, loosened: Loosened | None = None) -> tuple[int, int]:
        """How far down and up the cell could go, everyone and the groups of its breakdown going with it.

        `loosened` gives other bounds for some cells, as if they were shown otherwise.
        """
        if loosened:
            return self._loosened(loosened).at(at)
        down, up = self.down, self.up
        sums = [(sum(down[b:e]), sum(up[b:e])) for _, b, e in self.layout.breakdowns]
        lowest = min(down[0], *(lower for lower, _ in sums)) if sums else down[0]
        highest = min(up[0], *(higher for _, higher in sums)) if sums else up[0]
        if at == 0:
            return lowest, highest
        for (_, begin, end), (lower, higher) in zip(self.layout.breakdowns, sums, strict=True):
            if begin <= at < end:
                return (
                    min(down[at], lowest + higher - up[at]),
                    min(up[at], highest + lower - down[at]),
                )
        raise IndexError(at)

    def _loosened(self, loosened: Loosened) -> "Room":
        down, up = list(self.down), list(self.up)
        for where, (lower, higher) in loosened.items():
            down[where], up[where] = lower, higher
        return Room(self.layout, down, up)

    def everywhere(self) -> tuple[list[int], list[int]]:
        """The same for every cell at once: two lists, down and up."""
        down, up = list(self.down), list(self.up)
        spans = [(b, e, sum(down[b:e]), sum(up[b:e])) for _, b, e in self.layout.breakdowns]
        lowest = min([down[0], *(lower for *_, lower, _ in spans)])
        highest = min([up[0], *(higher for *_, higher in spans)])
        for begin, end, lower, higher in spans:
            most_down, most_up = lowest + higher, highest + lower
            for at in range(begin, end):
                below, above = down[at], up[at]
                if below > most_down - above:
                    down[at] = most_down - above
                if above > most_up - below:
                    up[at] = most_up - below
        down[0], up[0] = lowest, highest
        return down, up


def room_of(move: Move, *, as_told: bool = False, halved: Count | None = None) -> Room:
    """The room that this move has.

    A cell that is small counts as known to be small; `as_told`: as no more than what people are told, that it
    is small or would give away one that is. `halved`: a count of which only half may be used, for two moves
    at once.
    """
    first = move[0][0].layout
    layout = first if all(count.layout is first for count, _ in move) else _layout_of(move)
    down, up = [MANY] * len(layout.cells), [MANY] * len(layout.cells)
    for count, sign in move:
        lower, higher = _bounds(count, layout, as_told, count is halved)
        if sign < 0:
            lower, higher = higher, lower
        down = [a if a < b else b for a, b in zip(down, lower, strict=True)]
        up = [a if a < b else b for a, b in zip(up, higher, strict=True)]
    return Room(layout, down, up)


def bounds_at(
    move: Move,
    cell: Cell,
    *,
    as_told: bool = False,
    halved: Count | None = None,
    kept_back: Collection[Count] = (),
) -> tuple[int, int]:
    """How far down and up one cell of a move could go by itself, as in `room_of`.

    `kept_back` are counts whose cell is taken as not shown, so that it can be any number.
    """
    down = up = MANY
    for count, sign in move:
        lower, higher = _cell_bounds(count, cell, as_told, count is halved)
        if count in kept_back:
            lower, higher = count.true[count.layout.at[cell]], MANY
        if sign < 0:
            lower, higher = higher, lower
        down, up = min(down, lower), min(up, higher)
    return down, up


def _layout_of(move: Move) -> Layout:
    return layout_of_all({id(count.layout): count.layout for count, _ in move}.values())


def _bounds(count: Count, layout: Layout, as_told: bool, is_halved: bool) -> tuple[list[int], list[int]]:
    if layout is not count.layout:
        each = [_cell_bounds(count, cell, as_told, is_halved) for cell in layout.cells]
        return [lower for lower, _ in each], [higher for _, higher in each]
    down, up = count.down, count.up
    if as_told and SMALL in count.how:
        up = [MANY if how == SMALL else most for how, most in zip(count.how, up, strict=True)]
    if is_halved:
        down = [most // 2 for most in down]
    return down, up


def _cell_bounds(count: Count, cell: Cell, as_told: bool, is_halved: bool) -> tuple[int, int]:
    """The same for one cell. A breakdown that the count is not told in binds nothing; a group that it does
    not have holds nobody.
    """
    at = count.layout.at.get(cell)
    if at is None:
        is_told = any(name == cell[0] for name, _, _ in count.layout.breakdowns)
        return (0, 0) if is_told else (MANY, MANY)
    up = MANY if as_told and count.how[at] == SMALL else count.up[at]
    return count.down[at] // 2 if is_halved else count.down[at], up
