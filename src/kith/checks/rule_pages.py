"""The pages of every rule, `docs/rules/`, made from the rules: `python -m kith.checks.rule_pages`."""

from itertools import groupby
from pathlib import Path

from kith.checks.catalogue import every_rule
from kith.checks.paths import in_words, place_of
from kith.checks.rule import FIRST_YEAR, Rule
from kith.dataset.returns import Kind
from kith.dataset.years import year_name
from kith.standards.years import CALLED

FOLDER = Path(__file__).parents[3] / "docs" / "rules"
_SOURCE: dict[Kind, str] = {
    "903": """The rules of the DfE's SSDA903 collection, 2022-23 to 2026-27, as its validators publish them.
Those under *Integrity* are no rules of the DfE's: they ask whether the files of one return agree.""",
    "cin": "The rules of the DfE's CIN census, 2022-23 to 2025-26, as its validators publish them.",
}
_HEAD = """# The rules of the {name}

Every rule that Kith checks the {name} by, told in Kith's own words. Made from the rules themselves by
`python -m kith.checks.rule_pages`; change a rule's file, not this page.

{source} {count} rules. A severity is given where its source states one, and is **not stated** elsewhere.
Where an open tool is known to differ from the DfE's text, the rule follows the text and says so.
"""
_COLUMNS = "| Rule | What is wrong when it is found | Look at | Years | Severity |\n|---|---|---|---|---|\n"


def page(return_: Kind) -> str:
    """The page of one return's rules in Markdown: a table for each subject."""
    rules = sorted(every_rule(return_), key=lambda rule: (rule.subject, rule.code, rule.first_year))
    codes = len({rule.code for rule in rules})
    parts = [_HEAD.format(name=CALLED[return_], source=_SOURCE[return_], count=codes)]
    for subject, group in groupby(rules, key=lambda rule: rule.subject):
        heading = subject.replace("_", " ").capitalize()
        parts.append(f"## {heading}\n\n{_COLUMNS}{''.join(map(_line, group))}")
    return "\n".join(parts)


def years_in_words(rule: Rule) -> str:
    """From which year's return to which the rule holds: "from 2024-25", "2022-23 to 2023-24", "all"."""
    first, last = rule.first_year, rule.last_year
    if last is None:
        return "all" if first == FIRST_YEAR else f"from {year_name(first)}"
    return year_name(first) if first == last else f"{year_name(first)} to {year_name(last)}"


def fields_in_words(rule: Rule) -> str:
    """The rule's fields as a reader looks for them: "Episodes DECOM, Header DOB"."""
    places = [place_of(rule.table, name) for name in rule.fields]
    return ", ".join(dict.fromkeys(f"{in_words(place.table)} {place.column}" for place in places))


def _line(rule: Rule) -> str:
    note = f" *{rule.note}*" if rule.note else ""
    cells = (
        rule.code,
        f"{rule.says}{note}",
        fields_in_words(rule),
        years_in_words(rule),
        rule.severity or "not stated",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def main() -> None:
    """Write both pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for return_ in _SOURCE:
        (FOLDER / f"{return_}.md").write_text(page(return_), encoding="utf-8")


if __name__ == "__main__":
    main()
