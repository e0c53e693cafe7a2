"""What is published of 2019-20, asked of the invented England child by child, and laid beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from kith.insight.answers import answer
from kith.insight.catalogue import every_indicator, indicator_called
from kith.insight.england.published import published
from kith.insight.england.series import every_series, series
from kith.insight.facts import Facts
from kith.insight.indicator import Indicator
from kith.insight.lookups import POPULATIONS, Lookups
from kith.insight.periods import year_ending
from kith.insight.sources.sources import GivenReturn, Sources, in_words
from kith.insight.sources.tells import tells
from kith.invented.england import InventedEngland
from kith.invented.england.whole import RETURNS
from kith.standards.tables import rows

YEAR = 2020
ENGLAND = "England"
REGION = "North East"
NOT_GIVEN_BACK = {"cla_placed_out_of_area_pct"}
ONE_DECIMAL = {
    "rereferral_pct", "referral_nfa_pct", "referral_not_in_need_pct", "cpp_second_or_subsequent_pct",
}  # fmt: skip
NEEDS_PLACES = {"cla_over_20_miles", "cla_over_20_miles_pct"} | {
    "cla_over_20_miles_out_of_area", "cla_over_20_miles_out_of_area_pct",
}  # fmt: skip
NEEDED_OF_OTHERS = {"ssd_professionals"}  # no return tells it
GROUPS = {
    (row["indicator"], row["breakdown"], row["group"]): row["published_id"]
    for row in rows(Path(__file__).parent / "published_groups.csv")
}


@cache
def figures() -> pl.DataFrame:
    """The published figures of 2019-20."""
    return published(sorted(every_series()), YEAR)


@cache
def invented() -> InventedEngland:
    return InventedEngland(figures())


def facts_of(code: str) -> Facts:
    """The authority's children, as its returns of those years tell them."""
    returns = [GivenReturn(kind, year, told_by(kind)) for kind, years in RETURNS for year in years]
    return Facts(invented().authority(code), Sources(tuple(returns)), code, Lookups(populations()))


def told_by(kind: str) -> frozenset[str]:
    return frozenset(told.table for told in tells(kind).values())  # type: ignore[arg-type]


@cache
def populations() -> pl.DataFrame:
    own = figures().filter((pl.col("published_id") == "population_0_17") & (pl.col("level") == "authority"))
    told = own.select(
        pl.col("dfe_code").alias("authority"),
        pl.col("year"),
        pl.lit(None, dtype=pl.String).alias("breakdown"),
        pl.lit(None, dtype=pl.String).alias("group"),
        pl.col("value").cast(pl.Int64).alias("children"),
        pl.col("source"),
    )
    return told.select(*POPULATIONS)


@dataclass(frozen=True)
class Asked:
    """A figure of an indicator that a published one is compared with."""

    published_id: str
    indicator: str
    measure: str
    breakdown: str | None = None
    group: str | None = None


@cache
def asked() -> tuple[Asked, ...]:
    """Everything that is published, that the two returns tell, and that this England is built to."""
    whole = [one for each in every_indicator() for one in _asked_of(each)]
    groups = [
        Asked(published_id, name, _number_of(indicator_called(name)), breakdown, group)
        for (name, breakdown, group), published_id in GROUPS.items()
    ]
    shares = [
        Asked(f"{one.published_id}_pct", one.indicator, "share", one.breakdown, one.group)
        for one in groups
        if one.indicator == "where_children_in_care_live"
    ]
    more = [
        Asked("cla_placement_foster_pct", "children_in_foster_homes", "share"),
        Asked("assessment_rate", "assessments", "rate"),
        Asked("cpp_started_rate", "child_protection_plans_started", "rate"),
        Asked("cla_starting_rate", "children_starting_care", "rate"),
    ]
    told = dict.fromkeys([*whole, *groups, *shares, *more])
    return tuple(one for one in told if one.published_id not in NOT_GIVEN_BACK and _is_wanted(one))


def _is_wanted(one: Asked) -> bool:
    return invented().has_places or one.published_id not in NEEDS_PLACES


def _asked_of(each: Indicator) -> Iterator[Asked]:
    if any(in_words(need).later or need.partition(".")[0] in NEEDED_OF_OTHERS for need in each.needs):
        return
    if each.published:
        yield Asked(each.published, each.id, each.measure)
    if each.published_rate:
        yield Asked(each.published_rate, each.id, "rate")
    if each.published_number:
        yield Asked(each.published_number, each.id, "number")


def _number_of(each: Indicator) -> str:
    return "share" if each.measure == "mix" else "number"


Sum = tuple[float, float]
"""The numerator and the denominator of a figure, or of all of them added up."""


@dataclass(frozen=True)
class Counted:
    """What was counted in each authority: by its code, of each that was asked."""

    sums: Mapping[str, Mapping[Asked, Sum]]

    def of(self, one: Asked) -> Sum:
        """England's: the authorities' added up."""
        each = [told[one] for told in self.sums.values()]
        return sum(top for top, _ in each), sum(bottom for _, bottom in each)


def counted(codes: list[str]) -> Counted:
    return Counted({code: count_in(code) for code in codes})


def count_in(code: str) -> Mapping[Asked, Sum]:
    """Each that was asked of one authority. Asserts that all of it is told."""
    return sums_of(facts_of(code))


