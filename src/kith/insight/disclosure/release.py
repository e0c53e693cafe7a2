"""Figures as an audience is given them: rounded, with small counts and what would give them away kept back.

Which cells are kept back is decided on all that the audience is given together, page, report and workbook, so
that they agree to the cell; each of them then takes its rows of the one `Released`. Everything else that is
told (shares, rates, ranges, places on a funnel or chart) is worked out from the rounded counts alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from kith.insight.disclosure.audience import Audience, audience_called
from kith.insight.disclosure.counts import (
    CELL,
    OUT_OF,
    Count,
    Key,
    cells_not_shown,
    count_name,
    counts_of,
)
from kith.insight.disclosure.fixed_periods import (
    CannotBeProtected,
    refuse_other_breakdowns,
    refuse_other_periods,
)
from kith.insight.disclosure.layout import Layout
from kith.insight.disclosure.links import Web as Counts
from kith.insight.disclosure.links import web_of
from kith.insight.disclosure.protecting import protect
from kith.insight.disclosure.sums import Sum, declared_sums

KEPT_BACK = "c"
PER = {"share": 100, "rate": 10_000, "ratio": 1}
_FEW = "Too few to show, or it would give away a number that is."
_FEW_TO_TELL_OF = "Too few to tell this of."
_NOT_FROM_ROUNDED = "Not given, for it cannot be worked out from rounded numbers."

Ranges = Mapping[str, Callable[[str, str], pl.Expr]]


@dataclass(frozen=True)
class Web:
    """How the counts that were given hang together, without a single number: what an attacker may know.

    `counts` are each count's keys (several names may be one count), its layout, and which breakdowns add up
    to everyone; `links` name counts by position, each with its sign.
    """

    counts: tuple[tuple[tuple[Key, ...], Layout, frozenset[str]], ...]
    links: tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True)
class Released:
    """What an audience is given.

    `figures` has the columns of figures, with `marker` ("c" where the value is kept back, "" otherwise) and
    `rounded`. Its counts are as shown, and null where kept back. Rows are in order of their names, never of
    their numbers. `words` say what was done, `web` how the counts hang together.
    """

    figures: pl.DataFrame
    audience: Audience
    words: str
    web: Web


def release(
    figures: pl.DataFrame,
    audience: str,
    *,
    as_of: date | None = None,
    sums: Iterable[Sum] | None = None,
    ranges: Ranges | None = None,
) -> Released:
    """`figures` as `audience` is given them.

    Give all that the audience is given of a record at once, so that no two parts of it can be compared.
    `as_of` is the day as of which the record was read; only who is shown exact figures may leave it out.
    `sums` are those between indicators, otherwise the declared ones. `ranges` makes the 95 % ranges: for
    "share" and "rate" a function of the columns' names that gives a struct with `low` and `high`; without it
    there are none. Raises NoSuchAudience, NotForThisAudience.
    """
    who = audience_called(audience, as_of or date.max)
    if who.is_exact:
        told = figures.with_columns(marker=pl.lit(""), rounded=pl.lit(False))
        return Released(told, who, "Every number is exact.", Web((), ()))
    refuse_other_breakdowns(figures, who)
    refuse_other_periods(figures, who, as_of)
    web, left_out = _protected(figures, declared_sums() if sums is None else tuple(sums), who)
    is_left_out = pl.col("indicator").is_in(left_out)
    told = _told(figures.filter(~is_left_out), cells_not_shown(web.counts), who, ranges or {})
    told = pl.concat([told, _kept_back_whole(figures.filter(is_left_out), told)])
    order = ["authority", "indicator", "measure", "first", "last", "breakdown", "group"]
    told = told.sort(order, nulls_last=False)
    return Released(told, who, what_was_done(who), _without_numbers(web.counts, web.links))


def _protected(figures: pl.DataFrame, sums: Iterable[Sum], who: Audience) -> tuple[Counts, list[str]]:
    """The counts with what has to be kept back, and the indicators that are left out whole because a small
    number of theirs could be worked out however little of them were shown.
    """
    left_out: list[str] = []
    while True:
        asked = figures.filter(~pl.col("indicator").is_in(left_out))
        web = web_of(counts_of(asked, who), sums, who)
        try:
            protect(web, who)
        except CannotBeProtected as refusal:
            left_out.append(refusal.indicator)
        else:
            return web, left_out


def _kept_back_whole(figures: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Rows of which nothing is shown; what was not held stays so, with its reason."""
    untold = pl.col("state") == "not_held"
    nothing = {
        name: pl.lit(None, dtype=told.schema[name])
        for name in ("value", "numerator", "denominator", "low", "high")
    }
    return figures.with_columns(
        **nothing,
        state=pl.when(untold).then("state").otherwise(pl.lit("held")),
        why_not=pl.when(untold).then("why_not").otherwise(pl.lit(_FEW)),
        marker=pl.when(untold).then(pl.lit("")).otherwise(pl.lit(KEPT_BACK)),
        rounded=~untold,
    ).select(told.columns)


def what_was_done(audience: Audience) -> str:
    """What a reader is told of numbers that are not exact, in a few sentences."""
    few = f"0 to {audience.smallest_shown - 1}"
    return (
        f"Numbers are rounded to the nearest {audience.round_to}. {few} is shown as c, so that none cannot "
        "be told from a few, and a larger number is shown as c too where it would give a small one away. "
        "Shares, rates and ranges are worked out from the rounded numbers, so they may not add up. "
        f"A share needs {audience.smallest_out_of} to be out of, and a median or mean "
        f"{audience.smallest_values} values."
    )


