"""Real forms of returns through the record and out again: nothing is lost on the way."""

from dataclasses import replace
from itertools import permutations
from random import Random

import polars as pl
import pytest

from kith.dataset.facts import return_of
from kith.dataset.readers.folder import read_folder
from kith.dataset.returns import Return
from kith.dataset.tests.samples import SAMPLES
from kith.record.extract.queries import export_return
from kith.record.importer.folding import facts_from
from kith.record.importer.models import Reject, SourceRow, Unreturned
from kith.record.importer.services import import_returns, undo
from kith.record.importer.tests.made import bring, told

AUTHORITY = "999"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sample", ["903_years", pytest.param("903_fake", marks=pytest.mark.slow), "cin_fake"]
)
def test_a_return_out_of_the_record_is_the_return_out_of_the_facts(sample):
    returns = read_folder(SAMPLES / sample)
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


ORDERS = Random(1).sample(list(permutations(range(5))), 4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "order", [(4, 3, 2, 1, 0), ORDERS[0], *(pytest.param(one, marks=pytest.mark.slow) for one in ORDERS[1:])]
)
def test_real_years_in_any_order_give_the_same_record(order):
    years = [of_some_children(one) for one in read_folder(SAMPLES / "903_years")]
    assert len(years) == 5
    together = bring(years).batch
    expected = told()
    undo(together, by=None, reason="Once more, year by year")
    for number in order:
        bring([years[number]])
    assert told() == expected


def of_some_children(one: Return) -> Return:
    """A tenth of the children, so that many orders can be tried; their files are no longer whole."""
    some = pl.col("CHILD").str.ends_with("7")
    files = tuple(replace(file, sha256=file.sha256[::-1]) for file in one.files)
    return replace(one, tables={name: frame.filter(some) for name, frame in one.tables.items()}, files=files)


def rows(frame: pl.DataFrame) -> list[str]:
    """The rows as text, in order; a census's running numbers mean nothing outside their file."""
    numbers = [name for name in frame.columns if name.endswith("ID") and name != "LAchildID"]
    told = [name for name in frame.columns if not name.startswith("_")]
    return sorted(str(row) for row in frame.select(told).drop(numbers).iter_rows())
