"""The dataset's shape, checked at the door, and its folders."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kith.dataset.dataset import Dataset, read_folder, write_folder
from kith.dataset.schema import SchemaError, check_schema, columns_of, empty, fill_out, from_rows, tables

CHILD = {
    "pers_person_id": "C1",
    "pers_sex": "F",
    "pers_dob": date(2010, 2, 28),
    "kith_source_rows": ["a", "b"],
}


def test_the_standards_tables_and_our_own_are_there():
    assert {"ssd_person", "ssd_cla_episodes", "kith_periods_of_care"} <= set(tables())


def test_no_table_has_a_column_twice():
    for table, columns in tables().items():
        names = [column.name for column in columns]
        assert len(names) == len(set(names)), table


def test_our_columns_in_the_standards_tables_say_that_they_are_ours():
    assert [column.name for column in columns_of("ssd_cla_reviews")][-2:] == [
        "kith_person_id",
        "kith_source_rows",
    ]


def test_what_a_row_leaves_out_is_null():
    frame = from_rows("ssd_person", [CHILD])
    assert frame.row(0, named=True)["pers_upn"] is None
    assert frame.row(0, named=True)["kith_source_rows"] == ["a", "b"]


@pytest.mark.parametrize(
    "frame, says",
    [
        (empty("ssd_person").drop("pers_dob"), "ssd_person.pers_dob is missing"),
        (empty("ssd_person").with_columns(shoe_size=pl.lit(1)), "no column 'shoe_size'"),
        (empty("ssd_person").with_columns(pers_dob=pl.lit("2010-02-28")), "ssd_person.pers_dob holds String"),
    ],
)
def test_a_frame_of_another_shape_is_stopped_at_the_door(frame, says):
    with pytest.raises(SchemaError, match=says):
        check_schema("ssd_person", frame)


@pytest.mark.parametrize(
    "rows, says",
    [
        ([{"pers_dob": "yesterday"}], "ssd_person.pers_dob must hold Date"),
        ([{"shoe_size": 4}], "ssd_person has no column 'shoe_size'"),
    ],
)
def test_rows_of_another_shape_are_stopped_at_the_door(rows, says):
    with pytest.raises(SchemaError, match=says):
        from_rows("ssd_person", rows)


def test_a_table_nobody_knows_is_named():
    with pytest.raises(SchemaError, match="no table named 'ssd_dreams'"):
        Dataset({"ssd_dreams": pl.DataFrame()})


def test_a_table_that_was_not_given_is_empty_and_typed():
    dataset = Dataset({"ssd_person": from_rows("ssd_person", [CHILD])})
    assert dataset["ssd_missing"].equals(empty("ssd_missing"))
    assert dataset.filled() == ["ssd_person"]


def test_fill_out_adds_the_columns_a_file_does_not_have():
    short = pl.DataFrame({"pers_person_id": ["C1"], "pers_dob": [None]})
    assert fill_out("ssd_person", short).schema == empty("ssd_person").schema


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_folder_gives_back_what_was_written(tmp_path: Path, form):
    year = {
        "kith_health_year_id": "h",
        "kith_year": 2020,
        "kith_sdq_score": 0,
        "kith_are_teeth_checked": False,
    }
    dataset = Dataset(
        {
            "ssd_person": from_rows("ssd_person", [CHILD, {"pers_person_id": "0007"}]),
            "kith_health_years": from_rows("kith_health_years", [year]),
        }
    )
    write_folder(dataset, tmp_path, form)
    again = read_folder(tmp_path)
    assert again.filled() == dataset.filled()
    for table in dataset.filled():
        assert again[table].equals(dataset[table])
