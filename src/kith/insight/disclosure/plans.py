"""What to keep back so that one cell has its room: the step that gives most, then that which loses least."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from kith.insight.disclosure.counts import SHOWN
from kith.insight.disclosure.moves import Move, Room, bounds_at
from kith.insight.disclosure.ways import Spot, Ways

_EVERYONE_IS_WORTH = 10


def cheapest_plan(ways: Ways, enough: int, *, as_told: bool) -> list[Spot] | None:
    """The cells to keep back by which some move gives the cell `enough` possible values at the least loss;
    None where none does.
    """
    best = None
    for number, move in enumerate(ways.moves):
        room = ways.room(number, as_told)
        plan = Plan(move, room, room.layout.at[ways.cell], as_told, enough)
        if plan.is_enough() and (best is None or loss(plan.spots) < loss(best)):
            best = plan.spots
            if len(best) == 1:
                break
    return best


@dataclass(slots=True)
class Plan:
    """Cells to keep back so that one move gives its cell room, found one step after another."""

    move: Move
    room: Room
    where: int
    as_told: bool
    enough: int
    spots: list[Spot] = field(default_factory=list)
    loosened: dict[int, tuple[int, int]] = field(default_factory=dict)
    shown: dict[int, list[Spot]] = field(default_factory=dict)

    @property
    def values(self) -> int:
        """How many values the cell has by now, of those that are enough."""
        return min(self.enough, 1 + sum(self.room.at(self.where, self.loosened)))

    def is_enough(self) -> bool:
        """Whether the cell has its room, after taking the best step each time that one helps."""
        while (values := self.values) < self.enough:
            best = self._best(self._near(), values) or self._best(self._everyone(), values)
            if best is None:
                return False
            for at in best:
                self.spots += self._shown(at)
                self.loosened[at] = self._without(at)
        return True

    def _best(self, steps: Iterable[tuple[int, ...]], values: int) -> tuple[int, ...] | None:
        ranks = []
        for step in steps:
            trial = self.loosened | {at: self._without(at) for at in step}
            then = min(self.enough, 1 + sum(self.room.at(self.where, trial)))
            if then > values:
                ranks.append((-then, *loss([spot for at in step for spot in self._shown(at)]), step))
        return min(ranks)[-1] if ranks else None

    def _near(self) -> Iterator[tuple[int, ...]]:
        """Each position alone that bears on the cell: those of its breakdown, and everyone together."""
        begin, end = self.room.layout.breakdown_of(self.where)
        yield from ((at,) for at in (*range(begin, end), 0) if self._is_open(at))

    def _everyone(self) -> Iterator[tuple[int, ...]]:
        """Everyone together along with one group of each other breakdown, for those tell of everyone too."""
        begin, _ = self.room.layout.breakdown_of(self.where)
        step = [0] if self._is_open(0) else []
        for _, first, last in self.room.layout.breakdowns:
            groups = [at for at in range(first, last) if self._is_open(at)]
            if first != begin and groups:
                step.append(min(groups, key=lambda at: loss(self._shown(at))))
        if step:
            yield tuple(step)

    def _is_open(self, at: int) -> bool:
        return at not in self.loosened and bool(self._shown(at))

    def _shown(self, at: int) -> list[Spot]:
        if at not in self.shown:
            cell = self.room.layout.cells[at]
            told = [count for count, _ in self.move if count.is_shown and cell in count.layout.at]
            spots = [(count, count.layout.at[cell]) for count in told]
            self.shown[at] = [(count, where) for count, where in spots if count.how[where] == SHOWN]
        return self.shown[at]

    def _without(self, at: int) -> tuple[int, int]:
        """How far the cell at this position could go if what is shown at it were not."""
        gone = [count for count, _ in self._shown(at)]
        cell = self.room.layout.cells[at]
        return bounds_at(self.move, cell, as_told=self.as_told, kept_back=gone)


def loss(spots: Collection[Spot]) -> tuple[int, int]:
    """What is lost by keeping these cells back: how many, everyone together counting as ten; how much."""
    cells = sum(_EVERYONE_IS_WORTH if at == 0 else 1 for _, at in spots)
    return cells, sum(count.true[at] for count, at in spots)
