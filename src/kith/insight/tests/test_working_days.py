"""Working days between columns are those that the standards count between two days."""

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from kith.insight.working_days import working_days_between
from kith.standards.working_days import working_days_between as between_two


def counted(start: date | None, end: date | None) -> int | None:
    frame = pl.DataFrame({"start": [start], "end": [end]}, schema={"start": pl.Date, "end": pl.Date})
    return frame.select(working_days_between("start", "end")).item()


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2020, 4, 9), date(2020, 4, 9), 0),  # the day itself is day 0
        (date(2020, 4, 9), date(2020, 4, 14), 1),  # Good Friday and Easter Monday do not count
        (date(2020, 4, 11), date(2020, 4, 14), 1),  # from a Saturday
        (date(2020, 4, 14), date(2020, 4, 9), -1),
        (None, date(2020, 4, 9), None),
        (date(2020, 4, 9), None, None),
    ],
)
def test_working_days_at_the_edges(start: date | None, end: date | None, days: int | None) -> None:
    assert counted(start, end) == days


def test_columns_are_counted_as_two_days_are() -> None:
    chance, first = Random(11), date(1995, 1, 1)
    days = [first + timedelta(days=chance.randrange(365 * 60)) for _ in range(2000)]
    pairs = list(zip(days[::2], days[1::2], strict=True))
    frame = pl.DataFrame(pairs, schema=["start", "end"], orient="row")
    found = frame.select(working_days_between("start", "end")).to_series().to_list()
    assert found == [between_two(start, end) for start, end in pairs]
