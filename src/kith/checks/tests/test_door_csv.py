"""A plain file is split in one go, to the very rows that care would give; anything odd is read with care."""

import pytest

from kith.checks.door import csv
from kith.checks.door.typing import made_ready
from kith.dataset.readers.csv_rows import decoded, split_headings_off, split_rows
from kith.dataset.tests.samples import SAMPLES

HEADINGS = "CHILD,DOB,REVIEW,REVIEW_CODE"
ROWS = ["1,05/06/2010,01/05/2026,PN1", "2,,01/06/2026,"]


def with_care(data):
    text, _ = decoded(data)
    headings, lines, first = split_headings_off(text)
    return split_rows(lines, first, headings, "reviews.csv")


@pytest.mark.parametrize(
    "data",
    [
        "\n".join([HEADINGS, *ROWS, ""]).encode(),
        "\r\n".join([HEADINGS, *ROWS]).encode(),
        b"\xef\xbb\xbf" + "\n".join([HEADINGS.lower(), *ROWS]).encode(),
        "\n".join([HEADINGS, " 1 ,05/06/2010, 01/05/2026,pn1 "]).encode(),
        "\n".join([HEADINGS, *ROWS, ",,,", "3,05/06/2010,31/02/2026,Zoë"]).encode(),
        HEADINGS.encode(),
        f"{HEADINGS}\r\n".encode(),
        f"{HEADINGS}\n\n".encode(),
    ],
)
def test_a_plain_file_gives_the_rows_that_care_would_give(data):
    plain = csv._plain("reviews.csv", data)
    assert plain is not None
    careful, rejects = with_care(data)
    assert (plain.table, rejects) == ("Reviews", [])
    ready = made_ready(plain.rows, "Reviews", "903", is_tidy=plain.is_tidy)
    assert ready.equals(made_ready(careful.select(plain.rows.columns), "Reviews", "903"))


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS, "3,too,few"],
        [*ROWS, "3,one,too,many,cells"],
        ["1,a,b,c,d", "2,a,b"],
        ['1,"05/06/2010",01/05/2026,PN1'],
        [*ROWS, "", ROWS[0]],
        ["1,05/06/2010,01/05/2026,P N", "", ROWS[0]],
        ["1,05/06/2010,01/05\0/2026,PN1"],
    ],
)
def test_a_file_with_anything_odd_is_read_with_care(rows):
    data = "\n".join([HEADINGS, *rows, ""]).encode()
    assert csv._plain("reviews.csv", data) is None
    split = csv.split_csv("reviews.csv", data)
    careful, rejects = with_care(data)
    assert split.table == "Reviews"
    assert split.rows.rows() == careful.select(split.rows.columns).rows()
    assert split.rejects == rejects


def test_windows_1252_is_read_with_care():
    data = f"{HEADINGS}\n1,,01/05/2026,Zoë\n".encode("cp1252")
    assert csv._plain("reviews.csv", data) is None
    assert csv.split_csv("reviews.csv", data).rows["REVIEW_CODE"].to_list() == ["Zoë"]


def test_the_sample_returns_give_the_same_rows_either_way():
    paths = sorted((SAMPLES / "903_years").glob("*.csv"))
    if not paths:
        pytest.skip("the sample returns are not on this machine")
    for path in paths:
        plain = csv._plain(path.name, path.read_bytes())
        if plain is not None:
            careful, _ = with_care(path.read_bytes())
            ready = made_ready(plain.rows, plain.table, "903", is_tidy=plain.is_tidy)
            assert ready.equals(made_ready(careful.select(plain.rows.columns), plain.table, "903")), path.name
