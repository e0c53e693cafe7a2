"""Care leavers of an invented authority in 2019-20, aged 19 to 21."""

from collections.abc import Mapping

import polars as pl

from kith.invented.england.days import A_YEAR, LAST, as_date, as_number
from kith.invented.england.ranks import Pool, one_of, ranked, upto

_YOUNGEST, _AGES = 19, 3
_IN_CARE_FOR = 1100  # days


def leavers_of(counts: Mapping[str, int], code: str, pool: Pool, seed: int) -> pl.DataFrame:
    """A row for each: `person`, `born` (day), `in_touch`, `activity`, `accommodation`, `could_stay`.

    Those who could have stayed with their foster carers at 18 are 19 or 20.
    """
    rows = pool.frame().with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("at"))
    could, stayed = counts["could_stay"], counts["stayed_put"]
    age = pl.when(pl.col("at") < could).then(pl.col("at") % 2).otherwise(pl.col("at") % _AGES) + _YOUNGEST
    days = (age * A_YEAR + 3 + upto(358, 2, seed)).floor().cast(pl.Int64)
    count = max(1, pool.count)
    work, home, touch = (ranked(pl.col("at"), count, way) for way in (3, 0, 5))
    neither = counts["working"] + counts["not_working"]
    no = counts["in_touch"] + counts["not_in_touch"]
    suitable = pl.when(home < counts["suitable"]).then(pl.lit("1")).otherwise(pl.lit("2"))
    place = (
        pl.when(pl.col("at") < stayed)
        .then(pl.lit("Z"))
        .otherwise(one_of(["U", "U", "D", "B", "K", "E"], 6, seed))
    )
    return rows.select(
        (pl.lit(f"{code}L") + pl.col("at").cast(pl.String)).alias("person"),
        "number",
        _but_for_a_leap_day(LAST - days).alias("born"),
        pl.when(touch < counts["in_touch"])
        .then(pl.lit("YES"))
        .when(touch < no)
        .then(pl.lit("NO"))
        .otherwise(pl.lit("REFU"))
        .alias("in_touch"),
        pl.when(work < counts["working"])
        .then(one_of(["F1", "F2", "F4", "F5", "F5", "P5"], 7, seed))
        .when(work < neither)
        .then(one_of(["G4", "G5", "G5", "G6"], 8, seed))
        .alias("activity"),
        (place + suitable).alias("accommodation"),
        (pl.col("at") < could).alias("could_stay"),
    )


def _but_for_a_leap_day(born: pl.Expr) -> pl.Expr:
    """The day, or the one before where it is 29 February, for that is no birthday in other years."""
    told = as_date(born).dt
    return born - ((told.month() == 2) & (told.day() == 29)).cast(pl.Int64)


def spells_of_leavers(leavers: pl.DataFrame) -> pl.DataFrame:
    """The time in care of those who could have stayed with foster carers, until their 18th birthday."""
    eighteen = as_number(as_date("born").dt.offset_by("18y"))
    return leavers.filter("could_stay").select(
        "person", "number", "born", (eighteen - _IN_CARE_FOR).alias("start"), eighteen.alias("end")
    )
