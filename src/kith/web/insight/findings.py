"""The case for change: six findings, what stands out, and the asking for today's figures."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from kith.insight.case import Finding, Look
from kith.insight.case.case import NOTHING
from kith.insight.case.finding import Chart
from kith.insight.case.largest import LARGEST
from kith.record.figures import queries, services
from kith.record.figures.models import Taking
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.web.insight.pictures import picture_of, spark_of
from kith.web.insight.reading import Reading, reading_for, topic_links
from kith.web.pdf import can_make_pdf, pdf_response
from kith.web.who_may import only_reading, power, user_of

PAGE = "kith/insight/case.html"
SENTENCES_SHOWN = 4  # on a card; the rest with what it does not know
ENGLAND_SHOWN = 2


@dataclass(frozen=True)
class Card:
    """A finding as the page shows it, with its small chart; `says` is what the chart shows, in words."""

    finding: Finding
    chart: SafeString
    says: str
    children_of: str  # whose children may be shown; "" where none may
    is_by_group: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        return self.finding.sentences[:SENTENCES_SHOWN]

    @property
    def england(self) -> tuple[str, ...]:
        return self.finding.beside[:ENGLAND_SHOWN]

    @property
    def more(self) -> tuple[str, ...]:
        return (*self.finding.sentences[SENTENCES_SHOWN:], *self.finding.beside[ENGLAND_SHOWN:])


@power("see_insight")
def insight(request: HttpRequest) -> HttpResponse:
    """Six findings about this place, and at most three things to worry about."""
    with only_reading(request):
        return render(request, PAGE, case_of(request))


@power("see_insight")
def insight_pdf(request: HttpRequest) -> HttpResponse:
    """The same page as a PDF; where this machine cannot make one, the page itself, to be printed."""
    page = case_of(request)
    if not can_make_pdf() or page["reading"] is None:
        if not can_make_pdf():
            messages.info(request, "This machine cannot make a PDF. Print this page: it is set for paper.")
        return render(request, PAGE, page)
    html = render_to_string(PAGE, {**page, "paper": "kith/paper.html"}, request)
    services.record_taken_away("case_for_change", "pdf", page["reading"].audience, by=user_of(request))
    return pdf_response(request, html, f"case-for-change-{page['reading'].as_of}")


@power("see_insight")
@require_POST
def work_out(request: HttpRequest) -> HttpResponse:
    """Have the record taken for figures; asked twice, it happens once."""
    services.ask(by=user_of(request))
    return redirect("working_out")


@power("see_insight")
def working_out(request: HttpRequest) -> HttpResponse:
    """How far the taking is; leads back to the figures when they are there."""
    going_on, failure = queries.going_on(), queries.latest_failure()
    if going_on is None and failure is None:
        return redirect("insight")
    return render(request, "kith/insight/working_out.html", {"going_on": going_on, "failure": failure})


def case_of(request: HttpRequest) -> dict[str, Any]:
    """Everything the page says, as this person may be shown it."""
    user = user_of(request)
    reading = reading_for(user, request.GET.get("period", ""))
    common = {
        "reading": reading,
        "going_on": queries.going_on(),
        "topics": topic_links(),
        "may_decide": can("see_own_decisions", user),
        "may_give": can("give_comparisons", user),
        "may_read_unmet": can("read_unmet_needs", user),
        "can_make_pdf": can_make_pdf(),
    }
    if reading is None:
        return {**common, "is_taken": Taking.objects.filter(state="done").exists()}
    look, case = reading.case()
    cards = [_card(reading, look, finding, user) for finding in case.findings]
    return {**common, "case": case, "cards": cards, "nothing": NOTHING, "largest": LARGEST}


def _card(reading: Reading, look: Look, finding: Finding, user: User) -> Card:
    opens = reading.is_exact and can("open_figures", user)
    told = [name for name in finding.indicators if look.of(name).is_told] if opens else []
    chart = next((each for each in finding.charts if _draws(look, each)), None)
    if chart is None:
        return Card(finding, SafeString(), "", told[0] if told else "")
    prefix, opened = f"of-{finding.id.replace('_', '-')}", told[0] if told else ""
    if chart.breakdown:
        drawn = picture_of(look, chart, reading.place, prefix).narrow
        return Card(finding, drawn, look.of(chart.indicator).indicator.title, opened, is_by_group=True)
    return Card(finding, spark_of(look, chart, reading.place, prefix), _says(look, chart), opened)


def _draws(look: Look, chart: Chart) -> bool:
    """Whether a chart has anything to draw, and is small enough for a card."""
    if chart.measure == "ratio":
        groups = look.groups(chart.indicator, chart.breakdown or "", "ratio")
        return any(figure.is_held for figure in groups.values())
    return chart.breakdown is None and any(
        figure.is_told for figure in look.series(chart.indicator, chart.measure)
    )


def _says(look: Look, chart: Chart) -> str:
    """What a small chart shows: its figure first and last, and which of England's is the broken line: "52 in
    2020-21, 65 in the 12 months to ...; broken line: England, 68 in 2019-20".
    """
    series = [each for each in look.series(chart.indicator, chart.measure) if each.is_told]
    ends = dict.fromkeys((series[0], series[-1])) if series else {}
    figures = ", ".join(f"{each.written.short(each.value or 0)} in {_in(each.period)}" for each in ends)
    unit = " per 10,000 children" if chart.measure == "rate" else ""
    if not figures:
        return ""
    england = look.england(chart.indicator, chart.measure)
    level = ""
    if england:
        level = f"; broken line: England, {series[-1].written.short(england.value)} in {england.year}"
    return f"{look.of(chart.indicator).indicator.title}{unit}: {figures}{level}"


def _in(period: str) -> str:
    return f"the {period}" if period.startswith("12 months") else period
