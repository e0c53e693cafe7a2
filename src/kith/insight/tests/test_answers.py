"""From what is counted to figures: groups, ranges, what is not told, and the children behind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows
from kith.insight.answers import Answers, answer
from kith.insight.breakdowns import NoSuchBreakdown
from kith.insight.facts import Facts
from kith.insight.figures import FIGURES
from kith.insight.indicator import Indicator, indicator
from kith.insight.lookups import POPULATIONS, Lookups
from kith.insight.periods import Period, Periods, years_to
from kith.insight.sources import Sources, whole_source
from kith.insight.sources.sources import GivenReturn

YEARS = years_to(2020, 2)
PEOPLE = [
    {"pers_person_id": "girl", "pers_sex": "F", "pers_dob": date(2010, 4, 1)},
    {"pers_person_id": "boy", "pers_sex": "M", "pers_dob": date(2019, 4, 1)},
    {"pers_person_id": "other", "pers_sex": None, "pers_dob": None},
]
REFERRALS = [
    {"cine_referral_id": f"{person}{day}", "cine_person_id": person, "cine_referral_date": day}
    for person, day in [
        ("girl", date(2018, 5, 1)),
        ("girl", date(2019, 5, 1)),
        ("girl", date(2019, 6, 1)),
        ("boy", date(2019, 7, 1)),
        ("other", date(2019, 8, 1)),
    ]
]
POPULATION = pl.DataFrame(
    [["E1", 2020, None, None, 1000, "made up"], ["E1", 2020, "sex", "Girls", 400, "made up"]],
    schema=POPULATIONS,
    orient="row",
)


def facts() -> Facts:
    dataset = Dataset(
        {
            "ssd_person": from_rows("ssd_person", PEOPLE),
            "ssd_cin_episodes": from_rows("ssd_cin_episodes", REFERRALS),
        }
    )
    sources = whole_source(dataset, "extract", date(2020, 3, 31))
    return Facts(dataset, sources, "E1", Lookups(populations=POPULATION))


def defined(
    measure: str, make: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows, **more: Any
) -> Indicator:
    """An indicator over the referrals of a period; `make` adds what its measure needs."""
    needs = more.pop("needs", "ssd_cin_episodes")

    @indicator(topic="front_door", measure=measure, unit="referrals", needs=needs, source="A test", **more)
    def counted(facts: Facts, when: Periods) -> pl.DataFrame:
        """Something counted

        Referrals of the period.
        """
        held = when.during(facts["ssd_cin_episodes"], "cine_referral_date")
        named = pl.col("cine_person_id").alias("person")
        return make(held.with_columns(named, pl.col("cine_referral_date").alias("day")))

    return counted


def row(given: Answers, **which: object) -> dict[str, object]:
    """The one figure with these values."""
    wanted = {"breakdown": None, "group": None, "period": "2019-20", **which}
    rows = given.figures.filter(
        pl.all_horizontal(pl.col(name).eq_missing(pl.lit(value)) for name, value in wanted.items())
    )
    assert rows.height == 1, rows
    return rows.row(0, named=True)


def is_late(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns((pl.col("day") > date(2019, 5, 15)).alias("counts"))


def test_a_number_is_what_was_counted_and_a_rate_beside_it() -> None:
    given = answer(facts(), YEARS, [defined("number")])
    assert given.figures.columns == list(FIGURES)
    number, rate = row(given, measure="number"), row(given, measure="rate")
    assert (number["value"], number["numerator"], number["low"]) == (4, 4, None)
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (40, 4, 1000)
    assert rate["low"] < 40 < rate["high"]
    assert row(given, measure="number", period="2018-19")["value"] == 1


def test_a_rate_without_a_population_says_what_to_give() -> None:
    without = Facts(facts().dataset, facts().sources, "E1")
    rate = row(answer(without, YEARS, [defined("number")]), measure="rate")
    assert (rate["value"], rate["state"]) == (None, "not_held")
    assert "Give a file of child populations" in str(rate["why_not"])


def test_a_share_counts_those_that_count_out_of_all() -> None:
    share = row(answer(facts(), YEARS, [defined("share", is_late, out_of="referrals")]), measure="share")
    assert (share["value"], share["numerator"], share["denominator"]) == (75, 3, 4)
    assert 0 < share["low"] < 75 < share["high"] < 100


def is_late_if_told(rows: pl.DataFrame) -> pl.DataFrame:
    return is_late(rows).with_columns(pl.when(pl.col("person") != "girl").then("counts").alias("counts"))


def test_what_is_not_told_is_no_no_and_leaves_the_share() -> None:
    given = answer(facts(), YEARS, [defined("share", is_late_if_told, out_of="referrals", gives_number=True)])
    share, number = row(given, measure="share"), row(given, measure="number")
    assert (share["value"], share["numerator"], share["denominator"]) == (100, 2, 2)
    assert (number["value"], number["denominator"]) == (2, None)
    assert "girl" not in given.children("counted", "2019-20")


@pytest.mark.parametrize("measure", ["share", "median", "mean"])
def test_what_is_told_of_nobody_is_not_held(measure: str) -> None:
    blank = [pl.lit(None, dtype=pl.Boolean).alias("counts"), pl.lit(None, dtype=pl.Float64).alias("value")]
    given = answer(facts(), YEARS, [defined(measure, lambda rows: rows.with_columns(blank), out_of="all")])
    figure = row(given, measure=measure)
    assert (figure["value"], figure["state"]) == (None, "not_held")
    assert "left blank for every one" in str(figure["why_not"])


def test_an_indicator_may_say_itself_why_a_period_cannot_be_told() -> None:
    def only_later_years(facts: Facts, period: Period) -> str | None:
        return None if period.first >= date(2019, 4, 1) else "Asked since 2019 only."

    given = answer(facts(), YEARS, [defined("number", why_not=only_later_years)])
    assert row(given, measure="number")["state"] == "held"
    before = row(given, measure="number", period="2018-19")
    assert (before["value"], before["why_not"]) == (None, "Asked since 2019 only.")


def test_either_of_two_needs_is_enough() -> None:
    either = defined("number", needs="ssd_contacts|ssd_cin_episodes")
    neither = defined("number", needs="ssd_contacts|ssd_cp_plans")
    assert row(answer(facts(), YEARS, [either]), measure="number")["state"] == "held"
    assert row(answer(facts(), YEARS, [neither]), measure="number")["why_not"] == (
        "This extract holds no contacts."
    )


def test_nothing_to_count_is_neither_none_nor_not_held() -> None:
    nobody = defined("share", lambda rows: is_late(rows).clear(), out_of="referrals")
    share = row(answer(facts(), YEARS, [nobody]), measure="share")
    assert (share["value"], share["denominator"], share["state"]) == (None, 0, "none_to_count")


def test_a_number_of_nothing_is_none() -> None:
    nobody = defined("number", lambda rows: rows.clear())
    assert row(answer(facts(), YEARS, [nobody]), measure="number")["value"] == 0


def test_a_difference_is_told_as_a_number_and_as_a_share() -> None:
    more = defined("difference", is_late, out_of="referrals")
    given = answer(facts(), YEARS, [more])
    number, share = row(given, measure="number"), row(given, measure="share")
    assert (number["value"], number["numerator"], number["state"]) == (2, None, "held")
    assert (share["numerator"], share["denominator"], share["low"]) == (2, 3, None)
    assert share["value"] == pytest.approx(200 / 3)


def test_a_difference_below_none_has_no_share() -> None:
    def is_early(rows: pl.DataFrame) -> pl.DataFrame:
        return is_late(rows).with_columns(~pl.col("counts"))

    given = answer(facts(), YEARS, [defined("difference", is_early, out_of="referrals")])
    number, share = row(given, measure="number"), row(given, measure="share")
    assert number["value"] == -2
    assert (share["value"], share["numerator"], share["state"]) == (None, None, "none_to_count")
    assert "More was taken away" in str(share["why_not"])


def test_a_breakdown_that_is_told_of_nobody_is_not_held() -> None:
    given = answer(facts(), YEARS, [defined("number", by="team")], ["team"])
    team = row(given, measure="number", breakdown="team")
    assert (team["value"], team["state"]) == (None, "not_held")
    assert team["why_not"] == "What was given does not tell this of any of them: team."


def test_a_median_is_of_the_values() -> None:
    days = defined(
        "median", lambda rows: rows.with_columns(pl.Series("value", range(rows.height)).cast(float))
    )
    median = row(answer(facts(), YEARS, [days]), measure="median")
    assert (median["value"], median["numerator"]) == (2.5, 4)


def test_a_mix_shares_out_what_was_counted() -> None:
    kinds = defined(
        "mix",
        lambda rows: rows.with_columns(pl.col("person").replace({"boy": "one", "girl": "two"}).alias("kind")),
        by="kind",
        kind="Who",
    )
    given = answer(facts(), YEARS, [kinds], ["kind"])
    assert row(given, measure="number")["value"] == 4
    two = row(given, measure="share", breakdown="kind", group="two")
    assert (two["value"], two["numerator"], two["denominator"]) == (50, 2, 4)


def test_a_group_of_a_mix_that_nobody_is_in_is_none_of_all() -> None:
    given = answer(facts(), YEARS, [defined("mix", by="age")], ["age"])
    grown = row(given, measure="share", breakdown="age", group="18 and over")
    assert (grown["value"], grown["numerator"], grown["denominator"], grown["state"]) == (0, 0, 4, "held")


def test_a_mix_is_out_of_different_things_where_one_may_be_of_several_kinds() -> None:
    def twice(rows: pl.DataFrame) -> pl.DataFrame:
        named = rows.with_columns(pl.col("cine_referral_id").alias("item"), pl.lit("all").alias("kind"))
        return pl.concat([named, named.filter(pl.col("person") == "boy").with_columns(kind=pl.lit("boys"))])

    given = answer(facts(), YEARS, [defined("mix", twice, by="kind", kind="Who")], ["kind"])
    assert row(given, measure="number")["value"] == 4
    assert row(given, measure="share", breakdown="kind", group="boys")["value"] == 25


@pytest.mark.parametrize(
    ("group", "value"),
    [("10 to 15", 0), ("5 to 9", 2), ("Under 1", 1), ("Not known", 1), ("Not yet born", 0)],
)
def test_every_group_of_age_is_there_as_of_the_day(group: str, value: int) -> None:
    in_spring = defined(
        "number", lambda rows: rows.with_columns(pl.lit(date(2020, 3, 31)).alias("day")), by="age"
    )
    given = answer(facts(), YEARS, [in_spring], ["age"])
    assert row(given, measure="number", breakdown="age", group=group)["value"] == value


def test_a_rate_of_a_group_needs_the_group_s_population() -> None:
    given = answer(facts(), YEARS, [defined("number")], ["sex"])
    assert row(given, measure="rate", breakdown="sex", group="Girls")["value"] == 50
    assert row(given, measure="rate", breakdown="sex", group="Boys")["state"] == "not_held"


def test_groups_add_up_to_everyone() -> None:
    given = answer(facts(), YEARS, [defined("number", by="age sex ethnicity area")], ["age", "sex"])
    numbers = given.figures.filter((pl.col("measure") == "number") & (pl.col("period") == "2019-20"))
    totals = dict(numbers.group_by("breakdown").agg(pl.col("value").sum()).iter_rows())
    assert totals == {None: 4, "age": 4, "sex": 4}


def test_a_breakdown_that_makes_no_sense_for_an_indicator_has_no_rows_of_it() -> None:
    given = answer(facts(), YEARS, [defined("number", by="age")], ["sex"])
    assert given.figures.filter(pl.col("breakdown") == "sex").height == 0


def test_a_way_to_break_down_that_there_is_not_is_refused() -> None:
    with pytest.raises(NoSuchBreakdown, match="shoe size"):
        answer(facts(), YEARS, [defined("number")], ["shoe size"])


def test_what_is_not_told_has_no_value_in_any_group() -> None:
    untold = defined("number", needs="ssd_contacts")
    given = answer(facts(), YEARS, [untold], ["sex"])
    assert set(given.figures["state"]) == {"not_held"}
    assert given.figures["value"].null_count() == given.figures.height
    assert set(given.figures["why_not"]) == {"This extract holds no contacts."}


RETURNED = Sources(tuple(GivenReturn("cin", year, frozenset({"CINdetails"})) for year in (2019, 2020)))


def test_a_reason_for_an_end_is_not_missed_where_nothing_has_ended() -> None:
    reasons = defined("number", needs="ssd_cin_episodes ssd_cin_episodes.cine_close_reason")
    blank = pl.lit(None, dtype=pl.String).alias("cine_close_reason")
    for closed, state in ((None, "held"), (date(2020, 1, 1), "not_held")):
        episodes = facts()["ssd_cin_episodes"].with_columns(
            blank, pl.lit(closed, dtype=pl.Date).alias("cine_close_date")
        )
        told = Facts(facts().dataset.with_tables({"ssd_cin_episodes": episodes}), RETURNED, "E06000001")
        assert row(answer(told, YEARS, [reasons]), measure="number")["state"] == state


def test_a_column_that_is_blank_in_every_row_tells_nothing() -> None:
    blank = defined("number", needs="ssd_cin_episodes.cine_referral_team")
    assert "holds no teams" in str(row(answer(facts(), YEARS, [blank]), measure="number")["why_not"])


def test_the_children_behind_a_share_are_those_that_count_each_once() -> None:
    late = defined("share", is_late, out_of="referrals")
    given = answer(facts(), YEARS, [late], ["sex"])
    assert given.children(late.id, "2019-20") == ["boy", "girl", "other"]
    assert given.children(late.id, "2019-20", "sex", "Girls") == ["girl"]
    assert given.units(late.id, "2019-20").height == 4


RATIOS = pl.DataFrame(
    [["E1", 2020, "sex", "Girls", 2000, "made up"], ["E1", 2020, "sex", "Boys", 1000, "made up"]],
    schema=POPULATIONS,
    orient="row",
)


def set_against(
    girls: int, boys: int, unknown: int = 0, *, counts: bool = False, given: pl.DataFrame = RATIOS
) -> pl.DataFrame:
    """The figures of boys set against girls, where so many of each were counted."""
    people = [*["girl"] * girls, *["boy"] * boys, *["other"] * unknown]

    def rows(found: pl.DataFrame) -> pl.DataFrame:
        told = {"counts": [at % 2 == 0 for at in range(len(people))]} if counts else {}
        day = [date(2019, 5, 1)] * len(people)
        return pl.DataFrame({"period": [1] * len(people), "person": people, "day": day, **told})

    once = facts()
    asked = Facts(once.dataset, once.sources, "E1", Lookups(populations=given))
    wanted = defined("ratio", rows, by="sex", against="Girls")
    return answer(asked, YEARS, [wanted], ["sex"]).figures.filter(pl.col("period") == "2019-20")


def test_a_ratio_sets_the_rate_of_each_group_against_one() -> None:
    (boys,) = set_against(40, 30).to_dicts()
    assert (boys["group"], boys["value"], boys["numerator"], boys["denominator"]) == ("Boys", 1.5, 30, 1000)
    assert boys["low"] < 1.5 < boys["high"]


def test_a_ratio_of_shares_needs_no_population() -> None:
    (boys,) = set_against(40, 30, counts=True, given=POPULATION.clear()).to_dicts()
    assert (boys["value"], boys["numerator"], boys["denominator"]) == (1.0, 15, 30)


@pytest.mark.parametrize(
    ("girls", "boys", "unknown", "why"),
    [
        (9, 30, 0, "too few children to compare"),
        (40, 9, 0, "too few children to compare"),
        (40, 0, 0, "too few children to compare"),
        (40, 30, 24, "more than a quarter"),
    ],
)
def test_a_ratio_that_would_say_too_much_is_not_told(girls: int, boys: int, unknown: int, why: str) -> None:
    (row,) = set_against(girls, boys, unknown).to_dicts()
    assert (row["value"], row["state"]) == (None, "not_held")
    assert why in row["why_not"]


def test_a_ratio_up_to_a_quarter_unknown_is_told() -> None:
    (row,) = set_against(40, 35, 25).to_dicts()
    assert row["value"] == pytest.approx(1.75)


def test_a_ratio_without_the_groups_populations_says_what_to_give() -> None:
    (row,) = set_against(40, 30, given=POPULATION).to_dicts()
    assert "child populations by group" in row["why_not"]


def test_a_ratio_that_the_source_cannot_tell_says_so_of_everyone() -> None:
    wanted = defined("ratio", needs="ssd_contacts", by="sex", against="Girls")
    given = answer(facts(), YEARS, [wanted], ["sex"])
    assert set(given.figures["why_not"]) == {"This extract holds no contacts."}
    assert row(given, measure="ratio")["state"] == "not_held"


def test_a_fifth_has_the_children_of_its_two_tenths() -> None:
    tenths = [["E1", 2020, "deprivation", str(tenth), tenth * 10, "made up"] for tenth in range(1, 11)]
    given = Lookups(populations=pl.DataFrame(tenths, schema=POPULATIONS, orient="row"))
    assert given.population("E1", 2020, "fifth")["Least deprived fifth"] == 190
    assert Lookups(populations=given.populations[:9]).population("E1", 2020, "fifth") == {}
