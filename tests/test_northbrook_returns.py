"""The invented authority's own returns hold no errors: each finding is a query that its history means.

The diary says which (`kith.invented.intended`), without asking the rules; here both are laid side by side.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kith.checks import Report, check, rules_of
from kith.checks.door.providers import read_providers
from kith.dataset.dataset import Dataset
from kith.dataset.facts import return_of
from kith.invented.authority import Authority, invent
from kith.invented.frames import dataset_of, returns_of
from kith.invented.intended import IntendedQuery, intended_queries
from kith.invented.places import PLACEMENTS_OF

SIZES = [
    # children, years, seed, until
    (400, 6, 1, date(2026, 11, 23)),  # as `make run` makes it
    (400, 4, 2, date(2027, 3, 31)),
    (400, 4, 5, date(2027, 3, 31)),
    (400, 3, 6, date(2027, 6, 30)),
    pytest.param((1_600, 4, 9, date(2027, 3, 31)), marks=pytest.mark.slow),
]
# No rule of the SSDA903 says whether it finds errors or queries. These three ask what no record can answer
# otherwise: two read only two years of care, and 197B wants of a child born on 1 April what 189 forbids.
EXPLAINED = {"1001", "1002", "197B"}


@dataclass(frozen=True)
class Checked:
    """An invented authority, and the reports on its returns by kind and year."""

    authority: Authority
    reports: dict[tuple[str, int], Report]


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]}-seed-{size[2]}")
def checked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Each year's returns checked with all that the rules can ask for, last year's and providers too."""
    authority = invent(*request.param)
    facts = dataset_of(authority)
    providers = provider_list(authority, tmp_path_factory.mktemp("providers") / "providers.xlsx")
    return Checked(authority, dict(reports(authority, facts, providers)))


def reports(authority: Authority, facts: Dataset, providers: pl.DataFrame):
    last = return_of(facts, "903", authority.first_year - 1, authority.code)
    for made in returns_of(authority, facts):
        previous = last if made.kind == "903" else None
        yield (
            (made.kind, made.year),
            check(made, return_=made.kind, year=made.year, previous=previous, providers=providers),
        )
        last = made if made.kind == "903" else last


def provider_list(authority: Authority, path: Path) -> pl.DataFrame:
    """The authority's providers as Ofsted would list them."""
    rows = [
        {
            "URN": provider.urn,
            "Placement code": ",".join(sorted(PLACEMENTS_OF[provider.kind])),
            "Placement provider code": provider.provider,
            "Provider postcode": provider.postcode,
            "Registration date": provider.opened_on,
            "Deregistration date": provider.closed_on,
        }
        for provider in authority.providers
    ]
    pl.DataFrame(rows, schema_overrides={"Deregistration date": pl.Date}).write_excel(path)
    return read_providers(path)


def test_every_finding_is_a_query_that_the_history_means_and_every_one_is_found(checked: Checked) -> None:
    found = Counter(
        IntendedQuery(report.collection.return_, year, finding.rule.code, finding.child or "")
        for (_, year), report in checked.reports.items()
        for finding in report.findings()
    )
    meant = Counter(intended_queries(checked.authority))
    assert sorted((found - meant).elements()) == []
    assert sorted((meant - found).elements()) == []


def test_what_the_history_means_is_no_error(checked: Checked) -> None:
    queries = {rule.code for rule in rules_of("cin", 2026) if rule.severity == "query"}
    meant = {query.rule for query in intended_queries(checked.authority)}
    assert meant <= queries | EXPLAINED


def test_every_rule_ran_but_one_that_asks_for_a_column_of_the_xml(checked: Checked) -> None:
    for report in checked.reports.values():
        assert report.with_status("crashed") == ()
        assert {outcome.rule.code for outcome in report.with_status("could not run")} <= {"105"}
