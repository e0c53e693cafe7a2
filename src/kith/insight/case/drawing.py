"""A figure as it is shown: two drawings of its chart, the same in words, and as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from kith.insight.breakdowns import BREAKDOWNS
from kith.insight.case.finding import Chart
from kith.insight.case.look import Figure, Look, published_id
from kith.insight.charts import bars, ratios, spark, trend
from kith.insight.charts.bars import Bars
from kith.insight.charts.figure import Beside, not_held, suppressed
from kith.insight.charts.figure import Figure as Drawn
from kith.insight.charts.picture import NARROW, WIDE
from kith.insight.charts.ratios import Ratios
from kith.insight.charts.table import Table
from kith.insight.charts.trend import Break, Trend
from kith.insight.england.published import figure as published_figure
from kith.insight.england.series import NoSuchSeries, series
from kith.standards.years import year_from

SMALL = "small"
_TO_BE = {"children in care": "in care", "section 47 enquiries": "in a section 47 enquiry"}
_LEFT_OUT_IF_NONE = ("Not yet born", "18 and over", "Not known")
_NOT_A_YEAR = "England's figures are of years from April to March."


@dataclass(frozen=True)
class Shown:
    """A chart ready for a page: SVG for a wide and for a narrow column, what it says, and its table."""

    title: str
    wide: str
    narrow: str
    words: str
    table: Table


def shown(look: Look, chart: Chart, place: str, prefix: str) -> Shown:
    """A chart of one figure: over the periods, or by the groups of a breakdown in this period.

    `place` is what the authority is called and `prefix` begins the ids in the drawing, unique on its page.
    """
    module, made = _made(look, chart, place)
    return Shown(
        title=made.title,
        wide=module.draw(made, f"{prefix}-w", WIDE),
        narrow=module.draw(made, f"{prefix}-n", NARROW),
        words=module.words(made),
        table=module.table(made),
    )


def tabled(look: Look, chart: Chart, place: str) -> Table:
    """The table of a chart alone, where there is no room for the drawing."""
    module, made = _made(look, chart, place)
    table: Table = module.table(made)
    return table


def small(look: Look, chart: Chart, place: str, prefix: str) -> str:
    """The figure over the periods as a small drawing to stand beside a sentence, with England's newest figure
    as a level where none of these periods has one of England's.
    """
    england = look.england(chart.indicator, chart.measure)
    return spark.draw(_trend(look, chart, place), prefix, level=england.value if england else None)


def _made(look: Look, chart: Chart, place: str) -> tuple[ModuleType, Trend | Bars | Ratios]:
    if chart.measure == "ratio":
        return ratios, _ratios(look, chart, place)
    if chart.breakdown:
        return bars, _bars(look, chart, place)
    return trend, _trend(look, chart, place)


def drawn(figure: Figure) -> Drawn:
    """A figure as charts take it; a difference below nothing is not drawn."""
    if figure.is_kept_back:
        return suppressed()
    if not figure.is_held or figure.value is None:
        return not_held(figure.why_not) if figure.state == "not_held" else Drawn(state="none_to_count")
    if figure.value < 0:
        return not_held("It is below nothing, and cannot be drawn.")
    return Drawn(figure.value, figure.low, figure.high)


def _trend(look: Look, chart: Chart, place: str) -> Trend:
    figures = look.series(chart.indicator, chart.measure)
    periods = tuple(figure.period for figure in figures)
    england = _england(look, figures)
    return Trend(
        title=_title(figures[0]),
        place=place,
        measure=figures[0].written,
        periods=periods,
        figures=tuple(map(drawn, figures)),
        beside=(england,) if any(each.held is not None for each in england.figures) else (),
        breaks=_breaks(figures) if any(each.held is not None for each in england.figures) else (),
    )


def _title(figure: Figure) -> str:
    return figure.indicator.title


def _england(look: Look, figures: Sequence[Figure]) -> Beside:
    id_ = published_id(figures[0].indicator, figures[0].measure)
    return Beside("England", tuple(_published(look, id_, figure.period) for figure in figures))


def _published(look: Look, id_: str, period: str) -> Drawn:
    year = _return_year(period)
    if not id_ or year is None:
        return not_held(_NOT_A_YEAR)
    try:
        found = published_figure(id_, year, "England", added=look.added)
    except NoSuchSeries:
        return not_held()
    return Drawn(found.value) if found.value is not None else not_held()


def _return_year(label: str) -> int | None:
    try:
        return year_from(label) if len(label) == len("2019-20") else None
    except ValueError:
        return None


def _breaks(figures: Sequence[Figure]) -> tuple[Break, ...]:
    """Where England's figures cannot be set against those before, among the periods shown."""
    id_ = published_id(figures[0].indicator, figures[0].measure)
    known = {each.year: each.words for each in series(id_).breaks}
    years = [_return_year(figure.period) for figure in figures]
    return tuple(
        Break(at, known[year]) for at, year in enumerate(years) if at and year is not None and year in known
    )


def _bars(look: Look, chart: Chart, place: str) -> Bars:
    groups = look.groups(chart.indicator, chart.breakdown or "", chart.measure)
    groups = {name: one for name, one in groups.items() if one.value != 0 or name not in _LEFT_OUT_IF_NONE}
    of_all = look.of(chart.indicator)
    return Bars(
        title=_title(of_all),
        place=place,
        period=look.period,
        grouped=_grouped(of_all, chart.breakdown or "").lower(),
        measure=next(iter(groups.values()), of_all).written,
        groups=tuple(groups),
        figures=tuple(map(drawn, groups.values())),
    )


def _ratios(look: Look, chart: Chart, place: str) -> Ratios:
    groups: Mapping[str, Figure] = look.groups(chart.indicator, chart.breakdown or "", "ratio")
    of_all = look.of(chart.indicator, "ratio")
    about = _title(of_all).partition(",")[0].partition(":")[0].lower()
    return Ratios(
        title=_title(of_all),
        place=place,
        period=look.period,
        what=_TO_BE.get(about, about),
        reference=of_all.indicator.against,
        groups=tuple(groups),
        figures=tuple(map(drawn, groups.values())),
    )


def _grouped(figure: Figure, breakdown: str) -> str:
    return figure.indicator.kind if breakdown == "kind" else BREAKDOWNS[breakdown].words
