"""Where children in care lived in an invented authority in 2019-20, how far away, and their moves."""

from collections.abc import Mapping

import polars as pl

from kith.invented.england.apportion import balanced, spread
from kith.invented.england.counts_of_care import IN_CARE
from kith.invented.england.days import A_YEAR, LAST
from kith.invented.england.published import Published
from kith.invented.england.ranks import ranked, upto

KIN, ADOPTION, PARENTS, OTHER = "U1", "A3", "P1", "Z1"
HOME_ORDER = (ADOPTION, PARENTS, "U6", KIN, OTHER, "S1", "R2", "K2", "K1", "H5", "P2")
"""Kinds of home in the order of the ages of the children who live there, the youngest first."""
_PROVIDERS = {"PR1": "own_la", "PR2": "other_la", "PR4": "private", "PR5": "voluntary"}
_SETTLED_SHARE, _OLDEST = 68, 16
_TWO_YEARS, _HALF_A_YEAR_MORE = 731, 182  # days up to 31 March 2018, and on to 30 September 2017
_AGE_OFF = 1500  # days by which the order of ages is loosened, so that no kind of home has one age only


def split_homes(published: Published, homes: Mapping[str, list[int]]) -> Mapping[str, list[int]]:
    """Children by code of placement: the kinds of home parted further, as England's are."""
    england = published.england

    def part(whole: list[int], one: str) -> tuple[list[int], list[int]]:
        ones = spread(min(round(england[one]), sum(whole)), whole)
        return ones, [all_of - some for all_of, some in zip(whole, ones, strict=True)]

    kin, others = part(homes["foster"], "cla_placement_foster_relative_or_friend")
    childrens, secure = part(homes["childrens_homes"], "cla_placement_childrens_homes")
    alone, supported = part(homes["independent"], "cla_placement_independent")
    schools, adoption = part(homes["the_rest"], "cla_placement_residential_school")
    return {
        KIN: kin, "U6": others, "K2": childrens, "K1": secure, "P2": alone, "H5": supported,
        "S1": schools, ADOPTION: adoption, PARENTS: homes["parents"], "R2": homes["other_residential"],
        OTHER: homes["other"],
    }  # fmt: skip


def split_providers(published: Published, codes: Mapping[str, list[int]]) -> Mapping[str, list[int]]:
    """Children by provider, of those who live neither with their parents nor in an other place."""
    provided = [
        sum(codes[code][at] for code in codes if code not in (PARENTS, OTHER))
        for at in range(len(codes[KIN]))
    ]
    counts = [published.england[f"cla_provider_{name}"] for name in _PROVIDERS.values()]
    counts.append(sum(provided) - sum(counts))
    shares = [spread(whole, counts) for whole in provided]
    by_code = {code: [share[at] for share in shares] for at, code in enumerate((*_PROVIDERS, "PR3"))}
    return _evened(by_code, [round(count) for count in counts])


def _evened(shares: Mapping[str, list[int]], totals: list[int]) -> Mapping[str, list[int]]:
    """The same with England's totals: what one provider has too many of goes to one that has too few."""
    table = [list(row) for row in zip(*shares.values(), strict=True)]
    none, all_of = [[0] * len(totals) for _ in table], [[sum(row)] * len(totals) for row in table]
    even = balanced(table, none, all_of, totals, "Providers")
    return {code: [row[at] for row in even] for at, code in enumerate(shares)}


def with_homes(spells: pl.DataFrame, counts: Mapping[str, int], seed: int) -> pl.DataFrame:
    """The spells with `home`, the code of the last placement in each, and `provider`."""
    lasting = spells.filter(pl.col("end").is_null())
    by_age = lasting.sort(-pl.col("born") + upto(_AGE_OFF, 6, seed))
    codes = pl.concat([pl.repeat(code, counts[code], eager=True) for code in HOME_ORDER])
    housed = by_age.with_columns(codes.alias("home"))
    is_provided = ~pl.col("home").is_in([PARENTS, OTHER])
    mixed = housed.filter(is_provided).sort(pl.col("number") * 7 % 11, "number", "kind")
    given = pl.concat([pl.repeat(code, counts[code], eager=True) for code in (*_PROVIDERS, "PR3")])
    own = pl.concat(
        [
            mixed.with_columns(given.alias("provider")),
            housed.filter(~is_provided).with_columns(pl.lit("PR0").alias("provider")),
        ]
    )
    over = spells.filter(pl.col("end").is_not_null()).with_columns(
        pl.col("why").replace_strict({"E12": ADOPTION, "E5": "P2", "E6": "P2"}, default="U6").alias("home"),
        pl.lit("PR1").alias("provider"),
    )
    return pl.concat([own, over]).sort("kind", "number", "start")


