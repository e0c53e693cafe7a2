"""The table beside a chart: everything it shows, as words."""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.insight.charts.figure import Beside, Figure, all_held, cell, range_cell, reasons
from kith.insight.charts.letters import clean
from kith.insight.figures_in_words import Measure

NONE = "There are no figures to show."


@dataclass(frozen=True)
class Table:
    """A caption, a heading for each column, the rows (the first cell is each row's heading), and notes.

    All are kept without what a page cannot show.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "caption", clean(self.caption))
        object.__setattr__(self, "headings", tuple(clean(each) for each in self.headings))
        object.__setattr__(self, "rows", tuple(tuple(clean(each) for each in row) for row in self.rows))
        object.__setattr__(self, "notes", tuple(clean(each) for each in self.notes))


def table_of(
    caption: str,
    headings: tuple[str, str],
    names: Sequence[str],
    figures: Sequence[Figure],
    beside: Sequence[Beside],
    measure: Measure,
) -> Table:
    """A row for each name: its figure, its range where any has one, and what stands beside it.

    `headings` are those of the names and of the figures.
    """
    has_range = any(figure.range for figure in figures)
    rows = tuple(
        (
            name,
            cell(figure, measure),
            *([range_cell(figure, measure)] if has_range else []),
            *(cell(each.figures[position], measure) for each in beside),
        )
        for position, (name, figure) in enumerate(zip(names, figures, strict=True))
    )
    ranges = ["95% range"] if has_range else []
    notes = reasons(everything(figures, beside))
    return Table(caption, (*headings, *ranges, *(each.name for each in beside)), rows, notes)


def everything(figures: Sequence[Figure], beside: Sequence[Beside]) -> list[Figure]:
    """The figures and those that stand beside them, together."""
    return [*figures, *(figure for each in beside for figure in each.figures)]


def beside_at(beside: Sequence[Beside], position: int) -> list[float]:
    """The values that are held beside the figure at `position`."""
    return all_held(each.figures[position] for each in beside)


def check_lengths(names: Sequence[str], figures: Sequence[Figure], beside: Sequence[Beside] = ()) -> None:
    """Raise ValueError unless there is one figure for each name, in every line."""
    for line in (figures, *(each.figures for each in beside)):
        if len(line) != len(names):
            raise ValueError(f"{len(names)} periods or groups, but {len(line)} figures")
