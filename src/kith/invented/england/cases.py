"""Referrals of an invented authority in 2019-20, the cases that they open, and their assessments."""

from collections.abc import Mapping

import polars as pl

from kith.invented.england.days import LAST, as_date
from kith.invented.england.ranks import Pool, chance, one_of, upto

_AGAIN_FROM = 245  # a child who is referred twice is referred again from December on
_NEEDS = ["N1"] * 11 + ["N2", "N3", "N4", "N4", "N5", "N5", "N6", "N7", "N8"]
_SOURCES = ["1A", "1B", "2A", "2B", "3A", "3B", "4", "5B", "6", "6", "6", "7", "8", "9", "10"]
_LONGEST = 30  # days that an assessment of a case carried over takes
_EVERY = 55  # days from one assessment of such a case to the next
_ROUNDS = LAST // _EVERY
OF_THE_YEAR = ("no_further", "not_in_need", "opened_and_closed", "opened")
CARRIED = ("carried_and_closed", "carried", "carried_not_in_need")


def cases_of(counts: Mapping[str, int], code: str, before: int, all_cases: int, seed: int) -> pl.DataFrame:
    """A row for each referral: `kind`, `person`, `referral`, `referred` and `closed` (days), `number` and
    more.

    A child referred twice has the first of an authority's rows and the last of those of the year; one of the
    year before stands by itself, of the kind "the_year_before".
    """
    kinds = [(kind, counts[kind]) for kind in (*OF_THE_YEAR, *CARRIED)]
    year = sum(counts[kind] for kind in OF_THE_YEAR)
    twice = counts["referred_twice"]
    rows = (
        Pool(sum(count for _, count in kinds), before, all_cases)
        .frame()
        .with_columns(
            pl.concat([pl.repeat(kind, count, eager=True) for kind, count in kinds]).alias("kind"),
            (pl.col("number") - before).alias("at"),
        )
    )
    is_second = (pl.col("at") >= year - twice) & (pl.col("at") < year)
    whose = pl.when(is_second).then(pl.col("at") - (year - twice)).otherwise("at")
    rows = rows.with_columns(
        (pl.lit(f"{code}N") + whose.cast(pl.String)).alias("person"),
        (pl.lit(f"{code}R") + pl.col("at").cast(pl.String)).alias("referral"),
        (pl.col("at") < twice).alias("is_first_of_two"),
        is_second.alias("is_second"),
    )
    dated = rows.with_columns(_referred(seed).alias("referred")).with_columns(_closed(seed).alias("closed"))
    return pl.concat([dated, _year_before(dated, twice, counts["referred_the_year_before"], seed)])


def _referred(seed: int) -> pl.Expr:
    def within(first_of_two: int, once: int, second: int) -> pl.Expr:
        return (
            pl.when("is_first_of_two")
            .then(upto(first_of_two, 0, seed))
            .when("is_second")
            .then(upto(second, 0, seed) + _AGAIN_FROM)
            .otherwise(upto(once, 0, seed))
        )

    long_ago = (chance(0, seed) ** 2 * 2500).floor().cast(pl.Int64)
    return (
        pl.when(pl.col("kind") == "no_further")
        .then(within(180, 350, 90))
        .when(pl.col("kind") == "not_in_need")
        .then(within(180, 310, 65))
        .when(pl.col("kind") == "opened_and_closed")
        .then(within(180, 300, 75))
        .when(pl.col("kind") == "opened")
        .then(within(180, 344, 90))
        .when(pl.col("kind") == "carried_not_in_need")
        .then(-1 - upto(60, 0, seed))
        .otherwise(-1 - long_ago)
    )


def _closed(seed: int) -> pl.Expr:
    referred = pl.col("referred")
    return (
        pl.when(pl.col("kind") == "no_further")
        .then(referred)
        .when(pl.col("kind") == "not_in_need")
        .then(referred + 8 + upto(32, 1, seed))
        .when((pl.col("kind") == "opened_and_closed") & pl.col("is_first_of_two"))
        .then(referred + 30 + upto(30, 1, seed))
        .when(pl.col("kind") == "opened_and_closed")
        .then(referred + 30 + upto(LAST + 1 - 30 - referred, 1, seed))
        .when(pl.col("kind") == "carried_and_closed")
        .then(30 + upto(LAST + 1 - 30, 1, seed))
        .when(pl.col("kind") == "carried_not_in_need")
        .then(upto(40, 1, seed))
    )


