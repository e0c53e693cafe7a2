"""What one more row does to the record, told from the rows before it."""

import pytest

from kith.record.importer.models import Outcome
from kith.record.importer.rows import Ledger, Row

STORED = {"CHILD": "C1", "DECOM": "2018-05-01", "RNE": "S", "DEC": None, "REC": None}


def episode(year: int, file: str, **told: str) -> Row:
    return Row("903", year, "823", "Episodes", "C1", file, 2, file, STORED | told)


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (episode(2019, "again.csv"), Outcome.UNCHANGED),
        (episode(2020, "next.csv", DEC="2019-06-01", REC="E4A"), Outcome.CONTINUED),  # what was open ended
        (episode(2020, "next.csv", RNE="P"), Outcome.CORRECTED),
        (episode(2019, "second.csv", RNE="P"), Outcome.CORRECTED),  # the same year sent anew
        (episode(2018, "earlier.csv", RNE="P"), Outcome.UNCHANGED),  # an earlier year never overrides
        (episode(2019, "stored.csv", RNE="P"), Outcome.ADDED),  # a file that contradicts itself
        (episode(2019, "second.csv", DECOM="2018-07-01"), Outcome.ADDED),
    ],
)
def test_a_row_is_named_by_what_it_does(row: Row, outcome: str) -> None:
    ledger = Ledger()
    ledger.remember(episode(2019, "stored.csv"))
    assert ledger.name(row) == outcome