def sums_of(facts: Facts) -> Mapping[Asked, Sum]:
    """Each that was asked of an authority's facts. Asserts that all of it is told."""
    indicators = [indicator_called(name) for name in dict.fromkeys(one.indicator for one in asked())]
    breakdowns = sorted({one.breakdown for one in asked() if one.breakdown})
    given = answer(facts, [year_ending(YEAR)], indicators, breakdowns).figures
    figure_of = {
        (row["indicator"], row["measure"], row["breakdown"], row["group"]): row
        for row in given.iter_rows(named=True)
    }
    return {one: _sum(figure_of, one) for one in asked()}


def _sum(figure_of: Mapping[tuple[str | None, ...], Mapping[str, float | str | None]], one: Asked) -> Sum:
    row = figure_of.get((one.indicator, one.measure, one.breakdown, one.group))
    if row is None:  # nobody is of this kind
        whole = figure_of[one.indicator, "number", None, None]
        return 0.0, float(whole["value"] or 0)
    assert row["state"] in ("held", "none_to_count"), f"{one}: {row['why_not']}"
    if one.measure == "mean":
        count = float(row["numerator"] or 0)
        return float(row["value"] or 0) * count, count
    if one.measure == "rate" or row["denominator"] is not None:
        return float(row["numerator"] or 0), float(row["denominator"] or 0)
    return float(row["value"] or 0), 0.0


def value_of(one: Asked, told: Sum) -> float | None:
    """The figure as published: a count, a percentage, a mean, or per 10,000 children."""
    top, bottom = told
    if one.measure == "number" or series(one.published_id).unit == "number":
        return top
    per = {"share": 100, "rate": 10_000}.get(one.measure, 1)
    return per * top / bottom if bottom else None


def room_of(one: Asked, of: str) -> float:
    """How far off a figure may be and still be the published one, which was rounded."""
    unit = series(one.published_id).unit
    if unit == "number":
        return 5.0 if of == ENGLAND else 0.0
    is_whole = of == ENGLAND and one.published_id == "cla_rate"
    is_to_one_decimal = unit.startswith("per") or one.published_id in ONE_DECIMAL
    return 0.05 if is_to_one_decimal and not is_whole else 0.5


def compared(counts: Counted, of: list[str]) -> pl.DataFrame:
    """A row for each figure asked and place of `of` that it is published of: what it is, what came out."""
    known = {
        (row["published_id"], row["dfe_code"] or row["name"]): row["value"]
        for row in figures().filter(pl.col("level") != "region").iter_rows(named=True)
        if row["value"] is not None
    }
    found = []
    for one in asked():
        for place in of:
            if (there := known.get((one.published_id, place))) is None:
                continue
            here = value_of(one, counts.of(one) if place == ENGLAND else counts.sums[place][one])
            if here is None and there == 0:  # a percentage of nobody, published as none
                continue
            found.append(
                (one.published_id, one.indicator, one.measure, place, there, here, room_of(one, place))
            )
    shape = ["published_id", "indicator", "measure", "place", "published", "counted", "room"]
    return pl.DataFrame(found, schema=shape, orient="row", infer_schema_length=None)


def off(told: pl.DataFrame) -> pl.DataFrame:
    """The rows that are not the published figure, rounded."""
    away = (pl.col("counted") - pl.col("published")).abs()
    return told.filter(~(away <= pl.col("room") + 1e-9).fill_null(False))


def shown(told: pl.DataFrame) -> None:
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=200, fmt_str_lengths=60):
        print(told)


BY_DEPRIVATION = {
    "cla": ("cla_at_31_march", "children_in_care"),
    "cin": ("cin_at_31_march", "children_in_need"),
    "cpp": ("cpp_at_31_march", "children_on_a_child_protection_plan"),
    "s47": ("s47_enquiries", "section47_enquiries"),
    "ref": ("referrals", "referrals"),
}
FIFTHS = (range(121, 152), range(91, 121), range(61, 91), range(30, 61), range(1, 30))
"""Ranks of authorities by the deprivation of their children, the least deprived fifth first."""


def by_deprivation(counts: Counted) -> pl.DataFrame:
    """England's figures by fifth of authorities, published and counted, in the shape of `compared`.

    An authority for which no number is published is in neither the children nor the population of its fifth.
    """
    known = {
        (row["published_id"], row["dfe_code"]): row["value"]
        for row in figures().filter(pl.col("level") == "authority").iter_rows(named=True)
    }
    england = figures().filter(pl.col("level") == ENGLAND)
    values = dict(england.select("published_id", "value").iter_rows())
    found = []
    for short, (published_id, indicator) in BY_DEPRIVATION.items():
        one = Asked(published_id, indicator, "number")
        for number, ranks in enumerate(FIFTHS, 1):
            codes = [
                code
                for code in invented().codes
                if known["idaci2019_rank_of_average_score", code] in ranks
                and known[published_id, code] is not None
            ]
            children = sum(counts.sums[code][one][0] for code in codes)
            here = 10_000 * children / sum(known["population_0_17", code] for code in codes)
            name = f"disparity_{short}_rate_idaci_quintile_{number}"
            found.append((name, indicator, "rate", ENGLAND, values[name], here, 0.05))
    shape = ["published_id", "indicator", "measure", "place", "published", "counted", "room"]
    return pl.DataFrame(found, schema=shape, orient="row")


def of_region(name: str) -> list[str]:
    own = figures().filter((pl.col("level") == "authority") & (pl.col("region") == name))
    return sorted(own["dfe_code"].unique())
