"""Reading one SSDA903 CSV file."""

from datetime import date

import polars as pl
import pytest

from kith.dataset.formats import tables_903
from kith.dataset.readers.files import CannotRead
from kith.dataset.readers.ssda903_csv import read_903_csv
from kith.dataset.tests.samples import EPISODE, EPISODE_HEADINGS, csv

REVIEW = "123,01/02/2010,08/11/2017,PN1"


def test_a_file_gives_typed_rows_with_their_place_and_hash():
    read = read_903_csv("episodes.csv", csv(EPISODE, headings=EPISODE_HEADINGS))
    row = read.frame.row(0, named=True)
    assert (read.table, read.file.rows, read.rejects) == ("Episodes", 1, ())
    assert (row["CHILD"], row["DECOM"], row["REASON_PLACE_CHANGE"]) == ("123", date(2017, 4, 9), None)
    assert (row["_file"], row["_line"], len(row["_hash"])) == ("episodes.csv", 2, 32)


@pytest.mark.parametrize(
    "headings, row",
    [
        ("child,dob,Review,review_code", REVIEW),  # any case
        ("REVIEW_CODE,REVIEW,DOB,CHILD", "PN1,08/11/2017,01/02/2010,123"),  # any order
        ("\ufeffCHILD,DOB,REVIEW,REVIEW_CODE", REVIEW),  # byte-order mark
        ('"CHILD","DOB","REVIEW","REVIEW_CODE"', '"123","01/02/2010","08/11/2017","PN1"'),  # quoted
        (" CHILD , DOB,REVIEW,REVIEW_CODE", " 123 , 1/2/2010 ,08/11/2017, pn1 "),  # blanks and lower case
    ],
)
def test_headings_and_cells_are_read_however_they_are_laid_out(headings, row):
    read = read_903_csv("x.csv", csv(row, headings=headings))
    plain = read_903_csv("x.csv", csv(REVIEW))
    assert read.frame.equals(plain.frame)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_blank_lines_are_no_rows_and_lines_keep_their_numbers(ending):
    read = read_903_csv("x.csv", csv(REVIEW, "", ",,,", REVIEW.replace("123", "124"), "", "", ending=ending))
    assert read.frame["_line"].to_list() == [2, 5]
    assert (read.file.rows, read.rejects) == (2, ())


def test_a_quoted_cell_may_run_over_lines_and_the_next_row_keeps_its_number():
    read = read_903_csv("x.csv", csv('"12\n3",01/02/2010,08/11/2017,PN1', REVIEW))
    assert read.frame["_line"].to_list() == [2, 4]


def test_a_quotation_mark_left_open_costs_only_its_own_row():
    read = read_903_csv("x.csv", csv(REVIEW, '"124,01/02/2010,08/11/2017,PN1', REVIEW, REVIEW))
    assert read.frame["_line"].to_list() == [2, 4, 5]
    assert [(reject.line, "not closed" in reject.reason) for reject in read.rejects] == [(3, True)]


@pytest.mark.parametrize(
    "row, column, words",
    [
        (",01/02/2010,08/11/2017,PN1", "CHILD", "child id is missing"),
        ("123,2010-02-01,08/11/2017,PN1", "DOB", "year first"),
        ("123,01/02/2010,08/25/2017,PN1", "REVIEW", "month first"),
        ("123,01/02/2010,08/11/17,PN1", "REVIEW", "two digits"),
        ("123,01/02/2010,43047,PN1", "REVIEW", "08/11/2017"),  # the date that Excel's number stands for
        ("123,01/02/2010,08/11/2017 00:00,PN1", "REVIEW", "a time after the date"),
        ("123,01/02/2010,31/02/2017,PN1", "REVIEW", "not a day of the calendar"),
        ("123,01/02/2010,soon,PN1", "REVIEW", "DD/MM/YYYY"),
        ("123,01/02/2010,08/11/2017", None, "3 of its 4 cells"),
        ("123,01/02/2010,08/11/2017,PN1,x", None, "5 cells"),
        ("123,01/02/2010,08/11/2017,P\0N1", None, "null character"),
        ("12\x013,01/02/2010,08/11/2017,PN1", "CHILD", "cannot be seen"),
        ('"12"3",01/02/2010,08/11/2017,PN1', None, "quotation mark"),
    ],
)
def test_a_row_that_cannot_be_taken_is_rejected_with_line_column_and_reason(row, column, words):
    read = read_903_csv("x.csv", csv(REVIEW, row, REVIEW))
    (reject,) = read.rejects
    assert (reject.file, reject.line, reject.column) == ("x.csv", 3, column)
    assert words in reject.reason
    assert reject.row == row
    assert read.frame["_line"].to_list() == [2, 4]


