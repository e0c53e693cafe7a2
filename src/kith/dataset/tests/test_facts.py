"""Facts from small made-up returns, and returns from those facts."""

from datetime import date

import polars as pl
import pytest

from kith.dataset.facts import facts_of, return_of, unmatched
from kith.dataset.formats import schema_of, tables_903
from kith.dataset.readers.cells import with_hash
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN, Return

HEADER = {"CHILD": "C1", "SEX": "2", "DOB": date(2010, 5, 1), "ETHNIC": "WBRI", "UPN": "UN1"}
EPISODE = {
    "CHILD": "C1",
    "DECOM": date(2018, 6, 1),
    "RNE": "S",
    "LS": "C2",
    "CIN": "N1",
    "PLACE": "U6",
    "PLACE_PROVIDER": "PR1",
    "HOME_POST": "AA1 1AA",
    "PL_POST": "BB1 1BB",
    "URN": "SC1",
}
ENDED = {"DEC": date(2019, 6, 1), "REC": "E4A"}


def a_return(year: int, **tables: list[dict[str, object]]) -> Return:
    frames = {name: a_table(name, rows, year) for name, rows in tables.items()}
    return Return("903", year, "given", None, frames)


def a_table(name: str, rows: list[dict[str, object]], year: int) -> pl.DataFrame:
    schema = schema_of(tables_903()[name])
    frame = pl.DataFrame([{heading: row.get(heading) for heading in schema} for row in rows], schema=schema)
    placed = frame.with_columns(
        pl.lit(f"{year}-{name}.csv").alias(FILE_COLUMN),
        pl.int_range(2, pl.len() + 2).cast(pl.Int64).alias(LINE_COLUMN),
    )
    return with_hash(placed, name, list(schema))


def rows_back(returns: list[Return], table: str, year: int) -> list[dict[str, object]]:
    back = return_of(facts_of(returns), "903", year).tables[table]
    return back.select(*schema_of(tables_903()[table])).to_dicts()


def reasons(returns: list[Return]) -> list[tuple[str, int, str]]:
    facts = facts_of(returns)
    made = [return_of(facts, "903", one.year) for one in returns]
    return [(x.table, x.line, x.reason) for x in unmatched(returns, made)]


FIRST_YEAR = a_return(2019, Header=[HEADER], Episodes=[EPISODE])
SECOND_YEAR = a_return(2020, Header=[HEADER], Episodes=[EPISODE | ENDED])


def test_an_open_row_of_one_year_is_closed_in_the_next_and_both_come_back():
    assert reasons([FIRST_YEAR, SECOND_YEAR]) == []
    assert facts_of([FIRST_YEAR, SECOND_YEAR])["kith_periods_of_care"].height == 1


def test_the_order_in_which_years_are_read_never_matters():
    one, other = facts_of([FIRST_YEAR, SECOND_YEAR]), facts_of([SECOND_YEAR, FIRST_YEAR])
    for table in one.filled():
        assert one[table].equals(other[table]), table


def test_the_same_return_twice_is_one():
    once, twice = facts_of([FIRST_YEAR]), facts_of([FIRST_YEAR, FIRST_YEAR])
    for table in once.filled():
        assert once[table].equals(twice[table]), table


def test_an_earlier_return_never_overrides_a_later_one():
    earlier = a_return(2019, Header=[HEADER | {"ETHNIC": "REFU"}], Episodes=[EPISODE | {"LS": "V2"}])
    assert rows_back([SECOND_YEAR, earlier], "Header", 2020)[0]["ETHNIC"] == "WBRI"
    assert reasons([SECOND_YEAR, earlier]) == [
        ("Header", 2, "A later return says otherwise: ETHNIC is WBRI, line 2 of 2020-Header.csv (2019-20)"),
        ("Episodes", 2, "A later return says otherwise: LS is C2, line 2 of 2020-Episodes.csv (2019-20)"),
    ]


def test_a_fact_names_the_rows_that_gave_it():
    hashes = {FIRST_YEAR.tables["Episodes"]["_hash"][0], SECOND_YEAR.tables["Episodes"]["_hash"][0]}
    facts = facts_of([FIRST_YEAR, SECOND_YEAR])
    assert set(facts["kith_periods_of_care"]["kith_source_rows"][0]) == hashes
    assert set(facts["ssd_cla_placement"]["kith_source_rows"][0]) == hashes


