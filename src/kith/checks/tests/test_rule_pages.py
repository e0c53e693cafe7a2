"""The pages of rules are as the rules are, and every rule the DfE publishes is among them."""

import csv
import importlib.util
from pathlib import Path

import pytest

from kith.checks import every_rule, rule_pages

_HELPER = Path(__file__).resolve().parents[4] / "tests" / "reference.py"


@pytest.mark.parametrize("return_", ["903", "cin"])
def test_the_page_is_as_the_rules_are(return_):
    written = (rule_pages.FOLDER / f"{return_}.md").read_text(encoding="utf-8")
    assert written == rule_pages.page(return_), "Run `python -m kith.checks.rule_pages`."


@pytest.mark.parametrize("return_", ["903", "cin"])
def test_every_rule_of_the_newest_set_is_held(return_):
    spec = importlib.util.spec_from_file_location("reference", _HELPER)
    assert spec and spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    catalogue = reference.REFERENCE / f"rules_{return_}.csv"
    if not catalogue.is_file():
        pytest.skip("the DfE's catalogue of rules is not on this machine")
    with catalogue.open(encoding="utf-8", newline="") as file:
        published = {row["code"] for row in csv.DictReader(file) if row["in_newest"] == "true"}
    held = {rule.code for rule in every_rule(return_) if rule.last_year is None}
    assert published <= held, sorted(published - held)


def test_no_two_forms_of_a_rule_hold_in_one_year():
    for return_ in ("903", "cin"):
        for year in range(2023, 2030):
            codes = [rule.code for rule in every_rule(return_) if rule.holds_in(year)]
            assert len(codes) == len(set(codes)), (return_, year)


def test_a_rule_says_in_words_where_to_look():
    rule = next(rule for rule in every_rule("903") if rule.code == "358")
    assert rule_pages.fields_in_words(rule) == "Episodes DECOM, Episodes LS, Header DOB"
    assert rule_pages.years_in_words(rule) == "all"
