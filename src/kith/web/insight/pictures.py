"""The charts of a page: each drawn for wide and narrow columns, said in words, and as a table."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from kith.insight.case.among_authorities import authorities_with_children
from kith.insight.case.drawing import drawn, shown, small
from kith.insight.case.finding import Chart
from kith.insight.case.look import Figure, Look, published_id
from kith.insight.case.standing_out import chart_of
from kith.insight.case.words import lower_first
from kith.insight.charts import control, dot_line, funnel
from kith.insight.charts.dot_line import DotLine, Neighbours
from kith.insight.charts.figure import Figure as Drawn
from kith.insight.charts.figure import not_held
from kith.insight.charts.funnel import Funnel, Limits, Place
from kith.insight.charts.picture import NARROW, WIDE
from kith.insight.charts.table import Table
from kith.insight.england.comparison import comparison
from kith.insight.england.neighbours import Neighbours as Near
from kith.insight.statistics.funnels import Measure, beyond, sizes_between
from kith.insight.statistics.funnels import funnel as funnel_lines
from kith.insight.statistics.over_dispersion import Spread
from kith.insight.statistics.signals import Rule, Span

SMALLEST = 500  # children: where a funnel's lines begin
_SIGNS = {
    (Rule.BEYOND_LIMITS, True): "above the upper limit",
    (Rule.BEYOND_LIMITS, False): "below the lower limit",
    (Rule.STEADY, True): "up every time",
    (Rule.STEADY, False): "down every time",
    (Rule.ONE_SIDE, True): "all above the centre",
    (Rule.ONE_SIDE, False): "all below the centre",
}


@dataclass(frozen=True)
class Picture:
    """A chart ready for a template: its SVG is drawn by Kith, which escapes every word in it."""

    title: str
    wide: SafeString
    narrow: SafeString
    words: str
    table: Table


def told_words(figure: Figure) -> str:
    """A figure in words: its value, that it is kept back, or why there is none."""
    if figure.is_kept_back:
        return "kept back"
    if figure.is_held:
        return figure.words
    return "none to count" if figure.state == "none_to_count" else f"not told: {lower_first(figure.why_not)}"


def spark_of(look: Look, chart: Chart, place: str, prefix: str) -> SafeString:
    """A figure over its periods, small enough to stand beside a sentence."""
    return mark_safe(small(look, chart, place, prefix))  # noqa: S308  (drawn above, escaped by its writer)


def picture_of(look: Look, chart: Chart, place: str, prefix: str, how: str = "") -> Picture:
    """A figure over its periods, or by the groups of a breakdown; `how` says which in its title."""
    made = shown(look, chart, place, prefix)
    title = f"{made.title}, {how}" if how else made.title
    return _picture(title, made.wide, made.narrow, made.words, made.table)


def by_month(look: Look, name: str, place: str, prefix: str) -> Picture | None:
    """The control chart of a figure month by month; None where too few months are told for one."""
    figures = look.by_month(name)
    if not any(figure.is_held for figure in figures):
        return None
    chart = chart_of(figures, Span.MONTH)
    if chart.centre is None:
        return None
    made = control.Control(
        title=f"{figures[0].indicator.title}, month by month",
        place=place,
        measure=figures[0].written,
        periods=tuple(point.label for point in chart.points),
        figures=tuple(
            _point(point.value, figure) for point, figure in zip(chart.points, figures, strict=True)
        ),
        centre=chart.centre,
        lower=tuple(point.low for point in chart.points),
        upper=tuple(point.high for point in chart.points),
        signals=tuple(
            control.Signal(tuple(range(each.first, each.last + 1)), _SIGNS[each.rule, each.is_upwards])
            for each in chart.signals
        ),
    )
    return _drawn(control, made, prefix)


def _point(value: float | None, figure: Figure) -> Drawn:
    return Drawn(value) if value is not None else not_held(figure.why_not)


def among_authorities(look: Look, name: str, place: str, prefix: str) -> Picture | None:
    """A rate among England's authorities by size, in the limits that chance and their differences give.

    None where England's are not published, or the place's own is not told.
    """
    own, england, spread = look.of(name, "rate"), look.england(name, "rate"), look.spread(name, "rate")
    if england is None or spread is None or not own.is_told or not own.denominator:
        return None
    year = england.end_year
    known = authorities_with_children(published_id(own.indicator, "rate"), year, look.added)
    others = [Place(name, size, Drawn(value)) for name, value, size in known.iter_rows()]
    largest = max([own.denominator, *(int(each.size) for each in others)])
    lines = funnel_lines(Measure.RATE, england.value, sizes_between(SMALLEST, largest), spread)
    made = Funnel(
        title=f"{own.indicator.title}, beside England’s authorities in {england.year}",
        period=own.period,
        measure=own.written,
        sized="children who live there",
        places=(Place(place, own.denominator, drawn(own), is_own=True), *others),
        centre=england.value,
        limits=tuple(Limits(*row) for row in lines.iter_rows()),
        centre_name=f"England in {england.year}",
        direction=_where(own, england.value, spread),
    )
    return _drawn(funnel, made, prefix)


def _where(own: Figure, target: float, spread: Spread) -> str:
    """Where the figure lies in the funnel, as a clause."""
    where = beyond(Measure.RATE, own.numerator, own.denominator, target, spread)
    return f"beside England and with what lies between authorities allowed for, the figure here is {where}"


def beside_others(
    look: Look, figure: Figure, authority: str, place: str, near: Near | None
) -> Picture | None:
    """A figure beside England, its region and its neighbours in the newest year that is published."""
    england = look.england(figure.indicator.id, figure.measure)
    if england is None or not figure.is_told or figure.measure == "number":
        return None
    year = england.end_year
    id_ = published_id(figure.indicator, figure.measure)
    found = comparison(id_, year, authority, near, added=look.added)
    region = [(f"{found.region.place.name}, {england.year}", found.region.value)] if found.region else []
    beside = [(f"England, {england.year}", found.england.value), *region]
    low, high = found.lowest, found.highest
    among = f"{found.held} neighbours, {england.year}"
    made = DotLine(
        title=f"{figure.indicator.title}, beside others",
        place=place,
        period=figure.period,
        measure=figure.written,
        figure=drawn(figure),
        neighbours=Neighbours(among, low, high) if low is not None and high is not None else None,
        beside=tuple((name, Drawn(value) if value is not None else not_held()) for name, value in beside),
    )
    return _drawn(dot_line, made, f"beside-{figure.measure}")


def _drawn(module: ModuleType, made: Any, prefix: str) -> Picture:
    wide, narrow = module.draw(made, f"{prefix}-w", WIDE), module.draw(made, f"{prefix}-n", NARROW)
    return _picture(made.title, wide, narrow, module.words(made), module.table(made))


def _picture(title: str, wide: str, narrow: str, words: str, table: Table) -> Picture:
    return Picture(title, mark_safe(wide), mark_safe(narrow), words, table)  # noqa: S308