def _year_before(rows: pl.DataFrame, twice: int, count: int, seed: int) -> pl.DataFrame:
    """A referral of the year before, closed at once, for `count` children who are referred once in it."""
    own = rows.slice(twice, count)
    day = pl.col("referred") - 364 + upto(364 - pl.col("referred"), 2, seed)
    return own.with_columns(
        pl.lit("the_year_before").alias("kind"),
        (pl.col("referral") + "B").alias("referral"),
        day.alias("referred"),
        day.alias("closed"),
    )


def episodes(cases: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The cases as rows of `ssd_cin_episodes`."""
    is_stopped = pl.col("kind").is_in(["no_further", "the_year_before"])
    is_not_in_need = pl.col("kind").is_in(["not_in_need", "carried_not_in_need"]) | is_stopped
    why = pl.when(is_not_in_need).then(pl.lit("RC8")).otherwise(one_of(["RC1", "RC2", "RC6", "RC7"], 5, seed))
    return cases.select(
        pl.col("referral").alias("cine_referral_id"),
        pl.col("person").alias("cine_person_id"),
        as_date("referred").alias("cine_referral_date"),
        one_of(_NEEDS, 3, seed).alias("cine_cin_primary_need_code"),
        one_of(_SOURCES, 4, seed).alias("cine_referral_source_code"),
        pl.when(is_stopped).then(pl.lit("Y")).otherwise(pl.lit("N")).alias("cine_referral_nfa"),
        pl.when(pl.col("closed").is_not_null()).then(why).alias("cine_close_reason"),
        as_date("closed").alias("cine_close_date"),
    )


def assessments(cases: pl.DataFrame, count: int, seed: int) -> pl.DataFrame:
    """As many assessments, finished in the year, as rows of `ssd_cin_assessments`.

    One for each new case and each carried over; where there are more than cases, those carried over and still
    open have another every 55 days.
    """
    once = cases.filter(~pl.col("kind").is_in(["no_further", "carried", "the_year_before"]))
    order = pl.col("kind").replace_strict(
        {
            "not_in_need": 0,
            "opened_and_closed": 1,
            "opened": 2,
            "carried_not_in_need": 3,
            "carried_and_closed": 4,
        }
    )
    closed = pl.col("closed").fill_null(LAST)
    begun = pl.when(pl.col("kind") == "carried_and_closed").then(closed - _LONGEST).otherwise("referred")
    finished = pl.when(pl.col("kind").is_in(["opened_and_closed", "opened"]))
    first = (
        once.sort(order, maintain_order=True)
        .head(count)
        .with_columns(
            begun.alias("start"),
            finished.then(pl.min_horizontal(pl.col("referred") + 15 + upto(45, 2, seed), closed))
            .otherwise(closed)
            .alias("end"),
        )
    )
    return pl.concat(
        [first, _of_carried(cases.filter(pl.col("kind") == "carried"), count - first.height, seed)]
    ).select(
        (pl.col("referral") + "A" + pl.col("start").cast(pl.String)).alias("cina_assessment_id"),
        pl.col("person").alias("cina_person_id"),
        pl.col("referral").alias("cina_referral_id"),
        as_date("start").alias("cina_assessment_start_date"),
        as_date("end").alias("cina_assessment_auth_date"),
    )


def _of_carried(cases: pl.DataFrame, count: int, seed: int) -> pl.DataFrame:
    rounds = pl.DataFrame({"round": range(_ROUNDS)}, schema={"round": pl.Int64})
    start = (upto(_ROUNDS * _EVERY, 6, seed) + pl.col("round") * _EVERY) % (_ROUNDS * _EVERY)
    return (
        rounds.join(cases, how="cross", maintain_order="left_right")
        .head(count)
        .with_columns(start.alias("start"), (start + _LONGEST).alias("end"))
        .drop("round")
    )
