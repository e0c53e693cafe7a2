"""One figure: what it is, over the years and the months, by groups, and beside England and others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kith.insight.case.drawing import tabled
from kith.insight.case.finding import Chart
from kith.insight.case.look import Figure, Look
from kith.insight.case.words import since
from kith.insight.catalogue import NoSuchIndicator, indicator_called, topics
from kith.insight.definition_pages import measured
from kith.insight.indicator import Indicator
from kith.insight.report.lines import MEASURES
from kith.insight.sources.needs import in_words
from kith.record.figures import queries
from kith.record.figures.permissions import may_take_away
from kith.record.people.permissions import can
from kith.web.insight.broken_down import breakdown_asked, breakdown_words, breakdowns_of
from kith.web.insight.pictures import (
    Picture,
    among_authorities,
    beside_others,
    by_month,
    picture_of,
    told_words,
)
from kith.web.insight.reading import Reading, address_of, is_of_people_who_decide, reading_for
from kith.web.who_may import only_reading, power, user_of

IN_WORDS = {
    "inside": "Exact, for work inside the service",
    "partners": "For partners: rounded, with small numbers kept back",
    "public": "For anybody: rounded further, with small numbers kept back",
}
GOOD = {
    "more": "More is better.",
    "less": "Less is better.",
    "neither": "Neither more nor less is better by itself.",
}
WHEN = {"during": "Counted over the period.", "last_day": "Counted on the last day of the period."}


@dataclass(frozen=True)
class Now:
    """One measure of the figure in this period."""

    words: str
    range: str
    counted: str
    since: str
    england: str


@power("see_insight")
def figure(request: HttpRequest, indicator: str) -> HttpResponse:
    """One figure with its range, its charts and tables, its definition, and ways to take it away."""
    asked = indicator_or_404(indicator)
    with only_reading(request):
        return _figure(request, asked)


def _figure(request: HttpRequest, asked: Indicator) -> HttpResponse:
    user = user_of(request)
    reading = reading_for(user, request.GET.get("period", ""))
    context: dict[str, Any] = {"indicator": asked, "reading": reading, "about": _about(asked)}
    context["topic"] = (address_of(asked.topic), topics()[asked.topic])
    if reading is None:
        return render(request, "kith/insight/figure.html", {**context, "going_on": queries.going_on()})
    by = breakdown_asked(request, asked, reading)
    look = reading.look((asked.id,), (by,) if by else (), months=True)
    now = look.of(asked.id)
    context |= {
        "now": list(_now(look, asked)),
        "why_not": "" if _is_told(look, asked) else (now.why_not or "It cannot be told of this period."),
        "pictures": list(_pictures(look, asked, reading, by)),
        "tables": [
            tabled(look, Chart(asked.id, each), reading.place) for each in _told_measures(look, asked)[1:]
        ],
        "breakdowns": [(name, breakdown_words(asked, name)) for name in breakdowns_of(asked, reading)],
        "by": by,
        "may_open": reading.is_exact
        and can("open_figures", user)
        and now.is_told
        and asked.measure != "ratio",
        "takings": [(name, IN_WORDS[name]) for name in may_take_away(user)] if _may_leave(asked) else [],
    }
    return render(request, "kith/insight/figure.html", context)


def indicator_or_404(name: str) -> Indicator:
    """The indicator of this id."""
    try:
        return indicator_called(name)
    except NoSuchIndicator as missing:
        raise Http404("There is no such figure.") from missing


def _may_leave(asked: Indicator) -> bool:
    return not is_of_people_who_decide(asked.id)


def _is_told(look: Look, asked: Indicator) -> bool:
    if asked.measure == "ratio":
        return any(each.is_held for each in look.groups(asked.id, asked.by[0], "ratio").values())
    return any(
        each.is_shown for measure in MEASURES[asked.measure] for each in look.series(asked.id, measure)
    )


def _now(look: Look, asked: Indicator) -> Iterator[Now]:
    for measure in MEASURES[asked.measure]:
        found = look.of(asked.id, measure)
        if found.state == "not_held" and not found.is_kept_back:
            continue
        england = look.england(asked.id, measure) if measure != "number" else None
        yield Now(
            told_words(found),
            found.range_words,
            _counted(found),
            since(look, asked.id, measure),
            f"England in {england.year}: {england.words}." if england else "",
        )


def _counted(found: Figure) -> str:
    if found.measure != "share" or found.numerator is None or not found.denominator or not found.is_told:
        return ""
    return f"{found.numerator:,} of {found.denominator:,} {found.indicator.out_of}"


def _pictures(look: Look, asked: Indicator, reading: Reading, by: str) -> Iterator[Picture]:
    if not _is_told(look, asked):
        return
    place = reading.place
    if drawn := _told_measures(look, asked):
        yield picture_of(look, Chart(asked.id, drawn[0]), place, "years", "over the years")
    if by:
        measure, words = _by_measure(look, asked, by), breakdown_words(asked, by).lower()
        yield picture_of(look, Chart(asked.id, measure, by), place, "groups", f"by {words}")
    if monthly := by_month(look, asked.id, place, "months"):
        yield monthly
    if funnel := among_authorities(look, asked.id, place, "authorities"):
        yield funnel
    near = queries.neighbours()
    for measure in MEASURES[asked.measure]:
        if others := beside_others(look, look.of(asked.id, measure), reading.authority, place, near):
            yield others


def _told_measures(look: Look, asked: Indicator) -> list[str]:
    """The measures that more than one period could tell of, what can be compared first."""
    measures = sorted(MEASURES[asked.measure], key=lambda each: each == "number")
    told = []
    for measure in measures:
        series = look.series(asked.id, measure)
        if len(series) > 1 and any(each.is_shown for each in series):
            told.append(measure)
    return told


def _by_measure(look: Look, asked: Indicator, by: str) -> str:
    """What groups are compared in: a rate or a share where it is told, else the number."""
    wanted = {"number": ("rate", "number"), "mix": ("share",), "difference": ("share", "number")}
    for measure in wanted.get(asked.measure, (asked.measure,)):
        if any(each.is_shown for each in look.groups(asked.id, by, measure).values()):
            return measure
    return wanted.get(asked.measure, (asked.measure,))[-1]


def _about(asked: Indicator) -> dict[str, Any]:
    return {
        "measured": measured(asked),
        "when": WHEN[asked.when],
        "good": GOOD[asked.way],
        "needs": [in_words(need).words for need in asked.needs],
    }