@pytest.mark.parametrize(
    "year, code, back",
    [
        (2024, "1", "1"),
        (2024, "2", "2"),
        (2025, "1", "M"),  # an old code in a new year: the facts hold M, and the year's code is M
        (2025, "F", "F"),
        (2025, "U", "U"),
        (2024, "7", "7"),  # a code that no list knows is kept; the checks speak of it
    ],
)
def test_sex_is_written_in_the_codes_of_the_year(year, code, back):
    one = a_return(
        year, Header=[HEADER | {"SEX": code}], Episodes=[EPISODE | {"DECOM": date(year - 1, 6, 1)}]
    )
    assert rows_back([one], "Header", year)[0]["SEX"] == back


def test_a_reason_for_no_upn_is_kept_apart_from_upns():
    person = facts_of([FIRST_YEAR])["ssd_person"].row(0, named=True)
    assert (person["pers_upn"], person["pers_upn_unknown"]) == (None, "UN1")


def test_a_child_with_a_header_and_nothing_else_is_kept_and_listed():
    alone = a_return(2019, Header=[HEADER])
    assert facts_of([alone])["ssd_person"]["pers_person_id"].to_list() == ["C1"]
    [(table, line, reason)] = reasons([alone])
    assert (table, line) == ("Header", 2)
    assert (
        reason == "Nothing in this return says that the child was looked after or a care leaver in the year"
    )


def test_a_child_without_a_header_is_a_person_and_the_row_comes_back():
    alone = a_return(
        2019,
        Missing=[{"CHILD": "C9", "DOB": date(2010, 1, 1), "MISSING": "M", "MIS_START": date(2019, 1, 1)}],
    )
    assert reasons([alone]) == []
    assert facts_of([alone])["ssd_person"]["pers_dob"].to_list() == [date(2010, 1, 1)]


REVIEW = {"CHILD": "C1", "DOB": date(2010, 5, 1), "REVIEW": date(2018, 9, 1), "REVIEW_CODE": "PN3"}


@pytest.mark.parametrize(
    "row, reason",
    [
        (REVIEW, None),
        (
            REVIEW | {"REVIEW": date(2017, 9, 1)},
            "Dated outside its year: 01/09/2017 is before 01/04/2018",
        ),
        (
            REVIEW | {"DOB": date(2009, 5, 1)},
            "DOB is not the one in the Header: 01/05/2009 here, 01/05/2010 there",
        ),
    ],
)
def test_reviews_come_back_in_the_year_they_were_held(row, reason):
    found = reasons([a_return(2019, Header=[HEADER], Episodes=[EPISODE], Reviews=[row])])
    assert found == ([("Reviews", 2, reason)] if reason else [])


def test_two_reviews_on_one_day_that_differ_both_come_back():
    twins = [REVIEW, REVIEW | {"REVIEW_CODE": "PN6"}]
    one = a_return(2019, Header=[HEADER], Episodes=[EPISODE], Reviews=twins)
    assert reasons([one]) == []
    assert facts_of([one])["ssd_cla_reviews"]["clar_cla_review_id"].n_unique() == 2


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"REC": "E4A"}, "REC without DEC"),
        ({"DECOM": None}, "The episode has no start date (DECOM)"),
        (
            {"DECOM": date(2019, 4, 1)},
            "Dated outside its year: 01/04/2019 is after 31/03/2019",
        ),
        ({"DEC": date(2018, 6, 1), "REC": "E8"}, "Ends on the day it starts"),
        ({"DEC": date(2018, 5, 1), "REC": "E8"}, "Ends before it starts"),
        ({"DEC": date(2019, 4, 9), "REC": "E8"}, "Ends after its year: on 31/03/2019 it was still open"),
        (
            {"PLACE": "T1"},
            "Gives a provider for a kind of placement that has none (T0 to T4, Z11 to Z14)",
        ),
        ({"REASON_PLACE_CHANGE": "CARPL"}, "Reason for placement change, yet the episode is open"),
        (
            {"REASON_PLACE_CHANGE": "CARPL", "DEC": date(2018, 9, 1), "REC": "E8"},
            "Reason for placement change, yet care ended",
        ),
    ],
)
def test_an_episode_that_contradicts_itself_is_listed_with_the_reason(change, reason):
    one = a_return(2019, Header=[HEADER], Episodes=[EPISODE | change], OC2=[{"CHILD": "C1"} | HEADER])
    assert ("Episodes", 2, reason) in reasons([one])


FIRST = EPISODE | {"DEC": date(2018, 9, 1), "REC": "X1"}
SECOND = EPISODE | {"DECOM": date(2018, 9, 1), "RNE": "P", "PL_POST": "CC1 1CC"}


