"""Real forms of returns go into the record and come out of its facts: each row equal, or listed with why.

`pytest tests/test_acceptance.py -s` prints how many rows came back, and the reasons of those that did not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from reference import SAMPLES
from terminal import told

from kith.dataset.facts import Unmatched, unmatched
from kith.dataset.readers.folder import read_folder
from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, LINE_COLUMN, Return
from kith.record.extract.queries import export_return
from kith.record.importer.models import SourceRow
from kith.record.people.queries import person_for_child_id
from kith.record.people.search import find
from kith.standards.years import year_bounds

AUTHORITY = "999"  # of files that do not say whose they are
OUTSIDE = "Dated outside its year"
END_WITHOUT_DATE = "REC without DEC"

# The kinds of reason (before the colon) that a person has looked at and accepted; look at a new one first.
ACCEPTED = {
    OUTSIDE,
    END_WITHOUT_DATE,
    "A later return says otherwise",
    "An agreed series of short breaks (V4) is one row, whatever placements it holds",
    "Belongs to a referral, assessment or plan that was not open in the year",
    "Ends after its year",
    "Gives a provider for a kind of placement that has none (T0 to T4, Z11 to Z14)",
    "Need code differs within one period of care",
    "Overlaps another episode",
    "Reason for placement change beside a temporary placement",
    "The census's header tells of the file and the software that wrote it, not of a child",
    "The child has no referral that was open in the year",
    "The child was not looked after in the year",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sample",
    [
        "903_years",
        "903_fake/fake_903.xml",
        "cin_fake",
        pytest.param("903_fake", marks=pytest.mark.slow),
    ],
)
def test_every_row_comes_back_equal_or_is_listed_with_its_place_and_reason(sample):
    returns = read_folder(SAMPLES / sample)
    counts = opened_twice(SAMPLES / sample, returns)
    check_a_child_is_found_by_id(returns)
    SourceRow.objects.all().delete()
    listed, back = [], 0
    for authority in sorted({one.authority or AUTHORITY for one in returns}):
        theirs = [one for one in returns if (one.authority or AUTHORITY) == authority]
        wanted = sorted({(one.kind, one.year) for one in theirs})
        exported = [export_return(kind, year, authority) for kind, year in wanted]
        listed += unmatched(theirs, exported)
        back += came_back(theirs, exported)
    print_reasons(sample, counts["read"], back, listed)
    assert back + len(listed) + counts["rejected"] == counts["read"]
    assert {kind_of(lost) for lost in listed} <= ACCEPTED
    check_places_and_reasons(returns, listed)


def opened_twice(sample: Path, returns: Sequence[Return]) -> dict[str, int]:
    """The six counts of opening the sample into the record; the second time nothing changes."""
    said = [] if any(one.authority for one in returns) else ["--authority", AUTHORITY]
    counts = told("open", sample, *said)["counts"]
    read = sum(frame.height for one in returns for frame in one.tables.values())
    assert counts["read"] == read + sum(len(one.rejects) for one in returns)
    again = told("open", sample, *said)["counts"]
    assert (again["read"], again["unchanged"]) == (counts["read"], counts["read"] - counts["rejected"])
    return counts


def check_a_child_is_found_by_id(returns: Sequence[Return]) -> None:
    """The first child of the first return is found by their id alone."""
    one = next(one for one in returns if "Header" in one.tables or "Children" in one.tables)
    child = one.tables["Header"]["CHILD"][0] if one.kind == "903" else one.tables["Children"]["LAchildID"][0]
    person = person_for_child_id(one.authority or AUTHORITY, child)
    assert person is not None
    assert person.pk in [found.person_id for found in find(child)]


def came_back(returns: Sequence[Return], exported: Sequence[Return]) -> int:
    """How many rows are, with the same values, in the export of their kind, year and table."""
    made = {
        (one.kind, one.year, name): set(f[HASH_COLUMN]) for one in exported for name, f in one.tables.items()
    }
    return sum(
        row in made.get((one.kind, one.year, name), ())
        for one in returns
        for name, frame in one.tables.items()
        for row in frame[HASH_COLUMN]
    )


def kind_of(lost: Unmatched) -> str:
    """The kind of a reason stands before any colon."""
    return lost.reason.partition(":")[0]


def print_reasons(sample: str, read: int, back: int, listed: Sequence[Unmatched]) -> None:
    print(f"\n{sample}: {read:,} rows read, {back:,} came back equal, {len(listed):,} are listed")
    for (table, reason), number in Counter((lost.table, kind_of(lost)) for lost in listed).most_common():
        print(f"  {number:>7,}  {table:<20} {reason}")


def check_places_and_reasons(returns: Sequence[Return], listed: Sequence[Unmatched]) -> None:
    """Each place is a row's, named once; and the commonest reasons are true of the row that stands there."""
    rows = {(row[FILE_COLUMN], row[LINE_COLUMN], table): (row, year) for table, year, row in told_by(returns)}
    places = Counter((lost.file, lost.line, lost.table) for lost in listed)
    assert places.keys() <= rows.keys()
    for lost in listed:
        row, year = rows[lost.file, lost.line, lost.table]
        if kind_of(lost) == OUTSIDE:
            first, last = year_bounds(year)
            days = [value for name, value in row.items() if isinstance(value, date) and name != "DOB"]
            assert any(not first <= day <= last for day in days), lost
        if kind_of(lost) == END_WITHOUT_DATE:
            assert (row["DEC"], bool(row["REC"])) == (None, True), lost


def told_by(returns: Sequence[Return]) -> Iterator[tuple[str, int, dict[str, object]]]:
    """(table, END year, row) of every row."""
    for one in returns:
        for table, frame in one.tables.items():
            for row in frame.iter_rows(named=True):
                yield table, one.year, row
