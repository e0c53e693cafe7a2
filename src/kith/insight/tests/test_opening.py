"""What indicators are asked about, opened: returns, extracts, and Parquet of many years laid together."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kith.dataset.dataset import Dataset, read_folder, write_folder
from kith.dataset.readers.files import CannotRead
from kith.dataset.schema import from_rows, tables
from kith.insight import opening
from kith.insight.facts import Facts
from kith.insight.keeping import write_years
from kith.insight.opening import authority_in, latest_of_each, open_facts
from kith.insight.periods import year_ending
from kith.insight.sources import whole_source
from kith.insight.sources.needs import all_words

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "7,01/05/2019,S,C2,N1,U4,PR1,,,,,,\n"
)
REFERRALS = [
    {"cine_referral_id": "before", "cine_person_id": "1", "cine_referral_date": date(2001, 1, 1)},
    {"cine_referral_id": "first", "cine_person_id": "1", "cine_referral_date": date(2018, 6, 1)},
    {"cine_referral_id": "second", "cine_person_id": "2", "cine_referral_date": date(2019, 6, 1)},
    {"cine_referral_id": "undated", "cine_person_id": "3"},
]


def dataset() -> Dataset:
    people = [{"pers_person_id": person} for person in "123"] + [{"pers_person_id": "of no year"}]
    siblings = [
        {
            "kith_relationship_id": "a",
            "kith_person_id": "1",
            "kith_other_person_id": "2",
            "kith_kind": "sibling",
        }
    ]
    return Dataset(
        {
            "ssd_person": from_rows("ssd_person", people),
            "kith_relationships": from_rows("kith_relationships", siblings),
            "ssd_cin_episodes": from_rows("ssd_cin_episodes", REFERRALS),
        }
    )


def facts() -> Facts:
    return Facts(dataset(), whole_source(dataset(), "extract", date(2020, 3, 31)), "E09000002")


def test_a_folder_of_returns_is_opened_with_what_it_can_tell(tmp_path: Path) -> None:
    (tmp_path / "episodes_2020.csv").write_text(EPISODES)
    opened = open_facts(tmp_path, year=2020)
    assert opened.facts["kith_periods_of_care"]["kith_person_id"].to_list() == ["7"]
    assert opened.facts.why_not(["kith_periods_of_care"], year_ending(2020)) is None
    assert (
        opened.facts.why_not(["ssd_cin_episodes"], year_ending(2020)) == "SSDA903 returns hold no referrals."
    )
    assert opened.found == ("SSDA903 of 2019-20: 1 rows (given)",)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_extract_is_opened_in_either_form(tmp_path: Path, form: str) -> None:
    write_folder(dataset(), tmp_path / "301 Barking", form)  # type: ignore[arg-type]
    opened = open_facts(tmp_path / "301 Barking")
    assert opened.facts.authority == "301"
    assert opened.facts["ssd_cin_episodes"].height == 4
    assert opened.facts.until == date(2019, 6, 1)


def test_the_years_written_are_the_whole_again_when_laid_together(tmp_path: Path) -> None:
    written = write_years(facts(), tmp_path / "E09000002", count=2)
    assert [folder.name for folder in written] == ["2018-19", "2019-20"]
    opened = open_facts(tmp_path / "E09000002")
    assert opened.facts.sources == facts().sources
    assert opened.facts.authority == "E09000002"
    for table in ("ssd_cin_episodes", "kith_relationships"):
        assert (
            opened.facts[table].sort(by=table_key(table)).equals(dataset()[table].sort(by=table_key(table)))
        )
    assert sorted(opened.facts["ssd_person"]["pers_person_id"]) == ["1", "2", "3"]


def table_key(table: str) -> str:
    return {"ssd_cin_episodes": "cine_referral_id", "kith_relationships": "kith_relationship_id"}[table]


def test_each_year_can_be_read_by_itself(tmp_path: Path) -> None:
    first, _ = write_years(facts(), tmp_path, count=2)
    opened = open_facts(first)
    assert sorted(opened.facts["ssd_cin_episodes"]["cine_referral_id"]) == ["before", "first"]
    assert sorted(opened.facts["ssd_person"]["pers_person_id"]) == ["1"]


def laid_together(table: str, *years: list[dict[str, object]]) -> pl.DataFrame:
    return latest_of_each(table, pl.concat(from_rows(table, rows) for rows in years).lazy()).collect()


def test_of_a_fact_that_two_years_tell_the_later_word_holds() -> None:
    open_case = {"cine_referral_id": "one", "cine_person_id": "1", "cine_close_date": None}
    closed_case = {**open_case, "cine_close_date": date(2020, 1, 1)}
    told = laid_together("ssd_cin_episodes", [open_case], [closed_case])
    assert told["cine_close_date"].to_list() == [date(2020, 1, 1)]


def test_an_involvement_that_a_later_year_ends_is_one() -> None:
    spell = {"invo_involvements_id": "one", "invo_person_id": "1", "invo_professional_id": "W1"}
    told = laid_together(
        "ssd_involvements", [spell], [{**spell, "invo_involvement_end_date": date(2020, 1, 1)}]
    )
    assert told["invo_involvement_end_date"].to_list() == [date(2020, 1, 1)]


def test_of_two_ids_both_say_which_fact_it_is() -> None:
    one = {"prep_table_id": "one", "prep_plo_family_id": "A"}
    other = {**one, "prep_plo_family_id": "B"}
    told = laid_together("ssd_pre_proceedings", [one, other], [one])
    assert told["prep_plo_family_id"].to_list() == ["B", "A"]


def test_rows_without_an_id_are_all_kept() -> None:
    rows: list[dict[str, object]] = [{"cine_person_id": "1"}, {"cine_person_id": "2"}]
    assert laid_together("ssd_cin_episodes", rows).height == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("E09000002", "E09000002"),
        ("301", "301"),
        ("301 Barking", "301"),
        ("3011", None),
        ("", None),
        ("1066", None),
    ],
)
def test_a_folder_s_name_may_begin_with_the_authority_s_code(name: str, code: str | None) -> None:
    assert authority_in(name) == code


def test_nothing_there_and_nothing_readable_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="There is nothing at"):
        open_facts(tmp_path / "nowhere")
    (tmp_path / "letter.txt").write_text("Dear Sir")
    with pytest.raises(CannotRead):
        open_facts(tmp_path)


def test_half_a_parquet_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    (folder, *_) = write_years(facts(), tmp_path, count=2)
    file = folder / "ssd_cin_episodes.parquet"
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(CannotRead, match="cannot be read"):
        open_facts(tmp_path)


def test_a_column_of_another_type_is_named_with_its_table(tmp_path: Path) -> None:
    (folder, *_) = write_years(facts(), tmp_path, count=2)
    pl.DataFrame({"cine_referral_id": [7]}).write_parquet(folder / "ssd_cin_episodes.parquet")
    with pytest.raises(CannotRead, match=r"ssd_cin_episodes\.cine_referral_id holds Int64"):
        open_facts(tmp_path)


def test_a_year_may_leave_a_column_out_or_empty_and_another_be_text(tmp_path: Path) -> None:
    first, last = write_years(facts(), tmp_path, count=2)
    few = pl.read_parquet(first / "ssd_cin_episodes.parquet").drop("kith_source_rows")
    few.with_columns(cine_close_date=pl.lit(None)).write_parquet(first / "ssd_cin_episodes.parquet")
    assert open_facts(tmp_path).facts["ssd_cin_episodes"].equals(dataset()["ssd_cin_episodes"])
    write_folder(read_folder(last), last, "csv")
    (last / "ssd_cin_episodes.parquet").unlink()
    assert open_facts(tmp_path).facts["ssd_cin_episodes"].equals(dataset()["ssd_cin_episodes"])


def test_for_figures_alone_what_none_asks_for_is_left_blank(tmp_path: Path) -> None:
    write_years(facts(), tmp_path, count=2)
    whole, asked = (open_facts(tmp_path, only_for_figures=only).facts for only in (False, True))
    assert whole["kith_relationships"]["kith_relationship_id"].to_list() == ["a"]
    assert asked["kith_relationships"]["kith_relationship_id"].to_list() == [None]
    assert (
        asked["ssd_cin_episodes"]
        .drop("kith_source_rows")
        .equals(whole["ssd_cin_episodes"].drop("kith_source_rows"))
    )


def test_what_is_said_not_to_be_asked_for_is_named_by_nothing_that_tells_figures() -> None:
    files = [path for path in Path(opening.__file__).parent.rglob("*.py") if "tests" not in path.parts]
    code = " ".join(path.read_text().partition("\nEXAMPLES =")[0] for path in files)
    asked = {*re.findall(r"\w+", code), *(words.dated for words in all_words().values())}
    assert sorted(opening.not_asked() & asked) == []
    known = {column.name for columns in tables().values() for column in columns}
    assert sorted(opening.not_asked() - known) == []
