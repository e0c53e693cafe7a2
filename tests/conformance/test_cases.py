"""Each recorded case: our rule flags the rows that the open tool flagged, or the difference is accepted.

The rows are compared in the tables that the case's answer names. Other rows of the rule's own table that our
finding links (the child's next episode, say) are there to be read: they agree whether flagged or not. Rows
that no file of the return holds (`Case.unlike_a_file`) are accepted by the table's line for every rule.
"""

import csv
from pathlib import Path

from cases import answer, expected, flagged, read_case

from kith.checks import every_rule

ACCEPTED = Path(__file__).with_name("accepted_differences.csv")
ONLY_UNLIKE_A_FILE = "disagreed: only on rows with an empty text or small letters, which no file holds"


def accepted() -> dict[tuple[str, str, str], dict[str, str]]:
    """The accepted differences by return, rule and case."""
    with ACCEPTED.open(encoding="utf-8", newline="") as file:
        return {(row["return"], row["rule"], row["case"]): row for row in csv.DictReader(file)}


def is_accepted(case, told: str) -> bool:
    """Whether the table accepts the difference: of this case, or of every case told apart so."""
    table = accepted()
    return (case.return_, case.code, case.name) in table or (
        told == ONLY_UNLIKE_A_FILE and (case.return_, "*", "*") in table
    )


def test_a_recorded_case(case_path, answers):
    case = read_case(case_path)
    told = _told(case)
    name = f"{case.return_} {case.code}"
    if told != "agreed" and is_accepted(case, told):
        told = "accepted difference"
    answers[name, told.partition(":")[0]] += 1
    assert told in ("agreed", "accepted difference"), told


def _told(case) -> str:
    rules = [rule for rule in every_rule(case.return_) if rule.code.lower() == case.code.lower()]
    rule = next((rule for rule in rules if rule.holds_in(case.year)), None)
    if rule is None:
        return "could not run: Kith has no such rule"
    report = answer(case, rule)
    outcome = report.outcomes[0]
    if case.expected["kind"] == "skipped":
        return "agreed" if outcome.status == "could not run" else f"disagreed: {outcome.status}, not skipped"
    if outcome.status in ("could not run", "crashed"):
        return f"could not run: {outcome.missing}{outcome.error}"
    theirs = expected(case)
    if case.expected["kind"] == "return" and not theirs:
        return "agreed" if outcome.count else "disagreed: found nothing in the return"
    tables = {table for table, _ in theirs}
    own, linked = ({row for row in rows if not tables or row[0] in tables} for rows in flagged(case, report))
    if theirs in (own, own | linked):
        return "agreed"
    if own ^ theirs <= case.unlike_a_file:
        return ONLY_UNLIKE_A_FILE
    only_ours, only_theirs = sorted(map(str, own - theirs)), sorted(map(str, theirs - own))
    return f"disagreed: only ours {only_ours}, only theirs {only_theirs}"


def test_an_accepted_difference_has_a_reason_and_a_source():
    for key, row in accepted().items():
        assert row["why"].strip() and row["source"].strip(), key