def _told(
    figures: pl.DataFrame,
    hidden: Iterable[tuple[Key, tuple[str | None, str | None]]],
    who: Audience,
    ranges: Ranges,
) -> pl.DataFrame:
    columns = figures.columns
    gone = _gone(hidden)
    rows = figures.with_columns(count=count_name("measure"), count_out_of=pl.col("indicator") + OUT_OF)
    rows = rows.join(gone.rename({"gone": "n_gone"}), on=CELL, how="left", nulls_equal=True)
    right = ["count_out_of" if name == "count" else name for name in CELL]
    rows = rows.join(
        gone.rename({"gone": "d_gone"}), left_on=right, right_on=CELL, how="left", nulls_equal=True
    )
    is_share = pl.col("measure").is_in(["share", "ratio"])
    is_quotient = pl.col("measure") == "ratio"
    as_it_was = (pl.col("value") - pl.col("numerator") / pl.col("denominator")).abs() < 1e-9
    rows = rows.with_columns(
        odd=is_quotient & ~as_it_was.fill_null(True),
        numerator=_shown("numerator", "n_gone", who),
        denominator=pl.when(is_share)
        .then(_shown("denominator", "d_gone", who))
        .otherwise(pl.col("denominator")),
    )
    rows = rows.with_columns(why=_why_kept_back(who)).with_columns(
        value=_value(who), low=pl.lit(None, dtype=pl.Float64), high=pl.lit(None, dtype=pl.Float64)
    )
    rows = _with_ranges(rows, ranges, who)
    kept = pl.col("why").is_not_null()
    rows = rows.with_columns(
        state=pl.when(kept).then(pl.lit("held")).otherwise("state"),
        why_not=pl.when(kept).then("why").otherwise("why_not"),
        marker=pl.when(kept).then(pl.lit(KEPT_BACK)).otherwise(pl.lit("")),
        rounded=pl.col("state") != "not_held",
    )
    return rows.select(*columns, "marker", "rounded")


def _gone(hidden: Iterable[tuple[Key, tuple[str | None, str | None]]]) -> pl.DataFrame:
    rows = [(key.authority, key.first, key.last, key.count, *cell) for key, cell in hidden]
    schema = dict.fromkeys(CELL, pl.String()) | {"first": pl.Date(), "last": pl.Date()}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(gone=pl.lit(True))


def _shown(column: str, gone: str, who: Audience) -> pl.Expr:
    half = who.round_to // 2
    return pl.when(pl.col(gone).is_null()).then((pl.col(column) + half) // who.round_to * who.round_to)


def _why_kept_back(who: Audience) -> pl.Expr:
    """Why the value is kept back, by what is shown alone; null where it is not, or is not held."""
    measure, is_share = pl.col("measure"), pl.col("measure").is_in(["share", "ratio"])
    average = measure.is_in(["median", "mean"])
    return (
        pl.when(pl.col("state") == "not_held")
        .then(pl.lit(None, dtype=pl.String))
        .when(pl.col("numerator").is_null() | (is_share & pl.col("denominator").is_null()))
        .then(pl.lit(_FEW))
        .when(pl.col("odd"))
        .then(pl.lit(_NOT_FROM_ROUNDED))
        .when(average & (pl.col("numerator") < who.smallest_values) & (pl.col("numerator") > 0))
        .then(pl.lit(_FEW_TO_TELL_OF))
        .when(is_share & (pl.col("denominator") < who.smallest_out_of) & (pl.col("denominator") > 0))
        .then(pl.lit(_FEW_TO_TELL_OF))
    )


def _value(who: Audience) -> pl.Expr:
    """The value, from what is shown: a quotient of the rounded counts, or an average rounded itself."""
    measure, numerator = pl.col("measure"), pl.col("numerator")
    out_of = pl.when(pl.col("denominator") > 0).then(pl.col("denominator"))
    per = measure.replace_strict(PER, default=None, return_dtype=pl.Int64)
    quotient = (numerator / out_of * per).round(who.decimals)
    ratio = (numerator / out_of).round(who.decimals + 1)
    value = (
        pl.when(measure == "number")
        .then(numerator.cast(pl.Float64))
        .when(measure == "ratio")
        .then(ratio)
        .when(measure.is_in(["share", "rate"]))
        .then(quotient)
        .when(measure.is_in(["median", "mean"]))
        .then(pl.col("value").round(who.decimals))
    )
    return pl.when(pl.col("why").is_null() & (pl.col("state") == "held")).then(value)


def _with_ranges(rows: pl.DataFrame, ranges: Ranges, who: Audience) -> pl.DataFrame:
    for measure, range_of in ranges.items():
        made = range_of("numerator", "denominator")
        is_told = (pl.col("measure") == measure) & pl.col("value").is_not_null()
        rows = rows.with_columns(
            pl.when(is_told).then(made.struct.field(end).round(who.decimals)).otherwise(end).alias(end)
            for end in ("low", "high")
        )
    return rows


def _without_numbers(counts: list[Count], links: Iterable[tuple[tuple[Count, int], ...]]) -> Web:
    at = {count: number for number, count in enumerate(counts)}
    told = tuple(
        (
            (count.key, *count.also),
            count.layout,
            frozenset(name for name, _, end in count.layout.breakdowns if count.true[end - 1] == 0),
        )
        for count in counts
    )
    return Web(told, tuple(tuple((at[count], sign) for count, sign in link) for link in links))
