"""The ways in which one cell could be another, as things are shown by now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kith.insight.disclosure.counts import Count
from kith.insight.disclosure.layout import Cell
from kith.insight.disclosure.links import Web
from kith.insight.disclosure.moves import Move, Room, bounds_at, moves_of, room_of

Spot = tuple[Count, int]


@dataclass(slots=True)
class Rooms:
    """The room of each move as things are shown by now, worked out once."""

    known: dict[tuple[Move, bool, Count | None], Room] = field(default_factory=dict)

    def of(self, move: Move, as_told: bool, halved: Count | None = None) -> Room:
        key = move, as_told, halved
        if key not in self.known:
            self.known[key] = room_of(move, as_told=as_told, halved=halved)
        return self.known[key]

    def keep_back(self, spots: Iterable[Spot]) -> None:
        """Keep these cells back, and give the rooms what they gain by it."""
        for count, at in spots:
            count.keep_back(at)
            cell = count.layout.cells[at]
            for (move, as_told, halved), room in self.known.items():
                if any(count is one for one, _ in move):
                    where = room.layout.at[cell]
                    bounds = bounds_at(move, cell, as_told=as_told, halved=halved)
                    room.down[where], room.up[where] = bounds


@dataclass(slots=True)
class Ways:
    """The moves by which one cell could be another: one made for it, and the usual ones of its count."""

    count: Count
    at: int
    web: Web
    usual: list[Move]
    rooms: Rooms
    cell: Cell = field(init=False)
    moves: list[Move] = field(init=False)

    def __post_init__(self) -> None:
        self.cell = self.count.layout.cells[self.at]
        made = moves_of(self.web, self.count, self.cell, 1)
        self.moves = [*made, *(move for move in self.usual if move not in made)]

    def room(self, number: int, as_told: bool = False, halved: bool = False) -> Room:
        return self.rooms.of(self.moves[number], as_told, self.count if halved else None)

    def values_possible(self, as_told: bool = False) -> int:
        """For how many values in a row of this cell there is a population told just the same."""
        down = up = 0
        for lower, higher in self._each(as_told):
            down, up = max(down, lower), max(up, higher)
        return down + up + 1

    def _each(self, as_told: bool) -> Iterator[tuple[int, int]]:
        for number in range(len(self.moves)):
            room = self.room(number, as_told)
            yield room.at(room.layout.at[self.cell])
        if not self.count.is_shown:
            yield from self._of_two_at_once(as_told)

    def _of_two_at_once(self, as_told: bool) -> Iterator[tuple[int, int]]:
        """Two moves at once that have only this count in common, and may each use half of it elsewhere."""
        moves = self.moves
        for number, one in enumerate(moves):
            for before, other in enumerate(moves[:number]):
                if {count for count, _ in one} & {count for count, _ in other} == {self.count}:
                    each = [self._half(at, as_told) for at in (number, before)]
                    down, up = sum(lower for lower, _ in each), sum(higher for _, higher in each)
                    yield min(down, self.count.down[self.at]), min(up, self.count.up[self.at])

    def _half(self, number: int, as_told: bool) -> tuple[int, int]:
        room = self.room(number, as_told, halved=True)
        where = room.layout.at[self.cell]
        free = bounds_at(self.moves[number][1:], self.cell, as_told=as_told)
        return room.at(where, {where: free})
