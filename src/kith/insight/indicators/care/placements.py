"""Where children in care live: placements, homes with one carer, and where the usual home is on a day."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.asked import why_too_many_are_unknown
from kith.insight.indicators.care.groups import grouped
from kith.insight.indicators.care.spells import (
    WENT_ON,
    in_care_on_the_last_day,
    parts_of_care,
    spells_of_care,
)
from kith.insight.indicators.runs import after, before
from kith.insight.periods import Period, Periods

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
"""A stay after which the child goes back: hospital, a holiday, the carer's holiday."""
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
KIN = ("U1", "U2", "U3")
FOSTER = (*KIN, "U4", "U5", "U6")
NO_URN = "^X+$"


def placements(facts: Facts) -> pl.DataFrame:
    """Each placement in a time in care, by child and start: `person`, `spell`, `since`, `until`, `kind` (its
    code), `carer`, `provider`, `urn`, `postcode`, `home` (postcode of the child's home), `told_miles`,
    `reason` (why it ended), and `usual`, the number of the row that says where the child lived meanwhile: its
    own, or that before a temporary stay.

    Without an end it lasts until the next one, or as long as the time in care. A placement of no day is none,
    and ends none before it.
    """
    told = facts["ssd_cla_placement"].select(
        pl.col("clap_cla_id").alias("part"),
        pl.col("clap_cla_placement_id").alias("placement"),
        pl.col("clap_cla_placement_start_date").alias("since"),
        pl.col("clap_cla_placement_end_date").alias("until"),
        pl.col("clap_cla_placement_type").alias("kind"),
        pl.col("kith_carer").alias("carer"),
        pl.col("clap_cla_placement_provider").alias("provider"),
        _bare("clap_cla_placement_urn").replace("", None).alias("urn"),
        _bare("clap_cla_placement_postcode").replace("", None).alias("postcode"),
        _bare("kith_home_postcode").replace("", None).alias("own_home"),
        pl.col("clap_cla_placement_distance").alias("told_miles"),
        pl.col("clap_cla_placement_change_reason").alias("reason"),
    )
    parts = facts.worked_out(parts_of_care).select("person", "part", "spell")
    spells = facts.worked_out(spells_of_care).select(
        "spell", pl.col("since").alias("care_since"), pl.col("until").alias("care_until"), _bare("home")
    )
    sound = told.filter(
        pl.col("since").is_not_null() & (pl.col("until").is_null() | (pl.col("until") > pl.col("since")))
    )
    rows = sound.join(parts, on="part").join(spells, on="spell")
    within = rows.sort(
        "person", "care_since", "spell", "since", "until", "placement", nulls_last=True
    ).with_columns(
        pl.max_horizontal("since", "care_since").alias("since"),
        pl.coalesce("until", after("since", "spell")).alias("until"),
    )
    known = (
        within.with_columns(
            pl.min_horizontal("until", "care_until").alias("until"),
            pl.coalesce("own_home", "home").alias("home"),
            pl.when(~pl.col("urn").str.contains(NO_URN)).then("urn").alias("urn"),
        )
        .filter(pl.col("until").is_null() | (pl.col("until") > pl.col("since")))
        .drop("own_home", "care_since", "care_until", "part")
        .with_row_index("at")
    )
    lasting = pl.when(~_is_temporary()).then("at").forward_fill()
    first = pl.when(pl.col("spell").ne_missing(pl.col("spell").shift(1))).then("at").forward_fill()
    return known.with_columns(pl.when(lasting >= first).then(lasting).otherwise("at").alias("usual"))


def _bare(column: str) -> pl.Expr:
    """A postcode or number in capitals, without blanks."""
    return pl.col(column).str.to_uppercase().str.replace_all(" ", "", literal=True)


def _is_temporary() -> pl.Expr:
    return pl.col("kind").is_in(TEMPORARY).fill_null(False)


