"""Columns of a chart in which nothing can be drawn, and the word that says why."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from kith.insight.charts.figure import Figure
from kith.insight.charts.letters import width_of
from kith.insight.charts.picture import PAPER, SOFT_INK, TEAL, Picture
from kith.insight.charts.plot import Plot
from kith.insight.figures_in_words import SUPPRESSED_SIGN, state_in_words

MARK_ROOM = 11  # from the middle of a mark to the words beside it


def runs(figures: Sequence[Figure], breaks: Sequence[int] = ()) -> list[list[int]]:
    """Positions that a line may join: neighbours that are held, with no break before the later one."""
    joined: list[list[int]] = []
    for position, figure in enumerate(figures):
        if figure.held is None:
            continue
        if joined and joined[-1][-1] == position - 1 and position not in breaks:
            joined[-1].append(position)
        else:
            joined.append([position])
    return joined


def draw_gaps(
    picture: Picture, plot: Plot, figures: Sequence[Figure], crossing: Sequence[Figure] = ()
) -> None:
    """Fill each run of columns with no figure with fine lines and its word, or mark it "c".

    The word stands at the foot, or at the head where a line of `crossing` runs through the foot.
    """
    for state, run in groupby(range(len(figures)), key=lambda each: figures[each].state):
        positions = list(run)
        if state == "suppressed":
            for position in positions:
                picture.words(
                    plot.x(position, len(figures)),
                    _foot(plot, crossing, [position]),
                    SUPPRESSED_SIGN,
                    TEAL,
                    "middle",
                    True,
                )
        elif state != "held":
            _draw_gap(picture, plot, state_in_words(state), positions, len(figures), crossing)


def _draw_gap(
    picture: Picture, plot: Plot, word: str, positions: list[int], count: int, crossing: Sequence[Figure]
) -> None:
    column, size = plot.column(count), picture.frame.text
    left, width = plot.x(positions[0], count) - column / 2, column * len(positions)
    picture.add(
        "rect",
        word,
        x=left,
        y=plot.top,
        width=width,
        height=plot.bottom - plot.top,
        fill=picture.hatch("missing"),
    )
    middle, long = left + width / 2, width_of(word, size) + 8
    if long <= width:
        y = _foot(plot, crossing, positions)
        picture.add("rect", x=middle - long / 2, y=y - size, width=long, height=size + 5, fill=PAPER)
        picture.words(middle, y, word, SOFT_INK, "middle")
        return
    at_head = _foot(plot, crossing, positions, long) < plot.bottom - long
    low = plot.top + long + 2 if at_head else plot.bottom - 2
    picture.add("rect", x=middle - size / 2 - 3, y=low - long, width=size + 6, height=long, fill=PAPER)
    picture.words(middle + size * 0.35, low - 4, word, SOFT_INK, turned=True)


def _foot(plot: Plot, crossing: Sequence[Figure], positions: list[int], tall: float = 22) -> float:
    """Where a word in these columns stands: on the foot, or at the head where lines run through the foot."""
    near = range(max(0, positions[0] - 1), positions[-1] + 2)
    values = [figure.held for figure in (crossing[each] for each in near if each < len(crossing))]
    lowest = max((plot.y(value) for value in values if value is not None), default=plot.top)
    return plot.bottom - 7 if lowest < plot.bottom - tall - 4 else plot.top + 16


def draw_missing(
    picture: Picture, left: float, right: float, y: float, figure: Figure, marks: Sequence[float] = ()
) -> None:
    """Say in a row why its figure is not there, "c: too few to show", clear of what is marked at `marks`."""
    kept_back = figure.state == "suppressed"
    said = f"{SUPPRESSED_SIGN}: " if kept_back else ""
    said += state_in_words(figure.state) or state_in_words("none_to_count")
    size = picture.frame.text
    x, room = _clear(left, right, marks, width_of(said, size))
    picture.add(
        "rect",
        x=x - 2,
        y=y - size * 0.7,
        width=min(room, width_of(said, size)) + 4,
        height=size * 1.4,
        fill=PAPER,
    )
    picture.words(x, y + size * 0.35, said, TEAL if kept_back else SOFT_INK, room=room)


def _clear(left: float, right: float, marks: Sequence[float], needed: float) -> tuple[float, float]:
    """Where the first gap between marks that is wide enough begins, and how wide it is; or the widest gap."""
    edges = [left - MARK_ROOM, *sorted(marks), right + MARK_ROOM]
    gaps = [(before + MARK_ROOM, after - before - 2 * MARK_ROOM) for before, after in pairwise(edges)]
    return next((gap for gap in gaps if gap[1] >= needed), max(gaps, key=lambda gap: gap[1]))
