"""The lines of a report: each figure of the period with its range, the years before and England's."""

from collections.abc import Iterator
from dataclasses import dataclass

from kith.insight.case.look import Figure
from kith.insight.figures import NONE_TO_COUNT, NOT_HELD
from kith.insight.figures_in_words import SUPPRESSED_SIGN, state_in_words
from kith.insight.indicator import Indicator
from kith.insight.report.asking import Report

MEASURES = {
    "number": ("number", "rate"),
    "mix": ("number",),
    "difference": ("number", "share"),
    "share": ("share", "number"),
    "median": ("median",),
    "mean": ("mean",),
    "ratio": (),
}


@dataclass(frozen=True)
class Line:
    """One measure of one indicator, in words."""

    title: str
    value: str
    range: str
    counted: str
    before: tuple[str, ...]
    england: str


def lines_of(report: Report, indicator: Indicator) -> Iterator[Line]:
    """A line for each measure of the indicator that any period shown tells; none where nothing is held."""
    look = report.look
    for measure in MEASURES[indicator.measure]:
        figure = look.of(indicator.id, measure)
        before = [look.of(indicator.id, measure, period=label) for label in report.years]
        if not any(each.is_shown for each in (figure, *before)):
            continue
        england = look.england(indicator.id, measure)
        yield Line(
            title=_title(indicator, measure),
            value=cell(figure),
            range=figure.range_words,
            counted=_counted(figure),
            before=tuple(map(cell, before)),
            england=f"{england.words} ({england.year})" if england else "",
        )


def _title(indicator: Indicator, measure: str) -> str:
    if measure == "rate":
        return f"{indicator.title}, per 10,000 children"
    if measure == "number" and indicator.measure in ("share", "difference"):
        return f"{indicator.title}, number"
    if measure == "share" and indicator.measure == "difference":
        return f"{indicator.title}, share"
    return indicator.title


def cell(figure: Figure) -> str:
    """The figure as a table shows it: its value, "c" where it is kept back, or in a word why there is
    none.
    """
    if figure.is_kept_back:
        return SUPPRESSED_SIGN
    if not figure.is_held or figure.value is None:
        return state_in_words(NOT_HELD if figure.state == NOT_HELD else NONE_TO_COUNT)
    return figure.written.short(figure.value)


def _counted(figure: Figure) -> str:
    if figure.numerator is None:
        return ""
    if figure.denominator is None:
        return f"{figure.numerator:,}"
    return f"{figure.numerator:,} of {figure.denominator:,}"


def how_many_told(report: Report) -> str:
    """How many of the figures the period tells, and how many are kept back from this audience."""
    untold = sum(len(titles) for titles in not_held(report).values())
    figures = [report.look.of(each.id) for each in report.indicators]
    kept_back = sum(figure.is_kept_back for figure in figures)
    beside = f"; {kept_back} more {'is' if kept_back == 1 else 'are'} kept back" if kept_back else ""
    return f"{len(figures) - untold - kept_back} of {len(figures)} figures are told{beside}."


def not_held(report: Report) -> dict[str, list[str]]:
    """The titles of the figures that the period does not tell, by the reason."""
    reasons: dict[str, list[str]] = {}
    for each in report.indicators:
        figure = report.look.of(each.id, "ratio" if each.measure == "ratio" else None)
        if figure.state == NOT_HELD and not figure.is_kept_back and figure.why_not:
            reasons.setdefault(figure.why_not, []).append(each.title)
    return reasons
