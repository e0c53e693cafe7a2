"""Columns that come typed: dates stay dates, all else is the text it would be sent as."""

from datetime import date, datetime

import polars as pl
import pytest

from kith.checks.door.typing import made_ready

DAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("return_", "table", "column"), [("903", "Episodes", "DECOM"), ("cin", "Section47", "S47ActualStartDate")]
)
@pytest.mark.parametrize("value", [DAY, datetime(2026, 2, 1, 9, 30)])
def test_a_day_in_a_column_of_days_stays_one_beside_its_text(return_, table, column, value):
    ready = made_ready(pl.DataFrame({column: [value, None]}), table, return_)
    assert ready[column].to_list() == [DAY, None]
    assert ready[f"{column}.text"].to_list() == ["01/02/2026" if return_ == "903" else "2026-02-01", None]


def test_a_day_in_a_column_of_codes_is_text():
    ready = made_ready(pl.DataFrame({"LS": [DAY], "unknown": [DAY]}), "Episodes", "903")
    assert ready.to_dict(as_series=False) == {"LS": ["01/02/2026"], "unknown": ["01/02/2026"]}


def test_a_column_of_nothing_is_blank():
    ready = made_ready(pl.DataFrame({"LS": [None], "DECOM": [None]}), "Episodes", "903")
    assert ready.to_dict(as_series=False) == {"LS": [None], "DECOM": [None], "DECOM.text": [None]}
