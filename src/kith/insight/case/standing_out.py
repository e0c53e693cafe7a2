"""What stands out to the worse: from its own past, or from England with its authorities' own differences
allowed for.
"""

from collections.abc import Iterable, Sequence

from kith.insight.case.finding import Worry
from kith.insight.case.look import Figure, Look
from kith.insight.statistics.control_charts import ControlChart, rate_chart, share_chart, value_chart
from kith.insight.statistics.funnels import Beyond, Measure, beyond, standard_error
from kith.insight.statistics.signals import Span

MOST_WORRIES = 3
_FAR = {"less": Beyond.FAR_HIGHER, "more": Beyond.FAR_LOWER}
_MEASURES = {"share": Measure.SHARE, "rate": Measure.RATE}


def worries(look: Look, names: Iterable[str]) -> tuple[Worry, ...]:
    """At most three figures that stand out to the worse, the furthest out first; each figure once."""
    found = [worry for name in dict.fromkeys(names) if (worry := _worry(look, name))]
    return tuple(sorted(found, key=lambda worry: -worry.score)[:MOST_WORRIES])


def chart_of(figures: Sequence[Figure], span: Span) -> ControlChart:
    """The control chart of a figure's series."""
    labels = [figure.period for figure in figures]
    counts = [figure.numerator if figure.is_held else None for figure in figures]
    out_of = [figure.denominator if figure.is_held else None for figure in figures]
    measure = figures[0].measure if figures else "number"
    if measure == "share":
        return share_chart(labels, counts, out_of, span)
    if measure == "rate":
        return rate_chart(labels, counts, out_of, span)
    return value_chart(labels, [figure.value for figure in figures], span)


def _worry(look: Look, name: str) -> Worry | None:
    figure = look.of(name)
    if figure.indicator.way == "neither" or not figure.is_told:
        return None
    found = [
        worry for worry in (_from_its_past(look, name, figure), _from_england(look, name, figure)) if worry
    ]
    return max(found, key=lambda worry: worry.score, default=None)


def _from_its_past(look: Look, name: str, figure: Figure) -> Worry | None:
    """Where the newest point of the chart by month (by year, without months) is a sign of change to the
    worse.
    """
    months = look.by_month(name)
    series, span = (months, Span.MONTH) if months else (look.series(name), Span.YEAR)
    chart = chart_of(series, span)
    to_the_worse = figure.indicator.way == "less"
    last = len(chart.points) - 1
    signs = [sign for sign in chart.signals if sign.last == last and sign.is_upwards == to_the_worse]
    point = chart.points[last] if chart.points else None
    if not signs or point is None or point.value is None or chart.centre is None or point.high is None:
        return None
    reach = (point.high - chart.centre) / 3
    score = abs(point.value - chart.centre) / reach if reach else 0.0
    words = f"{figure.indicator.title}: {figure.words}. {chart.sentence}"
    return Worry(name, words, score)


def _from_england(look: Look, name: str, figure: Figure) -> Worry | None:
    """Where it lies beyond the wide limits around England's figure, widened as far as authorities differ."""
    england, spread = look.england(name), look.spread(name)
    if england is None or spread is None or not figure.numerator or not figure.denominator:
        return None
    measure = _MEASURES[figure.measure]
    where = beyond(measure, figure.numerator, figure.denominator, england.value, spread)
    if where is not _FAR[figure.indicator.way] or figure.value is None:
        return None
    error = standard_error(measure, figure.denominator, england.value)
    score = abs(figure.value - england.value) / (error * spread.wider_by(error))
    held_here = f"if England’s {england.words} ({england.year}) held here"
    words = f"{figure.indicator.title}: {figure.words}, {where} {held_here}."
    return Worry(name, words, score)