def with_moves(spells: pl.DataFrame, counts: Mapping[str, int], seed: int) -> pl.DataFrame:
    """The spells with `moves`: the days on which the child moved within each, a list.

    As many of those who stayed all year as had three or more homes move twice in it; of those under 16 who
    have been in care for two and a half years so many live where they lived two years ago as is published.
    """
    rows = spells.with_row_index("row")
    stayed = rows.filter(pl.col("kind") == "stayed").with_columns(
        (
            ranked(pl.int_range(pl.len(), dtype=pl.Int64), max(counts["stayed"], 1), 7)
            < counts["three_or_more"]
        ).alias("is_often")
    )
    is_asked = (pl.col("born") > LAST - _OLDEST * A_YEAR) & (
        pl.col("start") <= LAST - _TWO_YEARS - _HALF_A_YEAR_MORE
    )
    asked = stayed.filter(is_asked)
    often = asked.filter("is_often").height
    unsettled = asked.height - round(asked.height * _SETTLED_SHARE / 100)
    others = asked.filter(~pl.col("is_often") & (pl.col("home") != ADOPTION))
    moved = others.sort(upto(1_000_000, 8, seed)).head(max(0, unsettled - often))["row"]
    twice = pl.concat_list(60 + upto(60, 9, seed), 200 + upto(100, 10, seed))
    once = pl.concat_list(-1 - upto(350, 9, seed))
    told = stayed.select(
        "row",
        pl.when("is_often").then(twice).when(pl.col("row").is_in(moved.implode())).then(once).alias("moves"),
    )
    return rows.join(told, on="row", how="left", maintain_order="left").drop("row")


def with_postcodes(
    spells: pl.DataFrame, counts: Mapping[str, int], pairs: Mapping[str, pl.DataFrame], seed: int
) -> pl.DataFrame:
    """The spells with `home_postcode` and `placement_postcode`, so many far from home as is published.

    Nobody who came to this country alone, or lives with their parents, is far from home. Without `pairs` both
    are null.
    """
    if not pairs:
        nowhere = [
            pl.lit(None, dtype=pl.String).alias(name) for name in ("home_postcode", "placement_postcode")
        ]
        return spells.with_columns(nowhere)
    may_be_far = (
        pl.col("kind").is_in(IN_CARE)
        & pl.col("end").is_null()
        & ~pl.col("is_alone")
        & (pl.col("home") != PARENTS)
    )
    order = spells.with_row_index("row").sort(~may_be_far, upto(1_000_000, 11, seed))
    far = counts["far_outside"], counts["far_within"]
    near = order.height - sum(far)
    outside = near // 4 if "near_outside" in pairs else 0
    places = [
        ("far_outside", far[0]),
        ("far_within", far[1]),
        ("near_outside", outside),
        ("near_within", near - outside),
    ]
    placed, at = [], 0
    for name, count in places:
        if count:
            placed.append(_among(order.slice(at, count), pairs[name]))
        at += count
    return pl.concat(placed).sort("row").drop("row")


def _among(rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    at = pl.int_range(rows.height, eager=True) * 7 % pairs.height
    chosen = pairs[at].rename({"home": "home_postcode", "placement": "placement_postcode"})
    return pl.concat([rows, chosen], how="horizontal")


def placements(spells: pl.DataFrame) -> pl.DataFrame:
    """A row for each placement: the spell's columns, `since`, `until`, `place` (from 0) and `is_last`."""
    starts = pl.concat_list(pl.concat_list("start"), pl.col("moves").fill_null([])).alias("since")
    rows = spells.with_columns(starts).explode("since")
    last = pl.col("since").shift(-1).over("spell").is_null()
    return rows.with_columns(
        pl.coalesce(pl.col("since").shift(-1).over("spell"), "end").alias("until"),
        pl.int_range(pl.len()).over("spell").alias("place"),
        last.alias("is_last"),
    )
