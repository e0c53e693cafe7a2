"""The live record, its extract and its returns give the same figures, where the return carries the fact.

An invented authority is brought into a record; its figures are told of the record, of the tables that it
gives out, and of the returns that it sends, each year's SSDA903 and CIN census. Where two sources both tell a
figure, in all and in each group of age, sex and ethnicity, they tell the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.db import transaction

from kith.dataset.dataset import write_folder
from kith.dataset.facts import facts_of
from kith.insight.answers import answer
from kith.insight.catalogue import every_indicator
from kith.insight.facts import Facts
from kith.insight.figures import HELD
from kith.insight.opening import open_facts
from kith.insight.periods import years_to
from kith.insight.sources import sources_of_returns, whole_source
from kith.insight.sources.kept import write_sources
from kith.invented.authority import Authority, invent
from kith.invented.frames import dataset_of
from kith.record.extract.queries import by_child_id, export_return, extract
from kith.record.importer.services import import_dataset

pytestmark = pytest.mark.django_db  # so that the database is there for the one import

CHILDREN, YEARS, SEED, UNTIL = 150, 4, 7, date(2026, 3, 31)
STAFF = ("ssd_professionals", "ssd_department")
KEY = ["indicator", "measure", "period", "breakdown", "group"]
# Of some other invented authorities two more are: a conference whose decision a plan within days stands for,
# and an assessment that does not count as a second one, for the first was before the first return.
TOLD_OTHERWISE = {
    "length_of_placements": "the start of a placement that began before the first return is not known",
    "assessments_with_no_further_action": "a census tells no outcome: how the referral closed answers",
    "enquiries_with_no_plan_that_came_back": "a census tells no end of an enquiry: three months on answers",
}
CARRIED = {  # each return carries these, so that none may be missing from what is compared
    "referrals",
    "section47_enquiries",
    "children_on_a_child_protection_plan",
    "children_in_care",
    "children_starting_care",
    "children_with_three_or_more_placements",
    "children_adopted",
    "missing_incidents",
    "care_leavers_in_touch",
}


@dataclass(frozen=True)
class ThreeWays:
    """The same authority's figures of the record, of its extract and of its returns."""

    record: pl.DataFrame
    extract: pl.DataFrame
    returns: pl.DataFrame


@pytest.fixture(scope="module")
def three_ways(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> ThreeWays:
    """Brought in once for all tests here; nothing of it stays in the database."""
    authority = invent(CHILDREN, YEARS, SEED, UNTIL)
    with django_db_blocker.unblock(), transaction.atomic():
        bring_in(authority)
        record = by_child_id(extract(authority=authority.code))
        sent = [
            export_return(kind, year, authority.code)
            for kind in ("903", "cin")
            for year in range(authority.first_year, authority.last_year + 1)
        ]
        transaction.set_rollback(True)
    place = tmp_path_factory.mktemp("extract")
    write_folder(record, place)
    write_sources(whole_source(record, "extract", UNTIL), place)
    return ThreeWays(
        figures(Facts(record, whole_source(record, "record", UNTIL), authority.code)),
        figures(open_facts(Path(place), authority=authority.code).facts),
        figures(Facts(facts_of(sent), sources_of_returns(sent), authority.code)),
    )


def bring_in(authority: Authority) -> None:
    told = dataset_of(authority)
    facts = {name: told[name] for name in told.filled() if name not in STAFF}
    import_dataset(
        told.__class__(facts),
        by=None,
        authority=authority.code,
        description="Northbrook, invented",
        name=authority.name,
        year=authority.last_year,
    )


def figures(facts: Facts) -> pl.DataFrame:
    return answer(facts, years_to(UNTIL.year, YEARS), every_indicator(), ["age", "sex", "ethnicity"]).figures


def both_tell(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Each figure that both tell, with the other's value as `value_right` and so on."""
    told = [
        frame.filter(pl.col("state") == HELD).select(*KEY, "value", "numerator", "denominator")
        for frame in (one, other)
    ]
    return told[0].join(told[1], on=KEY, how="inner", nulls_equal=True)


def unequal(both: pl.DataFrame) -> Iterator[str]:
    for row in both.to_dicts():
        values = [row["value"], row["value_right"]]
        if abs(values[0] - values[1]) > 1e-9 * max(1, abs(values[0])):
            named = ", ".join(str(row[name]) for name in KEY if row[name])
            counted = f"({row['numerator']}), {row['value_right']} ({row['numerator_right']})"
            yield f"{named}: {row['value']} {counted}"


def test_the_record_and_its_extract_tell_the_same(three_ways: ThreeWays) -> None:
    both = both_tell(three_ways.record, three_ways.extract)
    assert both.height == three_ways.record.filter(pl.col("state") == HELD).height
    assert list(unequal(both)) == []


def test_the_record_and_its_returns_tell_the_same_where_the_return_carries_the_fact(
    three_ways: ThreeWays,
) -> None:
    both = both_tell(three_ways.record, three_ways.returns)
    compared = set(both["indicator"])
    assert compared >= CARRIED
    print(f"{both.height:,} figures of {len(compared)} indicators are told by record and returns alike")
    assert list(unequal(both.filter(~pl.col("indicator").is_in(list(TOLD_OTHERWISE))))) == []


def test_what_is_told_otherwise_is_still_told_otherwise(three_ways: ThreeWays) -> None:
    """A reason that holds no longer is taken off the list."""
    both = both_tell(three_ways.record, three_ways.returns)
    found = {line.partition(",")[0] for line in unequal(both)}
    assert found == set(TOLD_OTHERWISE)


def test_no_return_tells_what_it_does_not_carry(three_ways: ThreeWays) -> None:
    of_returns = three_ways.returns.filter(pl.col("breakdown").is_null())
    for indicator in (
        "children_parted_from_brothers_and_sisters",
        "contacts",
        "school_moves",
        "section47_length",
    ):
        told = of_returns.filter(pl.col("indicator") == indicator)
        assert set(told["state"]) == {"not_held"}
        assert told["value"].null_count() == told.height
        assert all(told["why_not"])
