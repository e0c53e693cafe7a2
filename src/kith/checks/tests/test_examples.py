"""Every rule finds the rows its examples mark, and no other; each has one to find and one to leave."""

import pytest

from kith.checks import check, every_rule
from kith.checks.examples import parsed_example
from kith.checks.rule import NEWEST_YEAR, Rule

RULES = [*every_rule("903"), *every_rule("cin")]
NAMES = [f"{rule.return_}-{rule.code}-{rule.first_year}" for rule in RULES]


def _year(rule: Rule) -> int:
    return rule.last_year or max(NEWEST_YEAR[rule.return_], rule.first_year)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_finds_what_its_examples_mark(rule: Rule) -> None:
    example = parsed_example(rule.examples)
    own = rule.table.partition("+")[0]
    report = check(
        {
            name: frame
            for name, frame in example.tables.items()
            if not name.startswith(("LastYear.", "Provider"))
        },
        return_=rule.return_,
        year=example.year or _year(rule),
        only=[rule.code],
        previous=_last_year(example.tables),
        providers=example.tables.get("Provider"),
        authority=example.authority,
    )
    outcome = report.outcome(rule.code)
    assert outcome.status in ("clear", "findings"), outcome.missing or outcome.error
    found = set(outcome.rows["row"]) if outcome.count else set()
    assert found == example.found[own]
    assert found, "no example that must be found"
    assert len(example.found[own]) < example.tables[own].height, "no example that must be left alone"
    assert [finding.rule.code for finding in report.findings()] == [rule.code] * outcome.count


def _last_year(tables):
    last = {
        name.removeprefix("LastYear."): frame
        for name, frame in tables.items()
        if name.startswith("LastYear.")
    }
    return last or None
