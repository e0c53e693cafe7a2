"""One self-contained HTML file: read from disk, without scripts, printed on A4, made into a PDF."""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement, tostring
from lxml.html import builder as E

from kith.insight.case import Finding
from kith.insight.case.case import NOTHING
from kith.insight.case.drawing import Shown, shown, tabled
from kith.insight.case.finding import Chart
from kith.insight.case.largest import LARGEST
from kith.insight.case.look import Figure
from kith.insight.catalogue import topics
from kith.insight.charts.on_a_page import styles
from kith.insight.charts.table import Table
from kith.insight.indicator import Indicator
from kith.insight.report.asking import Report, days_of, title_of
from kith.insight.report.lines import Line, lines_of, not_held

_STYLES = files("kith.insight.report") / "report.css"


def as_html(report: Report) -> str:
    """The whole report as one HTML document."""
    head = E.HEAD(
        E.META(charset="utf-8"),
        E.META(name="viewport", content="width=device-width, initial-scale=1"),
        E.TITLE(title_of(report)),
        E.STYLE(_STYLES.read_text(encoding="utf-8") + styles()),
    )
    body = E.BODY(
        E.A("Skip to the findings", href="#findings", **_class("skip")),
        E.HEADER(E.H1(title_of(report)), E.P(f"{days_of(report)}. {report.done}")),
        E.MAIN(*_main(report), id="main"),
        E.FOOTER(E.P("Made by Kith. How each figure is counted is told below it, or in docs/indicators.")),
    )
    page = E.HTML(head, body, lang="en-GB")
    text: str = tostring(page, doctype="<!DOCTYPE html>", encoding="unicode", pretty_print=False)
    return text


def _main(report: Report) -> Iterable[HtmlElement]:
    yield _standing_out(report)
    yield E.SECTION(
        E.H2("Six findings"),
        *(_finding(report, finding, at) for at, finding in enumerate(report.case.findings)),
        id="findings",
    )
    yield E.SECTION(E.H2("Every figure"), *_topics(report), id="figures")
    yield from _by_group(report)
    yield _untold(report)
    yield _about(report)


def _standing_out(report: Report) -> HtmlElement:
    worries = report.case.worries
    said = [E.LI(worry.words) for worry in worries]
    known = report.case.not_known
    parts: list[HtmlElement] = [E.H2("What stands out")]
    parts.append(E.OL(*said) if said else E.P(NOTHING))
    if report.case.largest:
        parts += [E.P(f"{LARGEST}:"), E.UL(*(E.LI(share.words) for share in report.case.largest))]
    if known:
        parts.append(E.P(f"Nothing can be told of: {'; '.join(known)}."))
    return E.SECTION(*parts, **_class("standing-out"))


def _finding(report: Report, finding: Finding, at: int) -> HtmlElement:
    drawn = [
        shown(report.look, chart, report.place, f"f{at}-{number}")
        for number, chart in enumerate(_charts(report, finding))
    ]
    return E.ARTICLE(
        E.H3(finding.title),
        E.P(finding.question, **_class("question")),
        *(
            [E.P(" ".join(finding.sentences))]
            if finding.sentences
            else [E.P("Nothing of this can be told yet.")]
        ),
        *([E.P(" ".join(finding.beside), **_class("beside"))] if finding.beside else []),
        *map(_chart, drawn),
        E.DETAILS(
            E.SUMMARY("What this does not know"),
            E.UL(*(E.LI(each) for each in finding.unknown)),
            E.P(finding.caution, **_class("caution")),
            open="open",
        ),
        id=finding.id,
    )


def _charts(report: Report, finding: Finding) -> list[Chart]:
    """The charts of which anything is held; one of nothing but gaps says no more than the words do."""
    return [
        chart
        for chart in finding.charts
        if any(
            figure.is_held
            for figure in (
                report.look.groups(chart.indicator, chart.breakdown, chart.measure).values()
                if chart.breakdown
                else report.look.series(chart.indicator, chart.measure)
            )
        )
    ]


