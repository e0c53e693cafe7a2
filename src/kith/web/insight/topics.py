"""The figures of a topic or a finding, a line each: the figure, before, England's, or why there is none."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from kith.insight.case import Finding
from kith.insight.case.finding import Chart
from kith.insight.case.look import Figure, Look
from kith.insight.catalogue import every_indicator
from kith.insight.indicator import Indicator
from kith.insight.report.lines import MEASURES
from kith.record.figures.queries import going_on
from kith.record.people.permissions import can
from kith.web.insight.pictures import spark_of, told_words
from kith.web.insight.reading import Reading, address_of, reading_for, topic_links
from kith.web.who_may import only_reading, power, user_of

KINDS_SHOWN = 3


@dataclass(frozen=True)
class Told:
    """One measure of a figure: its value and range, what it was before, and England's."""

    words: str
    range: str
    before: str
    england: str


@dataclass(frozen=True)
class Line:
    """One figure of the topic, with a chart if a period tells it, and else why it is not held."""

    indicator: Indicator
    told: tuple[Told, ...]
    chart: SafeString
    why_not: str
    may_open: bool

    @property
    def is_by_group(self) -> bool:
        return self.indicator.measure == "ratio"


@power("see_insight")
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Every figure of a topic, or of one of the findings."""
    with only_reading(request):
        return _topic(request, topic)


def _topic(request: HttpRequest, topic: str) -> HttpResponse:
    user = user_of(request)
    reading = reading_for(user, request.GET.get("period", ""))
    if reading is None:
        nothing = {"reading": None, "title": _title(topic, None), "going_on": going_on()}
        return render(request, "kith/insight/topic.html", nothing)
    finding = next((each for each in reading.case()[1].findings if each.id == topic), None)
    names = _names(topic, finding)
    look = reading.look(names, _groups(names))
    opens = reading.is_exact and can("open_figures", user)
    lines = [_line(look, name, reading, opens) for name in names]
    context = {
        "reading": reading,
        "title": _title(topic, finding),
        "finding": finding,
        "unknown": _not_said(finding, lines),
        "told": [line for line in lines if not line.why_not],
        "not_told": _by_reason([line for line in lines if line.why_not]),
        "topics": topic_links(),
        "topic": topic,
    }
    return render(request, "kith/insight/topic.html", context)


def _not_said(finding: Finding | None, lines: list[Line]) -> list[str]:
    """What a finding does not know, but for what the page says above with its reason."""
    reasons = tuple({line.why_not.casefold() for line in lines if line.why_not})
    unknown = finding.unknown if finding else ()
    return [sentence for sentence in unknown if not reasons or not sentence.casefold().endswith(reasons)]


def _title(topic: str, finding: Finding | None) -> str:
    if finding is not None:
        return finding.title
    if topic not in topic_links():
        raise Http404("There is no such topic.")
    return topic_links()[topic]


def _names(topic: str, finding: Finding | None) -> tuple[str, ...]:
    _title(topic, finding)
    known = {each.id for each in every_indicator()}
    if finding is not None:
        return tuple(name for name in finding.indicators if name in known)
    return tuple(each.id for each in every_indicator() if address_of(each.topic) == topic)


def _groups(names: tuple[str, ...]) -> tuple[str, ...]:
    """The breakdowns in which ratios and mixes are told."""
    asked = [each for each in every_indicator() if each.id in names]
    ratios = [each.by[0] for each in asked if each.measure == "ratio"]
    return tuple(dict.fromkeys([*ratios, *("kind" for each in asked if each.measure == "mix")]))


def _line(look: Look, name: str, reading: Reading, opens: bool) -> Line:
    now = look.of(name)
    indicator = now.indicator
    if indicator.measure == "ratio":
        return _ratio_line(look, indicator)
    found = (_told(look, name, measure) for measure in MEASURES[indicator.measure])
    told = (*(each for each in found if each is not None), *_largest_kinds(look, now))
    why_not = "" if told else (now.why_not or "It cannot be told of this period.")
    drawn = _chart(look, name, reading) if told else SafeString()
    return Line(indicator, told, drawn, why_not, opens and now.is_told)


def _largest_kinds(look: Look, now: Figure) -> list[Told]:
    """The kinds that most of a mix are, with their shares."""
    if now.indicator.measure != "mix":
        return []
    kinds = look.groups(now.indicator.id, "kind", "share").items()
    held = sorted(((each.value or 0, kind, each) for kind, each in kinds if each.is_told), reverse=True)
    return [Told(f"{kind}: {each.words}", each.range_words, "", "") for _, kind, each in held[:KINDS_SHOWN]]


def _ratio_line(look: Look, indicator: Indicator) -> Line:
    groups = look.groups(indicator.id, indicator.by[0], "ratio")
    held = {group: figure for group, figure in groups.items() if figure.is_told}
    told = tuple(Told(f"{group}: {each.words}", each.range_words, "", "") for group, each in held.items())
    why = "" if told else (look.of(indicator.id, "ratio").why_not or "There are too few children to compare.")
    return Line(indicator, told, SafeString(), why, False)


def _told(look: Look, name: str, measure: str) -> Told | None:
    """The measure in words; None where neither this period nor any before it tells of it."""
    now = look.of(name, measure)
    if not any(each.is_shown for each in look.series(name, measure)):
        return None
    before = look.before(name, measure)
    england = look.england(name, measure) if measure != "number" else None  # a number of a whole country
    return Told(
        told_words(now),
        now.range_words,
        f"{before.words} in {before.period}" if before else "",
        f"{england.words} in {england.year}" if england else "",
    )


def _chart(look: Look, name: str, reading: Reading) -> SafeString:
    measures = MEASURES[look.of(name).indicator.measure]
    drawn = [each for each in reversed(measures) if any(one.is_held for one in look.series(name, each))]
    wanted = "rate" if "rate" in drawn else next((each for each in measures if each in drawn), "")
    if not wanted or len(reading.periods) < 2:
        return SafeString()
    return spark_of(look, Chart(name, wanted), reading.place, f"of-{name.replace('_', '-')}")


def _by_reason(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The figures that are not told, by the reason."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.why_not, []).append(line)
    return list(found.items())
