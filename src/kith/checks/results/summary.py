"""A report in a few lines that a person can act on: what was checked, the worst rules, what was not run."""

from collections import Counter
from collections.abc import Iterator

from kith.checks.catalogue import rules_year
from kith.checks.outcome import Status
from kith.checks.report import Report
from kith.checks.results.tables import by_rule
from kith.dataset.returns import Kind
from kith.dataset.years import year_name
from kith.standards.years import CALLED

_RULES_SHOWN = 20
_CHILDREN_SHOWN = 5
_SENTENCE = 90
_GIVEN_WITH = {
    "last year's return": "--previous",
    "Ofsted's provider list": "--providers",
    "the authority that sends": "--authority",
}


def title(report: Report) -> str:
    """ "SSDA903 2026-27" """
    return f"{CALLED[report.collection.return_]} {year_name(report.collection.year)}"


def counts_in_words(report: Report) -> str:
    """How the rules ended, "310 rules: 250 clear, 40 with findings, 20 could not run"."""
    return statuses_in_words(report.statuses)


def found_in_words(report: Report) -> str:
    """How much was found, "27 findings about 2 children"."""
    children = len(report.by_child())
    found = "1 finding" if report.finding_count == 1 else f"{report.finding_count:,} findings"
    return f"{found} about {'1 child' if children == 1 else f'{children:,} children'}"


def statuses_in_words(told: Counter[Status]) -> str:
    """How the rules ended, by how many ended each way."""
    parts = [
        f"{told['clear']:,} clear",
        f"{told['findings']:,} with findings",
        *([f"{told['could not run']:,} could not run"] if told["could not run"] else []),
        *([f"{told['crashed']:,} CRASHED"] if told["crashed"] else []),
    ]
    return f"{told.total():,} {'rule' if told.total() == 1 else 'rules'}: {', '.join(parts)}"


def summary(report: Report) -> Iterator[str]:
    """The lines of the summary."""
    yield title(report)
    if _rules_year(report) != report.collection.year:
        yield rules_used(report)
    yield counts_in_words(report)
    yield found_in_words(report)
    yield from _crashes(report)
    yield from _rules(report)
    yield from _children(report.by_child())
    yield from _not_run(report)


def rules_used(report: Report) -> str:
    """Which year's rules were run, in a sentence."""
    return rules_of_in_words(report.collection.return_, report.collection.year)


def rules_of_in_words(return_: Kind, year: int) -> str:
    """Which year's rules are run over the return of `year`, in a sentence."""
    held = rules_year(return_, year)
    if held == year:
        return f"By the rules of {year_name(year)}."
    yet = " yet" if held < year else ""
    return f"Kith holds no rules for {year_name(year)}{yet}; those of {year_name(held)} were used."


def _rules_year(report: Report) -> int:
    return rules_year(report.collection.return_, report.collection.year)


def lacking(report: Report) -> Counter[str]:
    """What rules lacked that could not run, with how many rules each."""
    return Counter(outcome.missing for outcome in report.with_status("could not run"))


def _crashes(report: Report) -> Iterator[str]:
    for outcome in report.with_status("crashed"):
        last = outcome.error.strip().splitlines()[-1]
        yield f"Rule {outcome.rule.code} CRASHED and says nothing of this return: {last}"


def _rules(report: Report) -> Iterator[str]:
    rows = [row for row in by_rule(report).iter_rows(named=True) if row["result"] == "findings"]
    if rows:
        yield ""
        yield "By rule, worst first:"
    for row in rows[:_RULES_SHOWN]:
        kind = f" ({row['severity']})" if row["severity"] in ("error", "query") else ""
        yield f"  {row['rule']:<10}{row['findings']:>8,}  {cut(row['what is wrong'])}{kind}"
    if (more := len(rows) - _RULES_SHOWN) > 0:
        rules = "rule" if more == 1 else "rules"
        yield f"  ... and {more:,} more {rules}; --format xlsx or html lists them all."


def _children(children: Counter[str]) -> Iterator[str]:
    if children:
        yield ""
        yield "Children with most findings:"
    for child, count in children.most_common(_CHILDREN_SHOWN):
        yield f"  {child:<20}{count:>6,}"


def _not_run(report: Report) -> Iterator[str]:
    missing = lacking(report)
    if missing:
        yield ""
        yield "Could not run, and what they lacked:"
    for what, count in missing.most_common():
        yield f"  {count:>4} {'rule' if count == 1 else 'rules'}  {what}{_how_to_give(what)}"


def _how_to_give(missing: str) -> str:
    """How what was missing is given at the terminal, or nothing."""
    return next((f" (give it with {option})" for what, option in _GIVEN_WITH.items() if what in missing), "")


def cut(text: str) -> str:
    """A rule's sentence, short enough for a line."""
    return text if len(text) <= _SENTENCE else f"{text[: _SENTENCE - 1].rstrip()}…"