def _chart(drawn: Shown) -> HtmlElement:
    return E.FIGURE(
        E.FIGCAPTION(drawn.title),
        E.DIV(
            E.DIV(_svg(drawn.wide), **_class("kith-chart__wide")),
            E.DIV(_svg(drawn.narrow), **_class("kith-chart__narrow")),
            **_class("kith-chart"),
        ),
        E.P(drawn.words),
        E.DETAILS(E.SUMMARY("As a table"), _table(drawn.table)),
    )


def _svg(drawing: str) -> etree._Element:
    return etree.fromstring(drawing)


def _table(table: Table) -> HtmlElement:
    return E.DIV(
        E.TABLE(
            E.CAPTION(table.caption),
            E.THEAD(E.TR(*(E.TH(heading, scope="col") for heading in table.headings))),
            E.TBODY(*(_row(row) for row in table.rows)),
        ),
        *(E.P(note, **_class("note")) for note in table.notes),
        **_class("table"),
        tabindex="0",  # a table too wide for the page is moved by the keyboard too
        role="region",
        **{"aria-label": table.caption},
    )


def _row(cells: Sequence[str]) -> HtmlElement:
    first, *rest = cells
    return E.TR(E.TH(first, scope="row"), *(E.TD(cell) for cell in rest))


def _topics(report: Report) -> Iterable[HtmlElement]:
    for topic, group in groupby(report.indicators, key=lambda each: each.topic):
        lines = [line for each in group for line in lines_of(report, each)]
        if lines:
            yield E.H3(topics()[topic])
            yield _table(_figures_table(report, topics()[topic], lines))


def _figures_table(report: Report, title: str, lines: Sequence[Line]) -> Table:
    headings = ("Figure", report.period.label, "95% range", "Counted", *report.years, "England")
    rows = tuple(
        (line.title, line.value, line.range, line.counted, *line.before, line.england) for line in lines
    )
    return Table(f"{title}: {report.place}", headings, rows)


def _by_group(report: Report) -> Iterable[HtmlElement]:
    """Each breakdown that was asked for, with every figure that is told in its groups."""
    tables = [
        (each, name)
        for name in report.breakdowns
        for each in report.indicators
        if any(figure.is_held for figure in _groups(report, each, name).values())
    ]
    if not tables:
        return
    yield E.SECTION(
        E.H2("By group"),
        *(_group_table(report, each, name) for each, name in tables),
        id="groups",
    )


def _groups(report: Report, each: Indicator, breakdown: str) -> dict[str, Figure]:
    measure = "share" if each.measure == "mix" else each.measure
    return report.look.groups(each.id, breakdown, measure)


def _group_table(report: Report, each: Indicator, breakdown: str) -> HtmlElement:
    measure = "share" if each.measure == "mix" else each.measure
    table = tabled(report.look, Chart(each.id, measure, breakdown), report.place)
    return E.DETAILS(E.SUMMARY(f"{each.title}, by {table.headings[0].lower()}"), _table(table))


def _untold(report: Report) -> HtmlElement:
    reasons = not_held(report)
    return E.SECTION(
        E.H2("What cannot be told"),
        E.P("Not told is not none. Each figure here says what it lacks."),
        *(
            E.DIV(E.H3(reason), E.UL(*(E.LI(title) for title in titles)))
            for reason, titles in reasons.items()
        ),
        id="not-held",
    )


def _about(report: Report) -> HtmlElement:
    return E.SECTION(
        E.H2("What this was told from"),
        E.UL(*(E.LI(each) for each in report.told_from)),
        E.H3("How each figure is counted"),
        E.DL(*(part for each in report.indicators for part in _definition(each))),
        id="about",
    )


def _definition(each: Indicator) -> Iterable[HtmlElement]:
    yield E.DT(each.title)
    note = f" {each.note}" if each.note else ""
    yield E.DD(f"{each.definition}{note} Source: {each.source}.")


def _class(name: str) -> dict[str, str]:
    return {"class": name}
