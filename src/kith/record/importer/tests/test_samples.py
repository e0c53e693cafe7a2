"""Real forms of returns through the record and out again: nothing is lost on the way."""

from pathlib import Path

import polars as pl
import pytest

from kith.dataset.facts import return_of
from kith.dataset.readers.folder import read_folder
from kith.record.extract.queries import export_return
from kith.record.importer.folding import facts_from
from kith.record.importer.models import Reject, SourceRow, Unreturned
from kith.record.importer.services import import_returns

REFERENCE = next(
    folder / "shared" / "reference"
    for folder in Path(__file__).resolve().parents
    if (folder / "shared" / "reference").is_dir()
)
AUTHORITY = "999"


@pytest.mark.django_db
@pytest.mark.parametrize("sample", ["903_years", "903_fake", "cin_fake"])
def test_a_return_out_of_the_record_is_the_return_out_of_the_facts(sample):
    returns = read_folder(REFERENCE / "samples" / sample)
    authority = next((one.authority for one in returns if one.authority), AUTHORITY)
    result = import_returns(returns, by=None, authority=authority, description=sample)
    assert result.counts.read == sum(one.rows_read() for one in returns)
    assert result.unreturned == Unreturned.objects.filter(batch=result.batch).count()
    SourceRow.objects.all().delete()
    for of in {one.authority or authority for one in returns}:
        theirs = [one for one in returns if (one.authority or authority) == of]
        facts = facts_from(theirs, of)
        for kind, year in sorted({(one.kind, one.year) for one in theirs}):
            expected = return_of(facts, kind, year, of)
            exported = export_return(kind, year, of)
            for table, frame in expected.tables.items():
                assert rows(exported.tables[table]) == rows(frame), (of, kind, year, table)
    assert not Reject.objects.filter(batch=result.batch).exclude(line=None).exists() or result.counts.rejected


def rows(frame: pl.DataFrame) -> list[str]:
    """The rows as text, in order; a census's running numbers mean nothing outside their file."""
    numbers = [name for name in frame.columns if name.endswith("ID") and name != "LAchildID"]
    told = [name for name in frame.columns if not name.startswith("_")]
    return sorted(str(row) for row in frame.select(told).drop(numbers).iter_rows())
