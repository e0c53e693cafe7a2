"""What this year's and last year's episodes tell of a young person who left care.

child.is_relevant       whether they make one in the table of care leavers a relevant or former relevant child
child.died_in_care      whether one ended with death (E2); last year's are asked where they are given
"""

import polars as pl

from kith.checks.items import SHORT_BREAKS
from kith.checks.paths import LAST_YEAR
from kith.checks.placed import marked, placed
from kith.checks.views import Views, child_fact
from kith.checks.words import birthday, day_as_number, days_between

THIRTEEN_WEEKS = 91
_DIED = "E2"


@child_fact("is_relevant")
def is_relevant(views: Views) -> pl.Series:
    """Whether the child was looked after for 13 weeks or more since the age of 14, and at 16 or 17.

    Null where no birth date or no episode is known, or the return does not name the child as a care leaver.
    Short breaks (V3, V4) do not count, and an episode that both years tell of counts once, as this year
    tells it.
    Source: Children Act 1989, section 23A and schedule 2, paragraph 19B; SI 2010/959, regulation 40.
    """
    born = views.per_child("Header", views.column("Header", "DOB"), pl.col("value").first()).alias("born")
    dated = born.to_frame().with_columns(day_as_number(pl.col("born")).alias("born.as_number"))
    ages = dated.select("born", fourteen=birthday("born", 14), sixteen=birthday("born", 16))
    leavers = marked(views.child_numbers("OC3").drop_nulls(), views.child_count)
    episodes = _episodes(views, leavers)
    told = (
        pl.concat([episodes, ages[episodes["child"]]], how="horizontal")
        .filter(pl.col("born").is_not_null())
        .with_columns(days=days_between(pl.max_horizontal("DECOM", "fourteen"), "until").clip(lower_bound=0))
        .with_columns(at_sixteen=pl.col("counts") & (pl.col("until") > pl.col("sixteen")))
        .group_by("child")
        .agg((pl.col("days") * pl.col("counts")).sum(), pl.col("at_sixteen").any())
        .select("child", relevant=(pl.col("days") >= THIRTEEN_WEEKS) & pl.col("at_sixteen"))
    )
    return placed(told["child"], told["relevant"], views.child_count)


@child_fact("died_in_care")
def died_in_care(views: Views) -> pl.Series:
    """Whether an episode of the child ended because the child died."""
    died = _has_died(views, "Episodes")
    last_year = f"{LAST_YEAR}.Episodes"
    return died | _has_died(views, last_year) if last_year in views.tables else died


def _has_died(views: Views, table: str) -> pl.Series:
    return views.any_of_child(table, views.column(table, "REC") == _DIED)


def _episodes(views: Views, of: pl.Series) -> pl.DataFrame:
    """Each episode of either year, of the children who are true in `of`: child, first day, the day it ran
    until, and whether it counts as care.
    """
    frames = [_of_year(views, table) for table in ("Episodes", f"{LAST_YEAR}.Episodes")]
    told = pl.concat(frames)
    return (
        told.filter(of[told["child"]] & pl.col("DECOM").is_not_null())
        .unique(["child", "DECOM"], keep="first", maintain_order=True)
        .select(
            "child",
            "DECOM",
            until=pl.col("DEC").fill_null(views.collection.end),
            counts=~pl.col("LS").is_in(SHORT_BREAKS.split()).fill_null(False),
        )
    )


def _of_year(views: Views, table: str) -> pl.DataFrame:
    columns = {name: views.column(table, name) for name in ("DECOM", "DEC", "LS")}
    return pl.DataFrame({"child": views.child_numbers(table)} | columns)
