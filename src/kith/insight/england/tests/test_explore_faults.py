"""What is said of a file or a mapping that cannot be read; and no damage ends in anything else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.dataset.readers.files import CannotRead
from kith.insight.england.explore_columns import known_rules
from kith.insight.england.explore_statistics import read_explore
from kith.insight.england.published import SHAPE
from kith.insight.england.tests.explore_samples import (
    ENQUIRIES,
    NUMBERS,
    write,
)


@pytest.mark.parametrize(
    "lines, words",
    [
        (["published_id", "referrals"], "lacks a heading"),
        (["column,published_id"], "has no rows"),
        (["column,published_id", "a,unicorns"], "“unicorns”, which is not the id"),
        (["column,published_id", ",referrals"], "the column is blank"),
        (["column,where,published_id", "a,b,referrals"], "not of the form column=value"),
        (["column,published_id,years_later", "a,referrals,soon"], "Line 2"),
        (["column,published_id,years_later", "a,referrals,99"], "too many years"),
        (["column,published_id", "a"], "Line 2"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused_in_words(
    tmp_path: Path, lines: list[str], words: str
) -> None:
    with pytest.raises(CannotRead, match=words):
        read_explore(write(tmp_path, *ENQUIRIES), write(tmp_path, *lines, name="own.csv"))


def whole(text: str = "\n".join(ENQUIRIES)) -> bytes:
    return text.encode()


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"PK\x03\x04" + whole(), "spreadsheet or zip file under another name"),
        ("a.xlsx", b"PK\x03\x04" + whole(), "This is a spreadsheet"),
        ("a.zip", b"PK\x03\x04", "Unpack it"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.csv", b"<!DOCTYPE html><p>Sign in", "web page"),
        ("a.csv", "\n".join(ENQUIRIES).encode("utf-16"), "UTF-16"),
        ("a.csv", whole().replace(b",", b";"), "not parted by commas"),
        ("a.csv", whole().replace(b",", b"\t"), "not parted by commas"),
        ("a.csv", b"col_name,col_type,label\nnumber,Indicator,Number\n", r"without “\.meta”"),
        ("a.csv", whole("\n".join(ENQUIRIES[1:])), "no column time_period"),
        ("a.csv", whole().replace(b"geographic_level", b"level"), "no column geographic_level"),
        ("a.csv", whole().replace(b"Section47_child", b"Section47"), "section47 stands more than once"),
        ("a.csv", whole().replace(b"Section47_child", b"_LINE"), "_line stands more than once"),
        ("a.csv", whole(ENQUIRIES[0]), "no whole row"),
        ("a.csv", whole("\n".join(ENQUIRIES[:2])[:-30]), "no whole row"),
        ("a.csv", whole().replace(b"Section47", b"s_47").replace(b"ICPC", b"conf"), "None of the columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CannotRead, match=words):
        read_explore(path)


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="nothing at"):
        read_explore(tmp_path / "none.csv")
    with pytest.raises(CannotRead, match="folder"):
        read_explore(tmp_path)


def test_half_a_file_gives_its_whole_rows_and_says_that_it_may_be_cut(tmp_path: Path) -> None:
    path = tmp_path / "half.csv"
    path.write_bytes(whole()[: whole().index(b"Cumberland")])
    read = read_explore(path)
    assert {one.place.key for one in read.figures} == {"England", "North East", "805"}
    assert "cut short" in read.left_out[0].reason
    assert read.notes == ("The last line has no end. Check that the file is whole.",)


def test_a_file_in_windows_1252_is_read_and_told_of(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("\n".join((*ENQUIRIES, "")).replace("Hartlepool", "Hartlepoôl").encode("cp1252"))
    read = read_explore(path)
    assert len(read.figures) == 18
    assert "Windows-1252" in read.notes[0]


def test_no_two_rules_that_come_with_kith_give_the_same_figure_from_the_same_column() -> None:
    keys = [(rule.column, rule.conditions, rule.published_id, rule.file_name_has) for rule in known_rules()]
    assert len(set(keys)) == len(keys) > 100


PIECES = st.sampled_from(
    [b"", b",", b'"', b'""', b"\n", b"\r", b"\0", b"\xff", b"\xc3", b";", b"^a$", b"*", b"c", b"-1", b"NaN",
     b"9" * 30, b"=1+1", b"\xef\xbb\xbf", b"_line", b"time_period", b"National", b"805", b"20252026"]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = whole(draw(st.sampled_from(["\n".join((*ENQUIRIES, "")), "\n".join((*NUMBERS, ""))])))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(PIECES) + data[at + draw(st.integers(0, 40)) :]
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged())
def test_no_damaged_file_raises_anything_but_the_one_named_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "damaged.csv"
    path.write_bytes(data)
    try:
        read = read_explore(path)
    except CannotRead as refused:
        assert str(refused).endswith((".", ")", "”"))
    else:
        assert read.frame.schema == SHAPE
        assert len({(one.published_id, one.year, one.place.key) for one in read.figures}) == len(read.figures)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_no_other_file_does_either(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(data)
    with pytest.raises(CannotRead):
        read_explore(path)


MAPPING = (
    b"column,where,published_id,file_name_has,years_later\n"
    b"ICPC,category=a|b & la_name=c,icpcs,,1\nx,,referrals,c4,\n"
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(MAPPING)), st.integers(0, 20), PIECES), max_size=5))
def test_no_damaged_mapping_raises_anything_but_the_one_named_error(tmp_path: Path, cuts) -> None:
    data = MAPPING
    for at, length, piece in cuts:
        data = data[:at] + piece + data[at + length :]
    (tmp_path / "own.csv").write_bytes(data)
    try:
        assert read_explore(write(tmp_path, *ENQUIRIES), tmp_path / "own.csv").figures
    except CannotRead as refused:
        assert "own.csv" in str(refused)
