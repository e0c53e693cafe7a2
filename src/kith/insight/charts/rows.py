"""The frame of a chart with a row for each group: names left, figures right, an axis at the foot.

On a narrow drawing the name and the figures stand on a line of their own above each mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.insight.charts.figure import Beside, Figure, cell, range_cell
from kith.insight.charts.letters import clean, width_of, wrap
from kith.insight.charts.marks import SHAPES, shape, styles
from kith.insight.charts.picture import EDGE, RULE, SOFT_INK, TEAL, Picture
from kith.insight.charts.scales import RatioScale, Scale
from kith.insight.figures_in_words import Measure

LINE = 16
WIDEST_NAME = 210  # of a wide drawing
MARK = 26  # how high a row's marks are


@dataclass(frozen=True)
class Row:
    """A row's name, its figure and its range in words; `is_own` sets them bold."""

    name: str
    figure: str
    range: str = ""
    is_own: bool = True


@dataclass(frozen=True)
class PlacedRow:
    top: float
    middle: float  # where the marks stand
    bottom: float


@dataclass(frozen=True)
class Rows:
    """Where the rows are drawn; x runs from `left` to `right`."""

    left: float
    right: float
    top: float
    rows: tuple[PlacedRow, ...]

    @property
    def bottom(self) -> float:
        return self.rows[-1].bottom if self.rows else self.top


@dataclass(frozen=True)
class _Columns:
    name: float
    figure: float
    range: float


def place_rows(picture: Picture, rows: Sequence[Row], top: float) -> Rows:
    """Write each row's words under `top`; where its marks go."""
    size = picture.frame.text
    columns = _Columns(
        min(max((width_of(clean(row.name), size, row.is_own) for row in rows), default=0) + 2, WIDEST_NAME),
        max((width_of(row.figure, size, row.is_own) for row in rows), default=0),
        max((width_of(row.range, size) for row in rows), default=0),
    )
    return (_narrow if picture.frame.is_narrow else _wide)(picture, rows, columns, top)


def _wide(picture: Picture, rows: Sequence[Row], columns: _Columns, top: float) -> Rows:
    size, width = picture.frame.text, picture.frame.width
    figure_at = width - 1 - (columns.range + 10 if columns.range else 0)
    placed = []
    y = top
    if columns.range:
        y += LINE
        picture.words(width - 1, y - 2, "95% range", SOFT_INK, "end")
    start = y
    for row in rows:
        lines = wrap(clean(row.name), columns.name, size, most=2, bold=row.is_own)
        bottom = y + max(MARK, len(lines) * LINE) + 6
        middle = (y + bottom) / 2
        _write_name(picture, row, lines, columns.name, middle - (len(lines) - 1) * LINE / 2 + size * 0.35)
        picture.words(figure_at, middle + size * 0.35, row.figure, _ink(row), "end", row.is_own)
        if row.range:
            picture.words(width - 1, middle + size * 0.35, row.range, SOFT_INK, "end")
        placed.append(PlacedRow(middle - MARK / 2, middle, middle + MARK / 2))
        y = bottom
    return Rows(columns.name + 12, figure_at - columns.figure - 16, start, tuple(placed))


def _narrow(picture: Picture, rows: Sequence[Row], columns: _Columns, top: float) -> Rows:
    size, width = picture.frame.text, picture.frame.width
    placed = []
    y = top
    for row in rows:
        ranged = f" ({row.range})" if row.range else ""
        taken = width_of(row.figure, size, row.is_own) + width_of(ranged, size)
        lines = wrap(clean(row.name), width - taken - 12, size, most=2, bold=row.is_own)
        _write_name(picture, row, lines, width - taken - 12, y + LINE)
        if ranged:
            picture.words(width - 1, y + LINE, ranged.strip(), SOFT_INK, "end")
        picture.words(width - 1 - width_of(ranged, size), y + LINE, row.figure, _ink(row), "end", row.is_own)
        middle = y + LINE * len(lines) + 6 + MARK / 2
        placed.append(PlacedRow(middle - MARK / 2, middle, middle + MARK / 2))
        y = middle + MARK / 2 + 4
    return Rows(1, width - 8, top, tuple(placed))


def _ink(row: Row) -> str:
    return TEAL if row.is_own else SOFT_INK


def _write_name(picture: Picture, row: Row, lines: list[str], room: float, y: float) -> None:
    """The name in its lines; the whole of it is said on the first where a line was cut."""
    whole = clean(row.name)
    for number, line in enumerate(lines):
        picture.words(
            0, y + number * LINE, line, bold=row.is_own, says=whole if " ".join(lines) != whole else ""
        )


def row_of(name: str, figure: Figure, measure: Measure) -> Row:
    """The row of a figure; without words at the right where it is not there, as the row itself says why."""
    written = "" if figure.held is None else cell(figure, measure)
    return Row(name, written, range_cell(figure, measure))


def draw_beside(
    picture: Picture, rows: Rows, scale: Scale | RatioScale, beside: Sequence[Beside], measure: Measure
) -> None:
    """Mark in each row what stands beside its figure, each line of figures with a shape of its own."""
    for style, each in zip(styles([each.name for each in beside]), beside, strict=True):
        for placed, figure in zip(rows.rows, each.figures, strict=True):
            if figure.held is not None:
                says = f"{each.name}: {measure.long(figure.held)}"
                shape(picture, SHAPES[style % len(SHAPES)], scale.at(figure.held), placed.middle, says)


def draw_foot(picture: Picture, rows: Rows, ticks: Sequence[tuple[float, str]], counts: str = "") -> float:
    """Mark the axis at the foot, (place, words) each, and say below what it `counts`; where it ends.

    Words that would touch those of an earlier tick are left out.
    """
    size, width = picture.frame.text, picture.frame.width
    picture.line(rows.left, rows.bottom, rows.right, rows.bottom, EDGE, 1)
    ends: list[tuple[float, float]] = []
    for x, words in ticks:
        half = width_of(words, size) / 2
        middle = min(max(x, half), width - half)
        picture.line(x, rows.bottom, x, rows.bottom + 4, EDGE, 1)
        if all(middle + half + 4 < start or middle - half - 4 > end for start, end in ends):
            picture.words(middle, rows.bottom + LINE + 2, words, SOFT_INK, "middle")
            ends.append((middle - half, middle + half))
    if counts:
        picture.words(
            0 if picture.frame.is_narrow else rows.left, rows.bottom + LINE * 2 + 2, counts, SOFT_INK
        )
    return rows.bottom + LINE * (2 if counts else 1) + 8


def draw_grid(
    picture: Picture, rows: Rows, places: Sequence[float], stroke: str = RULE, width: float = 1
) -> None:
    """Lines up through the marks of every row: never through a name."""
    for x in places:
        if picture.frame.is_narrow:
            for row in rows.rows:
                picture.line(x, row.top, x, row.bottom, stroke, width)
        else:
            picture.line(x, rows.top, x, rows.bottom, stroke, width)
