"""What this year's and last year's episodes tell of a young person who left care.

child.is_relevant       whether they make one in the table of care leavers a relevant or former relevant child
child.died_in_care      whether one ended with death (E2); last year's are asked where they are given
"""

import polars as pl

from kith.checks.paths import LAST_YEAR
from kith.checks.placed import marked, placed
from kith.checks.views import Views, child_fact
from kith.checks.words import days_between

THIRTEEN_WEEKS = 91
FOURTEEN, SIXTEEN = "Header.DOB.turns_14", "Header.DOB.turns_16"
_DIED = "E2"


@child_fact("is_relevant")
def is_relevant(views: Views) -> pl.Series:
    """Whether the child was looked after for 13 weeks or more since the age of 14, and at 16 or 17.

    Null where no birth date or no episode is known, or the return does not name the child as a care leaver.
    Short breaks (V3, V4) do not count, and an episode that both years tell of counts once, as this year
    tells it.
    Source: Children Act 1989, section 23A and schedule 2, paragraph 19B; SI 2010/959, regulation 40.
    """
    views.column("Header", "DOB")  # says what is missing, where it is
    told = (
        _episodes(views)
        .group_by("child")
        .agg(_days_of_care().sum().alias("days"), _is_care_after_sixteen().any().alias("at_sixteen"))
        .select("child", relevant=(pl.col("days") >= THIRTEEN_WEEKS) & pl.col("at_sixteen"))
    )
    return placed(told["child"], told["relevant"], views.child_count)


def _days_of_care() -> pl.Expr:
    """The days of an episode since the age of 14, where it counts as care."""
    days = days_between(pl.max_horizontal("DECOM", FOURTEEN), "until").clip(lower_bound=0)
    return days * pl.col("counts")


def _is_care_after_sixteen() -> pl.Expr:
    return pl.col("counts") & (pl.col("until") > pl.col(SIXTEEN))


@child_fact("died_in_care")
def died_in_care(views: Views) -> pl.Series:
    """Whether an episode of the child ended because the child died."""
    died = _has_died(views, "Episodes")
    last_year = f"{LAST_YEAR}.Episodes"
    return died | _has_died(views, last_year) if last_year in views.tables else died


def _has_died(views: Views, table: str) -> pl.Series:
    return views.any_of_child(table, views.column(table, "REC") == _DIED)


def _episodes(views: Views) -> pl.DataFrame:
    """Each episode of either year, of a care leaver whose birth date is known: child, first day, the day it
    ran until, and whether it counts as care, with the birthdays.
    """
    leavers = marked(views.child_numbers("OC3").drop_nulls(), views.child_count)
    told = pl.concat([_of_year(views, table, leavers) for table in ("Episodes", f"{LAST_YEAR}.Episodes")])
    return told.unique(["child", "DECOM"], keep="first", maintain_order=True).select(
        *("child", "DECOM", FOURTEEN, SIXTEEN),
        until=pl.col("DEC").fill_null(views.collection.end),
        counts=~pl.col("is_short_break"),
    )


def _of_year(views: Views, table: str, leavers: pl.Series) -> pl.DataFrame:
    columns = {
        name: views.column(table, name) for name in ("DECOM", "DEC", "is_short_break", FOURTEEN, SIXTEEN)
    }
    children = views.child_numbers(table)
    is_known = leavers[children] & columns["DECOM"].is_not_null() & columns[FOURTEEN].is_not_null()
    return pl.DataFrame({"child": children} | columns).filter(is_known)
