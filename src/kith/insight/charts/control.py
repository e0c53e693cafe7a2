"""A control chart: a measure month by month, its centre and its limits, and what is more than chance."""

from dataclasses import dataclass
from string import ascii_uppercase

from kith.insight.charts.around import draw_key, draw_notes
from kith.insight.charts.figure import Figure, all_held, cell, listed, reasons
from kith.insight.charts.gaps import draw_gaps, runs
from kith.insight.charts.letters import width_of
from kith.insight.charts.marks import KeyLine, dot, line_of, own_line, ring, signal
from kith.insight.charts.picture import ENGLAND, SOFT_INK, TEAL, WIDE, Frame, Picture
from kith.insight.charts.plot import Plot, draw_periods, frame_plot, part, starts_note
from kith.insight.charts.scales import axis_around
from kith.insight.charts.sentences import gaps_sentence, joined, sentence
from kith.insight.charts.table import NONE, Table, check_lengths
from kith.insight.figures_in_words import Measure

LIMIT_DASH = "6 3"


@dataclass(frozen=True)
class Signal:
    """What is unlikely to be chance: the positions of its points, and words, "above the upper limit"."""

    positions: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class Control:
    """Figures by period about a centre; each limit is one for each period, None where there is none."""

    title: str
    place: str
    measure: Measure
    periods: tuple[str, ...]
    figures: tuple[Figure, ...]
    centre: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    signals: tuple[Signal, ...] = ()
    direction: str = ""

    def __post_init__(self) -> None:
        check_lengths(self.periods, self.figures)
        if not len(self.lower) == len(self.upper) == len(self.periods):
            raise ValueError("a control chart has a lower and an upper limit for each period")


def draw(chart: Control, prefix: str, frame: Frame = WIDE) -> str:
    """The control chart as SVG."""
    picture = Picture(frame, prefix, chart.title, words(chart))
    values = _values(chart)
    axis = axis_around(min(values, default=0), max(values, default=0), chart.measure, 4)
    ends = _ends(chart)
    room = max((width_of(words, frame.text) for _, words in ends), default=0) + 10
    plot = frame_plot(picture, axis, chart.measure, draw_key(picture, _key(chart)), room)
    draw_gaps(picture, plot, chart.figures)
    for limit in (chart.lower, chart.upper):
        _draw_limit(picture, plot, limit)
    if chart.centre is not None:
        picture.line(plot.left, plot.y(chart.centre), plot.right, plot.y(chart.centre), ENGLAND, 1.25)
    _draw_points(picture, plot, chart)
    _draw_signals(picture, plot, chart)
    places = part([plot.y(value) for value, _ in ends], plot.top, plot.bottom)
    for (_, end), y in zip(ends, places, strict=True):
        picture.words(plot.right + 6, y + frame.text * 0.35, end, SOFT_INK)
    bottom = draw_periods(picture, plot, chart.periods)
    notes = [*_signal_notes(chart), *reasons(chart.figures), *starts_note(axis, chart.measure)]
    return picture.svg(draw_notes(picture, notes if chart.periods else [NONE], bottom) + 2)


def words(chart: Control) -> str:
    """How many periods lie about which centre, between which limits at the end, and every signal."""
    held = all_held(chart.figures)
    gaps = gaps_sentence(zip(chart.periods, chart.figures, strict=True))
    if not held:
        return joined([gaps or NONE])
    periods = "one period" if len(chart.periods) == 1 else f"{len(chart.periods)} periods"
    about = f" lies about {chart.measure.long(chart.centre)}" if chart.centre is not None else " is shown"
    span = f"from {chart.periods[0]} to {chart.periods[-1]}" if len(chart.periods) > 1 else chart.periods[0]
    low, high = chart.lower[-1], chart.upper[-1]
    limits = (
        f", with limits of {chart.measure.range(low, high)}" if low is not None and high is not None else ""
    )
    first = f"In {chart.place} the figure for {periods}, {span},{about}{limits}."
    signals = listed(f"{each.words} ({_when(chart, each)})" for each in chart.signals)
    told = f"more than chance would give: {signals}" if chart.signals else _calm(chart)
    return joined([first, sentence([told, chart.direction]), gaps])


