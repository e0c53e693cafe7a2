"""A table of law is dated rows, read in one way everywhere."""

from datetime import date

import pytest

from kith.standards import tables

ON = date(2026, 3, 31)
BEFORE, AFTER = date(2026, 3, 30), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (None, None, True),
        (ON, ON, True),  # both days are in
        (AFTER, None, False),
        (None, BEFORE, False),
    ],
)
def test_a_row_holds_from_its_first_day_to_its_last(valid_from, valid_to, holds):
    assert tables.holds_on(ON, valid_from, valid_to) is holds


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((None, ON), (ON, None), True),  # the last day of the one is the first of the other
        ((None, BEFORE), (ON, None), False),
        ((None, None), (None, None), True),
    ],
)
def test_spans_share_a_day(one, other, shared):
    assert tables.share_a_day(one, other) is shared
    assert tables.share_a_day(other, one) is shared


def test_a_cell_may_hold_commas_quotes_and_more_than_one_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('code,label\nA,"one, “two”\nand three"\n', encoding="utf-8")
    assert tables.rows(path) == [{"code": "A", "label": "one, “two”\nand three"}]


def test_a_blank_cell_is_not_known_and_a_wrong_one_is_a_fault():
    assert (tables.day(""), tables.number("")) == (None, None)
    assert (tables.day("2026-03-31"), tables.number("12")) == (ON, 12)
    with pytest.raises(ValueError, match="31/03/2026"):
        tables.day("31/03/2026")
