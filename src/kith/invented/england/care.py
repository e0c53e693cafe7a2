"""Children in care in an invented authority in 2019-20: who they are, and when they came and left."""

from dataclasses import replace

import polars as pl

from kith.invented.england.care_margins import BANDS, Care
from kith.invented.england.days import A_YEAR, FIRST, LAST, as_date, as_number
from kith.invented.england.ranks import Pool, by_rank, chance, ranked, upto

_LONGEST = 4000  # days; nobody who stayed has been in care for longer
_EIGHTEEN = 18
_FIFTEEN = 5500  # days: who goes to custody is this old at least
_LEAP_DAY = 334  # of the year: nobody leaves on it, for nobody was born on one 18 years before


def with_the_mean(care: Care, seed: int) -> Care:
    """The same, with the time in care of children who left so long that its mean is the published one."""
    all_left = {
        kind: care.totals[kind] for kind in ("left_and_came", "came_left_came", "came_and_left", "left")
    }
    frames = [spells_of(kind, Pool(count, 0, count), care, seed) for kind, count in all_left.items()]
    lasted = sum(int((frame["end"] - frame["start"]).sum()) for frame in frames)
    scaled = sum(frames[-1].select(_shape(care, seed)).to_series().to_list())
    missing = (
        care.mean_days * sum(all_left.values()) - lasted + all_left["left"] / 2
    )  # days are cut to whole ones
    return replace(care, longest=float(missing / scaled))


def spells_of(kind: str, pool: Pool, care: Care, seed: int) -> pl.DataFrame:
    """A row for each time in care of the children of a kind, their last one last: `number`, `rank` (by age),
    `band`, `start`, `end`, `why`, `born`, `is_alone` and `is_agreed`, in days.
    """
    rows = pool.frame().with_columns(
        ranked(pl.col("number"), pool.all, 1).alias("rank"), pl.lit(kind).alias("kind")
    )
    return {
        "stayed": _stayed,
        "came": _came,
        "came_left_came": _came_again,
        "left_and_came": _left_and_came,
        "came_and_left": _came_and_left,
        "left": _left,
    }[kind](rows, care, seed)


COLUMNS = ("number", "kind", "rank", "band", "start", "end", "why", "born", "is_alone", "is_agreed")


def _finished(rows: pl.DataFrame) -> pl.DataFrame:
    defaults = {"end": pl.Int64(), "why": pl.String(), "is_alone": pl.Boolean(), "is_agreed": pl.Boolean()}
    absent = [
        pl.lit(None, dtype=kind).alias(name) for name, kind in defaults.items() if name not in rows.columns
    ]
    return (
        rows.with_columns(absent)
        .with_columns(pl.col("is_alone", "is_agreed").fill_null(False))
        .select(*COLUMNS)
    )


def _stayed(rows: pl.DataFrame, care: Care, seed: int) -> pl.DataFrame:
    banded = rows.with_columns(
        by_rank(pl.col("rank"), care.ages.stayed).alias("band"),
        (pl.col("rank") >= care.totals["stayed"] - care.alone["stayed"]).alias("is_alone"),
    )
    least, most = _limits()
    old = least * A_YEAR + 2 + chance(2, seed) * ((most + 1 - least) * A_YEAR - 4)
    born = banded.with_columns((LAST - old.floor().cast(pl.Int64)).alias("born"))
    longest = (
        pl.when("is_alone").then(600).otherwise(pl.min_horizontal(-1 - pl.col("born"), pl.lit(_LONGEST)))
    )
    return _finished(born.with_columns((-1 - upto(longest, 3, seed)).alias("start")))


def _limits() -> tuple[pl.Expr, pl.Expr]:
    """The youngest and oldest age of the row's band."""
    return tuple(  # type: ignore[return-value]
        pl.col("band").replace_strict(
            {name: pair[at] for name, pair in BANDS.items()}, default=0, return_dtype=pl.Int64
        )
        for at in (0, 1)
    )


def _came(rows: pl.DataFrame, care: Care, seed: int) -> pl.DataFrame:
    return _finished(_new(rows, care, 0, seed))


def _came_again(rows: pl.DataFrame, care: Care, seed: int) -> pl.DataFrame:
    """Two times in care for each child, the second of which goes on."""
    second = _new(rows, care, care.totals["came"], seed)
    first = second.with_columns(
        pl.col("first_start").alias("start"),
        (pl.col("first_start") + 20 + upto(60, 5, seed)).alias("end"),
        pl.lit("E4A").alias("why"),
    )
    return pl.concat([_finished(first), _finished(second)])


