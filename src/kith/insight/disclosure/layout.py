"""The cells of one count: everyone together, then each breakdown's groups and what is in none of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

Cell = tuple[str | None, str | None]
EVERYONE: Cell = (None, None)
IN_NO_GROUP = "in no group"


@dataclass(frozen=True, slots=True)
class Layout:
    """Cells by position: 0 is everyone, and `breakdowns` tells where each breakdown's groups begin and end.

    The last cell of a breakdown is what is counted of everyone but in none of its groups. It is never shown.
    """

    cells: tuple[Cell, ...]
    breakdowns: tuple[tuple[str, int, int], ...]
    at: dict[Cell, int] = field(compare=False, repr=False)

    def breakdown_of(self, at: int) -> tuple[int, int]:
        """Where the breakdown of the cell at this position begins and ends; every cell for everyone."""
        for _, begin, end in self.breakdowns:
            if begin <= at < end:
                return begin, end
        return 0, len(self.cells)

    def is_never_shown(self, at: int) -> bool:
        return self.cells[at][1] == IN_NO_GROUP


@cache
def layout_of(groups: tuple[Cell, ...]) -> Layout:
    """The layout for these groups, which are in order of their breakdowns; one object for the same groups."""
    cells: list[Cell] = [EVERYONE]
    breakdowns: list[tuple[str, int, int]] = []
    for name in dict.fromkeys(breakdown for breakdown, _ in groups if breakdown is not None):
        begin = len(cells)
        cells += [cell for cell in groups if cell[0] == name]
        cells.append((name, IN_NO_GROUP))
        breakdowns.append((name, begin, len(cells)))
    return Layout(tuple(cells), tuple(breakdowns), {cell: at for at, cell in enumerate(cells)})


def layout_of_all(layouts: Iterable[Layout]) -> Layout:
    """The layout that has the groups of each of these."""
    groups = {cell for layout in layouts for cell in layout.cells if cell[0] and cell[1] != IN_NO_GROUP}
    return layout_of(tuple(sorted(groups, key=lambda cell: (cell[0] or "", cell[1] or ""))))
