"""Parquet tables at the checks' door: what each is, how its cells are taken, and what is refused."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import polars as pl
import pytest

from kith.checks import check
from kith.checks.door.reading import read_given
from kith.checks.examples import parsed_example
from kith.checks.report import Report
from kith.dataset.readers.files import CannotRead

HEADER = pl.DataFrame({"CHILD": ["A1", "B2"], "SEX": ["1", "2"], "DOB": ["05/06/2010", "31/02/2011"]})
EPISODES = pl.DataFrame({"CHILD": ["A1", "B2"], "DECOM": ["01/05/2026", "02/05/2026"], "RNE": ["S", "s "]})
CIN = parsed_example("""
    Header
    Year | ReferenceDate | LEA |
    2026 | 2026-03-31    | 301 |

    Children
    LAchildID | PersonBirthDate | Ethnicity |
    C1        | 2015-02-30      | WBRI      |

    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    C1        | 1            | 2025-05-01      |

    Reviews
    LAchildID | CINdetailsID | CPPID | CPPreviewDate |
    C1        | 1            | 1     | 2025-08-01    |
""").tables


def written(folder, **tables: pl.DataFrame):
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return folder


def only(path, **settings):
    (given,) = read_given(path, **settings)
    return given


def test_a_folder_of_903_tables_is_one_return_and_keeps_what_was_typed(tmp_path):
    given = only(written(tmp_path / "903_2027", Header=HEADER, Episodes=EPISODES))
    assert (given.return_, given.year, given.rows(), given.rejects) == ("903", 2027, 4, ())
    header = given.tables["Header"]
    assert header["DOB"].to_list() == [date(2010, 6, 5), None]
    assert header["DOB.text"].to_list() == ["05/06/2010", "31/02/2011"]
    assert given.tables["Episodes"]["RNE"].to_list() == ["S", "S"]
    assert header["_line"].to_list() == [1, 2]
    assert set(header["_file"]) == {"Header.parquet"}


def test_a_folder_of_cin_tables_is_a_census_of_the_authority_in_its_header(tmp_path):
    given = only(written(tmp_path / "cin", **CIN))
    assert (given.return_, given.year, given.because) == ("cin", 2026, "told in the file")
    assert given.authority == "301"
    assert set(given.tables) == {"Header", "Children", "CINdetails", "Reviews"}
    assert given.tables["CINdetails"]["CINdetailsID"].to_list() == ["1"]


def test_typed_columns_are_taken_as_the_return_would_send_them(tmp_path):
    header = HEADER.with_columns(
        DOB=pl.Series([date(2010, 6, 5), None]),
        SEX=pl.Series([1.0, 2.0]),
        ETHNIC=pl.Series(["WBRI", None], dtype=pl.Categorical),
        UPN=pl.Series([date(2026, 1, 2), None]),
    )
    episodes = EPISODES.with_columns(DECOM=pl.Series([datetime(2026, 5, 1), datetime(2026, 5, 2)]))
    tables = only(written(tmp_path, Header=header, Episodes=episodes)).tables
    assert tables["Header"]["SEX"].to_list() == ["1", "2"]
    assert tables["Header"]["ETHNIC"].to_list() == ["WBRI", None]
    assert tables["Header"]["DOB.text"].to_list() == ["05/06/2010", None]
    assert tables["Header"]["UPN"].to_list() == ["2026-01-02", None]
    assert tables["Episodes"]["DECOM"].to_list() == [date(2026, 5, 1), date(2026, 5, 2)]
    assert tables["Episodes"]["DECOM.text"].to_list() == ["01/05/2026", "02/05/2026"]


def test_true_and_false_are_sent_as_one_and_nought(tmp_path):
    details = CIN["CINdetails"].with_columns(ReferralNFA=pl.lit(False))
    given = only(written(tmp_path, **{**CIN, "CINdetails": details}))
    assert given.tables["CINdetails"]["ReferralNFA"].to_list() == ["0"]


def test_names_of_tables_and_columns_are_known_in_any_case_and_as_the_csv_files_are_called(tmp_path):
    episodes = EPISODES.rename({"DECOM": "decom"}).with_columns(notes=pl.lit("not of the return"))
    given = only(written(tmp_path, header=HEADER, episodes=episodes))
    assert given.tables["Episodes"].columns == ["CHILD", "DECOM", "DECOM.text", "RNE", "_line", "_file"]


@pytest.mark.parametrize(
    "tables, kind",
    [({"Reviews": CIN["Reviews"]}, "cin"), ({"Reviews": pl.DataFrame({"CHILD": ["A1"]})}, "903")],
)
def test_a_table_that_both_returns_have_is_told_by_its_columns(tmp_path, tables, kind):
    assert only(written(tmp_path, **tables), year=2026).return_ == kind


def test_each_folder_is_a_return_of_its_own_and_its_name_may_tell_the_year(tmp_path):
    written(tmp_path / "903_2026", Header=HEADER)
    written(tmp_path / "903_2027", Header=HEADER, Episodes=EPISODES)
    written(tmp_path / "cin_2026", **CIN)
    found = [(one.return_, one.year, one.group) for one in read_given(tmp_path)]
    assert found == [("903", 2026, "903_2026"), ("903", 2027, "903_2027"), ("cin", 2026, "cin_2026")]


def test_the_same_is_found_in_parquet_as_in_csv(tmp_path):
    """The rules see no difference: a finding has the same row, and the file and row it lies in."""
    written(tmp_path / "903_2027", Header=HEADER, Episodes=EPISODES)

    def found(report: Report) -> list[tuple[str, str | None]]:
        return [(finding.rule.code, finding.child) for finding in report.findings()]

    from_parquet = check(only(tmp_path), year=2027)
    from_tables = check({"Header": HEADER, "Episodes": EPISODES}, year=2027)
    assert found(from_parquet) == found(from_tables) != []
    row = next(from_parquet.findings()).rows[0]
    assert row.file == f"903_2027/{row.table}.parquet"
    assert row.line == row.row + 1


def test_a_column_that_is_not_there_is_named_by_the_rules_that_lack_it(tmp_path):
    given = only(written(tmp_path, Header=HEADER.drop("DOB"), Episodes=EPISODES))
    lacked = {outcome.missing for outcome in check(given, year=2027).with_status("could not run")}
    assert "the column DOB of Header" in lacked


def test_a_zip_of_parquet_tables_is_read(tmp_path):
    kept = BytesIO()
    EPISODES.write_parquet(kept)
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as sent:
        sent.writestr("903_2027/Episodes.parquet", kept.getvalue())
    assert only(tmp_path / "sent.zip").rows() == 2


def test_tables_of_the_dataset_beside_a_return_are_passed_over(tmp_path):
    written(tmp_path, Episodes=EPISODES, ssd_person=pl.DataFrame({"pers_person_id": ["1"]}))
    assert only(tmp_path).rejects == ()


@pytest.mark.parametrize(
    "name, frame, reason",
    [
        ("Episode", EPISODES, "is called Episode and has its columns"),
        ("Episodes", pl.DataFrame({"height": [1.7]}), "is called Episodes and has its columns"),
        ("Episodes", pl.DataFrame({"CHILD": [["A1"], ["B2"]]}), "could not be read"),
        ("Episodes", pl.DataFrame({"CHILD": [b"\xff\xfe"]}), "could not be read"),
    ],
)
def test_what_is_no_table_of_a_return_is_a_reject_with_its_reason(tmp_path, name, frame, reason):
    written(tmp_path / "good", Header=HEADER, Episodes=EPISODES)
    written(tmp_path / "odd", **{name: frame})
    (reject,) = only(tmp_path).rejects
    assert reject.file == f"odd/{name}.parquet"
    assert reason in reject.reason


@pytest.mark.parametrize("keep", [0, 3, 100, -9, -1])
def test_a_damaged_file_is_refused_in_words(tmp_path, keep):
    file = written(tmp_path, Episodes=EPISODES) / "Episodes.parquet"
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(CannotRead, match=r"Episodes\.parquet: The Parquet file could not be read"):
        read_given(tmp_path)


def test_a_file_that_unpacks_to_far_more_rows_than_a_return_has_is_refused(tmp_path):
    many = pl.DataFrame({"CHILD": pl.Series(["A1"]).new_from_index(0, 50_000_001)})
    written(tmp_path, Episodes=many)
    with pytest.raises(CannotRead, match="holds 50,000,001 rows"):
        read_given(tmp_path)


@pytest.mark.parametrize(("rows", "text"), [(3_000_000, "A"), (30_000, "A" * 10_000)])
def test_a_small_file_that_repeats_itself_into_the_memory_is_refused(tmp_path, rows, text):
    child = pl.Series([text]).new_from_index(0, rows).cast(pl.Categorical)
    pl.DataFrame({"CHILD": child, "SEX": child}).write_parquet(tmp_path / "Header.parquet")
    assert (tmp_path / "Header.parquet").stat().st_size < 200_000
    with pytest.raises(CannotRead, match="unpacks to far more"):
        read_given(tmp_path)
