"""Reading an extract in the Standard Safeguarding Dataset's shape."""

from datetime import date, datetime

import polars as pl
import pytest

from kith.dataset.dataset import Dataset, write_folder
from kith.dataset.readers.files import CannotRead
from kith.dataset.readers.ssd import read_ssd, table_named
from kith.dataset.schema import TYPES, columns_of, empty, from_rows, tables
from kith.dataset.tests.samples import csv

EXAMPLES = {
    "text": 'É, "x"\ny',
    "texts": ["1A", "é"],
    "date": date(2010, 2, 28),
    "time": datetime(2024, 3, 31, 1, 2, 3, 456000),
    "integer": 7,
    "number": 1.5,
    "flag": True,
}


def one_row_of_every_table() -> Dataset:
    return Dataset(
        {
            table: from_rows(table, [{column.name: EXAMPLES[column.kind] for column in columns_of(table)}])
            for table in tables()
        }
    )


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_and_type_comes_back_the_same(tmp_path, form):
    assert set(EXAMPLES) == set(TYPES)
    whole = one_row_of_every_table()
    write_folder(whole, tmp_path, form)
    read = read_ssd(tmp_path)
    assert read.rejects == ()
    assert [table for table in tables() if not whole[table].equals(read.dataset[table])] == []
    assert sum(file.rows for file in read.files) == len(tables())


def test_a_vendors_extract_is_read_with_what_it_lacks_and_has_over(tmp_path):
    headings = "PERS_PERSON_ID,pers_sex,pers_dob,shoe_size"
    (tmp_path / "dbo.SSD_person.csv").write_bytes(
        csv("1,F,2010-02-28 00:00:00.000,4", "2,M,,4", headings=headings)
    )
    read = read_ssd(tmp_path)
    person = read.dataset["ssd_person"]
    assert person["pers_dob"].to_list() == [date(2010, 2, 28), None]
    assert person.columns == empty("ssd_person").columns
    assert "passed over: shoe_size" in read.files[0].note
    assert "are blank: " in read.files[0].note


def test_a_row_that_cannot_be_typed_is_rejected_and_the_counts_add_up(tmp_path):
    rows = ("1,2010-02-28", "2,28/02/2010", "3", "4,")
    (tmp_path / "ssd_person.csv").write_bytes(csv(*rows, headings="pers_person_id,pers_dob"))
    read = read_ssd(tmp_path)
    assert [(reject.line, reject.column) for reject in read.rejects] == [(3, "pers_dob"), (4, None)]
    assert read.files[0].rows == read.dataset["ssd_person"].height + len(read.rejects) == 4


@pytest.mark.parametrize(
    "data, words",
    [
        (csv(headings="a,b"), "None of the headings is a column of ssd_person"),
        (csv(headings="pers_dob,pers_dob"), "more than one column"),
        (b"PK\x03\x04", "spreadsheet"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, data, words):
    (tmp_path / "ssd_person.csv").write_bytes(data)
    with pytest.raises(CannotRead, match=words):
        read_ssd(tmp_path)


def test_a_bad_parquet_file_stops_no_other(tmp_path):
    (tmp_path / "ssd_person.csv").write_bytes(csv("1", headings="pers_person_id"))
    (tmp_path / "ssd_address.parquet").write_bytes(b"PAR1 and then nothing")
    pl.DataFrame({"shoe_size": [4]}).write_parquet(tmp_path / "ssd_mother.parquet")
    read = read_ssd(tmp_path)
    assert read.dataset["ssd_person"].height == 1
    assert [reject.file for reject in read.rejects] == ["ssd_address.parquet", "ssd_mother.parquet"]


def test_a_folder_with_no_table_says_what_is_looked_for(tmp_path):
    (tmp_path / "notes.csv").write_bytes(b"a,b\n")
    with pytest.raises(CannotRead, match=r"ssd_person\.csv"):
        read_ssd(tmp_path)


@pytest.mark.parametrize(
    "name, table",
    [
        ("ssd_person.csv", "ssd_person"),
        ("2024/SSD_Person.CSV", "ssd_person"),
        ("hdm.ssd_person.parquet", "ssd_person"),
        ("kith_relationships.csv", "kith_relationships"),
        ("ssd_person.xlsx", None),
        ("persons.csv", None),
    ],
)
def test_a_table_is_known_by_its_files_name(name, table):
    assert table_named(name) == table