@pytest.mark.parametrize(
    "episodes, line, reason",
    [
        ([FIRST, SECOND | {"CIN": "N2"}], 3, "Need code differs within one period of care: N2 and N1"),
        (
            [FIRST, SECOND | {"RNE": "L"}],
            3,
            "RNE says L, but that day makes it B: the placement changed",
        ),
        (
            [FIRST, SECOND | {"LS": "C1"}],
            3,
            "RNE says P, but that day makes it B: the legal status changed and the placement changed",
        ),
        (
            [
                FIRST | {"REASON_PLACE_CHANGE": "CARPL"},
                FIRST | {"DECOM": date(2018, 9, 1), "DEC": None, "REC": None, "RNE": "L", "LS": "C1"},
            ],
            2,
            "Reason for placement change, yet the placement went on",
        ),
        (
            [FIRST | {"REASON_PLACE_CHANGE": "CARPL"}, SECOND | {"PLACE": "T1", "PLACE_PROVIDER": None}],
            2,
            "Reason for placement change beside a temporary placement",
        ),
        (
            [EPISODE, SECOND],
            2,
            "Has no end, yet another episode starts: the one from 01/09/2018, line 3",
        ),
        (
            [FIRST, SECOND, EPISODE | {"DECOM": date(2018, 7, 1), "DEC": date(2018, 12, 1), "REC": "X1"}],
            4,
            "Overlaps another episode: the one from 01/06/2018, line 2",
        ),
        ([FIRST | {"REC": None}, SECOND], 2, "DEC without REC"),
        (
            [FIRST, FIRST | {"DECOM": date(2018, 9, 1), "RNE": None, "DEC": None, "REC": None}],
            3,
            "RNE is blank, and nothing changed that day",
        ),
    ],
)
def test_an_episode_that_contradicts_its_neighbours_is_listed_with_the_reason(episodes, line, reason):
    found = reasons([a_return(2019, Header=[HEADER], Episodes=episodes)])
    assert ("Episodes", line, reason) in found


def test_adoption_known_to_no_return_comes_in_the_year_care_ended_with_it():
    adopted = a_return(
        2020,
        Header=[HEADER],
        Episodes=[EPISODE | ENDED | {"REC": "E11"}],
        AD1=[{"CHILD": "C1", "DOB": date(2010, 5, 1), "NB_ADOPTR": 2, "FOSTER_CARE": 0}],
    )
    assert reasons([adopted]) == []
    facts = facts_of([adopted])
    unsaid = facts["kith_adoptions"].with_columns(kith_year=pl.lit(None, dtype=pl.Int64))
    back = return_of(facts.with_tables({"kith_adoptions": unsaid}), "903", 2020)
    assert back.tables["AD1"]["NB_ADOPTR"].to_list() == [2]


def test_no_returns_give_no_facts():
    assert facts_of([]).filled() == []
    assert return_of(facts_of([]), "903", 2020).tables["Header"].height == 0
    assert return_of(facts_of([]), "cin", 2020).tables["Children"].height == 0


LEFT_IN_2024 = {"DEC": date(2024, 3, 31), "REC": "E4A"}
SPELL = {"CHILD": "C1", "DOB": date(2010, 5, 1), "SW_ID": "SW1", "SW_DECOM": date(2018, 6, 1)}


@pytest.mark.parametrize(
    "year, tables, reason",
    [
        (2024, {"Episodes": [EPISODE]}, None),
        (2023, {"Episodes": [EPISODE]}, "Social worker spells are returned from 2023-24"),
        (
            2024,
            {"Episodes": [EPISODE | ENDED], "OC3": [HEADER | {"IN_TOUCH": "YES"}]},
            "The child was not looked after on 31/03/2024",
        ),
        (2020, {"Episodes": [EPISODE | ENDED]}, "Social worker spells are returned from 2023-24"),
        (2024, {"Episodes": [EPISODE | LEFT_IN_2024]}, "The child was not looked after on 31/03/2024"),
        (2024, {"Episodes": [EPISODE | LEFT_IN_2024 | {"DEC": date(2024, 4, 1)}]}, None),
    ],
)
def test_workers_are_returned_for_children_looked_after_on_the_last_day(year, tables, reason):
    found = reasons([a_return(year, Header=[HEADER], SWEpisodes=[SPELL], **tables)])
    assert [said for table, _, said in found if table == "SWEpisodes"] == ([reason] if reason else [])