def _new(rows: pl.DataFrame, care: Care, before: int, seed: int) -> pl.DataFrame:
    """Children who came in the year and are in care on its last day; `before` of them are of the kind that
    came once.
    """
    count = care.totals["came"] + care.totals["came_left_came"]
    rank = ranked(pl.col("number") + before, count, 1)
    younger = count - care.alone["came"]
    own = rows.with_columns(rank.alias("rank")).with_columns(
        by_rank(pl.col("rank"), care.ages.came).alias("band"),
        (pl.col("rank") >= younger).alias("is_alone"),
    )
    own = own.with_columns(_agreed(younger, care.agreed["came"] - care.alone["came"]).alias("is_agreed"))
    is_again = pl.col("kind") == "came_left_came"
    turned = pl.col("band") == "turned_1"
    start = (
        pl.when(is_again)
        .then(220 + upto(130, 3, seed))
        .when(turned)
        .then(upto(180, 3, seed))
        .otherwise(upto(360, 3, seed))
    )
    own = own.with_columns(start.alias("start"), upto(120, 4, seed).alias("first_start"))
    since = pl.when(is_again).then("first_start").otherwise("start")
    least, most = _limits()
    earliest = (LAST - (most + 1) * A_YEAR + 3).ceil().cast(pl.Int64)
    latest = (pl.col("start") - least * A_YEAR - 3).floor().cast(pl.Int64)
    born = (
        pl.when(pl.col("band") == "under_1")
        .then(upto(since + 1, 2, seed))
        .when(turned & is_again)
        .then(-1 - upto(10, 2, seed))
        .when(turned)
        .then(-1 - upto(150, 2, seed))
        .otherwise(earliest + upto(latest - earliest, 2, seed))
    )
    return own.with_columns(born.alias("born"))


def _agreed(younger: int, agreed: int) -> pl.Expr:
    """Whether care began by agreement: of all who came alone, and of `agreed` of the ranks before them."""
    return (pl.col("rank") >= younger) | (ranked(pl.col("rank"), max(younger, 1), 4) < agreed)


def _left_and_came(rows: pl.DataFrame, care: Care, seed: int) -> pl.DataFrame:
    """Two times in care for each child: the first from before the year, the second of which goes on."""
    own = rows.with_columns(by_rank(pl.col("rank"), care.ages.came_again).alias("band"))
    least, most = _limits()
    second = own.with_columns((200 + upto(150, 3, seed)).alias("start"))
    earliest = (LAST - (most + 1) * A_YEAR + 3).ceil().cast(pl.Int64)
    latest = (pl.col("start") - least * A_YEAR - 3).floor().cast(pl.Int64).clip(None, FIRST - 90)
    second = second.with_columns(
        (earliest + upto(latest - earliest, 2, seed)).alias("born"),
        (ranked(pl.col("rank"), care.totals["left_and_came"], 4) < care.agreed["left_and_came"]).alias(
            "is_agreed"
        ),
    )
    first = second.with_columns(
        (-1 - upto(60, 4, seed)).alias("start"),
        (20 + upto(120, 5, seed)).alias("end"),
        pl.lit("E4A").alias("why"),
    )
    return pl.concat([_finished(first), _finished(second)])


def _came_and_left(rows: pl.DataFrame, care: Care, seed: int) -> pl.DataFrame:
    younger = care.totals["came_and_left"] - care.alone["came_and_left"]
    own = rows.with_columns(
        by_rank(pl.col("rank"), care.ages.came_and_left).alias("band"),
        by_rank(pl.col("rank"), care.why_left_soon).alias("why"),
        (pl.col("rank") >= younger).alias("is_alone"),
        _agreed(younger, care.agreed["came_and_left"] - care.alone["came_and_left"]).alias("is_agreed"),
        upto(270, 3, seed).alias("start"),
    ).with_columns((pl.col("start") + 10 + upto(80, 4, seed)).alias("end"))
    least, most = _limits()
    years = (most + 1 - least) * A_YEAR
    aged = least * A_YEAR + 3 + chance(2, seed) * (years - 100)
    born = (
        pl.when(pl.col("band") == "under_1")
        .then(pl.col("start") - upto(270, 2, seed))
        .otherwise(pl.col("start") - aged.floor().cast(pl.Int64))
    )
    return _finished(own.with_columns(born.alias("born")))


def _shape(care: Care, seed: int) -> pl.Expr:
    """How long the time in care before the year was of who left, in parts of the longest."""
    is_adopted = by_rank(pl.col("rank"), care.why_left) == "E12"
    return pl.when(is_adopted).then(0.08 + 0.15 * chance(4, seed)).otherwise(chance(4, seed) ** 3)


def _left(rows: pl.DataFrame, care: Care, seed: int) -> pl.DataFrame:
    end = 1 + upto(LAST, 3, seed)
    at_18 = pl.col("rank") >= care.totals["left"] - care.at_18
    own = rows.with_columns(
        by_rank(pl.col("rank"), care.why_left).alias("why"),
        pl.lit("").alias("band"),
        pl.when(end == _LEAP_DAY).then(_LEAP_DAY - 1).otherwise(end).alias("end"),
    )
    before = (_shape(care, seed) * care.longest).floor().cast(pl.Int64)
    own = own.with_columns((-1 - before).alias("start"))
    room = (_EIGHTEEN * A_YEAR - 5 - (pl.col("end") - pl.col("start"))).floor().cast(pl.Int64)
    adopted = pl.min_horizontal(room, pl.lit(200))
    spare = pl.when(pl.col("why") == "E12").then(adopted).otherwise(room - 1)
    younger = pl.col("start") - 1 - upto(spare, 2, seed)
    born = (
        pl.when(at_18)
        .then(_eighteen_before(pl.col("end")))
        .when(pl.col("why") == "E9")
        .then(pl.col("end") - _FIFTEEN - upto(1000, 2, seed))
        .otherwise(younger)
    )
    return _finished(own.with_columns(born.alias("born")))


def _eighteen_before(end: pl.Expr) -> pl.Expr:
    """The numbered day 18 years before `end`."""
    return as_number(as_date(end).dt.offset_by("-18y"))