def table(chart: Control) -> Table:
    """A row for each period: its figure, the limits and what it signals."""
    rows = tuple(
        (
            period,
            cell(chart.figures[position], chart.measure),
            *(_limit_cell(limit[position], chart.measure) for limit in (chart.lower, chart.upper)),
            listed(each.words for each in chart.signals if position in each.positions),
        )
        for position, period in enumerate(chart.periods)
    )
    centre = f", centre {chart.measure.short(chart.centre)}" if chart.centre is not None else ""
    caption = f"{chart.title}, {chart.place} ({chart.measure.axis()}{centre})"
    headings = ("Period", chart.place, "Lower limit", "Upper limit", "More than chance")
    return Table(caption, headings, rows, reasons(chart.figures))


def _limit_cell(limit: float | None, measure: Measure) -> str:
    return "" if limit is None else measure.short(limit)


def _values(chart: Control) -> list[float]:
    limits = [limit for limit in (*chart.lower, *chart.upper) if limit is not None]
    return [*all_held(chart.figures), *limits, *([chart.centre] if chart.centre is not None else [])]


def _ends(chart: Control) -> list[tuple[float, str]]:
    """The centre and the last limits, each with its words, at the right."""
    last = [chart.centre, *(limit[-1] for limit in (chart.lower, chart.upper) if limit)]
    return [(value, chart.measure.short(value)) for value in last if value is not None]


def _key(chart: Control) -> list[KeyLine]:
    lines = [KeyLine(own_line, chart.place)]
    if chart.centre is not None:
        lines.append(KeyLine(line_of(ENGLAND, 1.25), "centre"))
    if any(limit is not None for limit in (*chart.lower, *chart.upper)):
        lines.append(KeyLine(line_of(ENGLAND, 1.5, LIMIT_DASH), "limits of chance"))
    return [*lines, *([KeyLine(signal, "more than chance")] if chart.signals else [])]


def _calm(chart: Control) -> str:
    """Said where there is no signal; nothing where there was no centre or limit to look beyond."""
    tested = chart.centre is not None or any(each is not None for each in (*chart.lower, *chart.upper))
    return "nothing in it is more than chance would give" if tested else ""


def _when(chart: Control, each: Signal) -> str:
    first, last = chart.periods[min(each.positions)], chart.periods[max(each.positions)]
    return first if first == last else f"{first} to {last}"


def _signal_notes(chart: Control) -> list[str]:
    lettered = zip(ascii_uppercase, chart.signals, strict=False)
    return [f"{letter}: {_when(chart, each)}, {each.words}" for letter, each in lettered]


def _draw_limit(picture: Picture, plot: Plot, limit: tuple[float | None, ...]) -> None:
    """A limit as steps, level across each period's column."""
    column = plot.column(len(limit))
    known = [Figure(value) if value is not None else Figure(state="not_held") for value in limit]
    for run in runs(known):
        points = []
        for position in run:
            x, y = plot.x(position, len(limit)), plot.y(known[position].held or 0.0)
            points += [(x - column / 2, y), (x + column / 2, y)]
        picture.way(points, ENGLAND, 1.5, LIMIT_DASH)


def _draw_points(picture: Picture, plot: Plot, chart: Control) -> None:
    count = len(chart.figures)
    values = [figure.held for figure in chart.figures]
    for run in runs(chart.figures):
        picture.way([(plot.x(each, count), plot.y(values[each] or 0.0)) for each in run], TEAL, 1.5)
    for position, value in enumerate(values):
        if value is not None:
            says = f"{chart.periods[position]}: {chart.measure.long(value)}"
            dot(picture, plot.x(position, count), plot.y(value), says)


def _draw_signals(picture: Picture, plot: Plot, chart: Control) -> None:
    """A ring about each point of a signal, and its letter at the middle one, away from the centre."""
    letters: dict[int, str] = {}
    for letter, each in zip(ascii_uppercase, chart.signals, strict=False):
        middle = sorted(each.positions)[len(each.positions) // 2]
        letters[middle] = letters.get(middle, "") + letter
    centre = plot.y(chart.centre) if chart.centre is not None else plot.top
    for position in sorted({each for told in chart.signals for each in told.positions}):
        value = chart.figures[position].held
        if value is None:
            continue
        x, y = plot.x(position, len(chart.figures)), plot.y(value)
        ring(picture, x, y)
        if position in letters:
            above = y <= centre
            picture.words(x, y - 12 if above else y + 21, letters[position], anchor="middle", bold=True)