def homes(facts: Facts) -> pl.DataFrame:
    """Each stretch with one carer in a time in care, by child and start: `person`, `spell`, `carer`, `since`,
    `until`, `kind` (as it was last), `reason` (why it ended), `began_before` (when the one before it began)
    and `goes_on` (whether another follows in the same time in care).

    Temporary stays are left out, and going back to the same carer after one is no new home. Where no carer is
    told, each placement is a home of its own.
    """
    lasting = facts.worked_out(placements).filter(~_is_temporary())
    same = (pl.col("spell") == pl.col("spell").shift(1)) & (pl.col("carer") == pl.col("carer").shift(1))
    number = (~same.fill_null(False)).cum_sum().alias("number")
    stretches = (
        lasting.with_columns(number)
        .group_by("number", maintain_order=True)
        .agg(
            pl.col("person", "spell", "carer", "since").first(),
            pl.col("until", "kind", "reason").last(),
        )
    )
    return stretches.with_columns(
        before("since", "spell").alias("began_before"),
        after("since", "spell").is_not_null().alias("goes_on"),
    )


def homes_in_the_period(facts: Facts, when: Periods) -> pl.DataFrame:
    """The children in care on a period's last day with their `homes` in it: how many stretches with one carer
    they had on any of its days, in all of their times in care. 0 where only temporary stays are told, null
    where nothing is.
    """
    return facts.worked_out(_homes_in_the_period, when)


def _homes_in_the_period(facts: Facts, when: Periods) -> pl.DataFrame:
    key = ["period", "person"]
    placed = when.at_any_time(facts.worked_out(placements), "since", "until").select(key).unique()
    lived = when.at_any_time(facts.worked_out(homes), "since", "until")
    counted = placed.join(lived.group_by(key).agg(pl.len().alias("homes")), on=key, how="left")
    told = counted.with_columns(pl.col("homes").fill_null(0))
    return in_care_on_the_last_day(facts, when).join(told, on=key, how="left", maintain_order="left")


def ended_homes(facts: Facts) -> pl.DataFrame:
    """Each of `homes` that ended, by a move or with care, and `is_start_known`: not of the first home of a
    time in care that had begun before what is told.
    """
    spells = facts.worked_out(spells_of_care).select(
        "spell", "end_reason", pl.col("since").alias("care_since"), pl.col("is_start_known").alias("is_whole")
    )
    all_homes = facts.worked_out(homes).filter(pl.col("until").is_not_null()).join(spells, on="spell")
    ended = all_homes.filter(pl.col("goes_on") | pl.col("end_reason").ne_missing(WENT_ON))
    known = pl.col("is_whole") | (pl.col("since") > pl.col("care_since"))
    return ended.with_columns(known.alias("is_start_known"))


def why_starts_are_not_known(facts: Facts, period: Period) -> str | None:
    """Why it cannot be told how long homes that ended in a period lasted; None where it can."""
    return why_too_many_are_unknown(facts.worked_out(ended_homes), period)


def living_on_the_last_day(facts: Facts, when: Periods) -> pl.DataFrame:
    """The children in care on a period's last day with their usual home on it, as `placements` has it:
    `kind`, `group`, `carer`, `provider`, `urn`, `postcode`, `home`, `told_miles`; null where none is told.
    """
    return facts.worked_out(_living, when)


def _living(facts: Facts, when: Periods) -> pl.DataFrame:
    known = facts.worked_out(placements)
    held = when.on_the_last_day(known.select("spell", "usual", "since", "until"), "since", "until")
    latest = held.unique(["period", "spell"], keep="last", maintain_order=True)
    children = in_care_on_the_last_day(facts, when).rename({"home": "home_at_start"})
    placed = children.join(
        latest.select("period", "spell", "usual"), on=["period", "spell"], how="left", maintain_order="left"
    )
    usual = known.select(
        pl.col("at").alias("usual"), "kind", "carer", "provider", "urn", "postcode", "home", "told_miles"
    ).with_columns(grouped("kind", "placement_groups").alias("group"))
    return placed.join(usual, on="usual", how="left", maintain_order="left")


def lives_in(*kinds: str) -> pl.Expr:
    """Whether the usual home is of one of these kinds; null where none is told."""
    return pl.col("kind").is_in(kinds)
