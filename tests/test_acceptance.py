"""Real forms of returns go into the record and come out of its facts: each row equal, or listed with why.

`pytest tests/test_acceptance.py -s` prints how many rows came back, and the reasons of those that did not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from reference import SAMPLES
from terminal import kith, told

from kith.dataset.facts import Unmatched, unmatched
from kith.dataset.readers.folder import read_folder
from kith.dataset.returns import HASH_COLUMN, Return
from kith.record.extract.queries import export_return
from kith.record.importer.models import SourceRow
from kith.record.people.queries import person_for_child_id
from kith.record.people.search import find

AUTHORITY = "999"
SMALL_903 = "903_fake/SSDA903_2020_episodes.csv"
CENSUS = "cin_fake"

# What a reason may begin with, before its colon. A new kind of reason is looked at by a person first.
ACCEPTED = {}


@dataclass(frozen=True)
class Account:
    """What became of the rows of one sample."""

    rows: int
    back: int
    lost: Sequence[Unmatched]

    def print(self, title: str) -> None:
        """Show the table of reasons."""
        print(f"\n{title}: {self.rows:,} rows, {self.back:,} came back equal, {len(self.lost):,} listed")
        for (table, reason), number in Counter(map(kind_of, self.lost)).most_common():
            print(f"  {number:>7,}  {table:<18} {reason}")


def kind_of(lost: Unmatched) -> tuple[str, str]:
    """A row's table, and the kind of its reason."""
    return lost.table, lost.reason.partition(":")[0]


def through_the_record(sample: Path) -> tuple[list[Return], list[Return], dict[str, int]]:
    """The returns as read, the returns as the record gives them back, and the six counts of the import."""
    returns = read_folder(sample)
    authority = next((one.authority for one in returns if one.authority), AUTHORITY)
    counts = told("open", sample, "--authority", authority)["counts"]
    SourceRow.objects.all().delete()
    wanted = sorted({(one.kind, one.year) for one in returns})
    return returns, [export_return(kind, year, authority) for kind, year in wanted], counts


def account_of(returns: Sequence[Return], exported: Sequence[Return]) -> Account:
    rows = sum(frame.height for one in returns for frame in one.tables.values())
    return Account(rows, sum(map(len, came_back(returns, exported))), unmatched(returns, exported))


def came_back(returns: Iterable[Return], exported: Sequence[Return]) -> Iterable[list[str]]:
    """For each table of each return, the hashes of its rows that are in the export of its kind and year."""
    for one in returns:
        for name, frame in one.tables.items():
            made = {
                row
                for out in exported
                if (out.kind, out.year) == (one.kind, one.year) and name in out.tables
                for row in out.tables[name][HASH_COLUMN]
            }
            yield [row for row in frame[HASH_COLUMN] if row in made]


@pytest.mark.django_db
@pytest.mark.parametrize("sample", ["903_years", "cin_fake", pytest.param("903_fake", marks=pytest.mark.slow)])
def test_every_row_comes_back_equal_or_is_listed_with_its_place_and_reason(sample):
    returns, exported, counts = through_the_record(SAMPLES / sample)
    account = account_of(returns, exported)
    account.print(sample)
    assert account.back + len(account.lost) == account.rows
    assert counts["read"] == account.rows + counts["rejected"]
    files = {file.name for one in returns for file in one.files}
    for lost in account.lost:
        assert lost.file in files
        assert lost.line >= 1
        assert len(lost.reason) > 15