def test_a_column_in_american_order_is_not_half_read():
    american = [
        f"{child},01/02/2010,{review},PN1" for child, review in enumerate(("08/25/2017", "09/30/2017"))
    ]
    read = read_903_csv("x.csv", csv(*american, "3,01/02/2010,03/05/2017,PN1"))
    assert read.frame.height == 0
    assert "may have its month first" in read.rejects[2].reason


def test_codes_that_no_list_knows_are_kept():
    read = read_903_csv("x.csv", csv("123,01/02/2010,08/11/2017,NEW9"))
    assert read.frame["REVIEW_CODE"].to_list() == ["NEW9"]


@pytest.mark.parametrize("flag, number", [("1", 1), ("1.0", 1), ("0", 0), ("", None), ("7", 7)])
def test_flags_are_numbers_as_spreadsheets_write_them(flag, number):
    headings = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
    read = read_903_csv("x.csv", csv(f"1,2,17/12/1999,BCRB,UN1,{flag},", headings=headings))
    assert read.frame["MOTHER"].to_list() == [number]


@pytest.mark.parametrize("text, kept", [("zz/zz/2015", "ZZ/ZZ/2015"), ("zz/3/2015", "ZZ/3/2015"), ("", None)])
def test_a_date_with_unknown_parts_stays_text(text, kept):
    read = read_903_csv(
        "x.csv", csv(f"1,17/12/1999,P1,301,{text}", headings="CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM")
    )
    assert read.frame["DATE_PERM"].to_list() == [kept]


def test_windows_1252_is_read_and_said_so():
    read = read_903_csv("x.csv", csv("JOSÉ,01/02/2010,08/11/2017,PN1").decode().encode("cp1252"))
    assert read.frame["CHILD"].to_list() == ["JOSÉ"]
    assert "Windows-1252" in read.file.note


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty"),
        (csv(REVIEW).decode().encode("utf-16"), "UTF-16"),
        (csv(REVIEW).decode().encode("utf-16-le"), "UTF-16"),
        (csv(REVIEW) + b"\x81\x8d", "neither UTF-8 nor Windows-1252"),
        (b"PK\x03\x04rest of a workbook", "spreadsheet or zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        (csv(headings="CHILD;DOB;REVIEW;REVIEW_CODE"), "semicolons"),
        (csv(headings="CHILD,DOB,REVIEW,REVIEW,REVIEW_CODE"), "REVIEW stands over more than one column"),
        (csv(headings=EPISODE_HEADINGS.replace("RNE,", "")), "looks like Episodes but has no RNE column"),
        (csv(headings=EPISODE_HEADINGS + ",PL_LA"), "extra PL_LA column"),
        (csv(headings="A" * 200_000), "does not hold the headings"),
        (csv(headings=",".join(f"C{number}" for number in range(2_000))), "does not hold the headings"),
        (csv(headings="NAME,COLOUR"), "not those of any SSDA903 table"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(data, words):
    with pytest.raises(CannotRead, match=words):
        read_903_csv("x.csv", data)


def test_headings_alone_are_a_table_without_rows():
    read = read_903_csv("missing.csv", csv(headings="CHILD,DOB,MISSING,MIS_START,MIS_END"))
    assert (read.table, read.frame.height, read.file.rows) == ("Missing", 0, 0)
    assert read.frame.schema["MIS_START"] == pl.Date


def test_no_two_tables_have_the_same_headings():
    headings = [frozenset(table.headings) for table in tables_903().values()]
    assert len(headings) == len(set(headings)) == 12


def test_the_hash_is_the_same_for_the_same_values_everywhere_and_for_ever():
    first = read_903_csv("2017-reviews.csv", csv(REVIEW))
    later = read_903_csv("other.csv", csv("", "", " 123 ,1/2/2010,08/11/2017,pn1"))
    assert first.frame["_hash"].to_list() == later.frame["_hash"].to_list()
    assert first.frame["_hash"][0] == HASH_OF_REVIEW


# Databases keep these: another hash would make every row that was ever imported look new.
HASH_OF_REVIEW = "2ab0683e2eecdd510f998bfe049e22ff"


def test_the_hash_differs_where_a_value_moves_to_another_column():
    headings = "CHILD,DOB,MISSING,MIS_START,MIS_END"
    start = read_903_csv("x.csv", csv("1,01/02/2010,M,08/11/2017,", headings=headings))
    end = read_903_csv("x.csv", csv("1,01/02/2010,M,,08/11/2017", headings=headings))
    assert start.frame["_hash"][0] != end.frame["_hash"][0]
