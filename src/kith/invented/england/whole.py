"""The invented England of 2019-20: one authority after another, each of its own, adding up to the published.

Nobody in it is real, and nothing about anybody in it was told by anyone. What is real is the published totals
that it is built to, of England and of each of its 151 authorities in 2020, and the postcodes. Whatever is not
published is made up: days within the year, needs, who is whose, what goes with what. The two returns are not
of the same children, for nothing published joins them. So it proves how figures are counted, and nothing else
can be learnt from it.
"""

from collections.abc import Mapping
from functools import cached_property

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.schema import fill_out
from kith.invented.england import cases, leavers, missing, placements, protection
from kith.invented.england.care import spells_of, with_the_mean
from kith.invented.england.care_margins import care_of
from kith.invented.england.counts_of_care import IN_CARE, KINDS, counts_of_care, counts_of_care_leavers
from kith.invented.england.counts_of_need import counts_of_need
from kith.invented.england.days import YEAR, as_date
from kith.invented.england.geography import Geography, geography
from kith.invented.england.published import published_of
from kith.invented.england.ranks import Pool, by_rank, one_of, ranked, upto

_ETHNICITIES = ["WBRI"] * 14 + ["MWBC", "MWBC", "APKN", "AIND", "BAFR", "OOTH", "NOBT"]
_YEARS_OLD = 17 * 365
RETURNS = (("903", (YEAR - 3, YEAR - 2, YEAR - 1, YEAR)), ("cin", (YEAR - 1, YEAR)))
"""The returns whose facts it holds: kind and END years. Those before 2020 tell only what led to that year."""


class InventedEngland:
    """England in 2019-20, out of its published totals.

    `figures` is a frame of published figures of England and of every authority, as `published_of` reads them;
    `seed` makes another England with the same totals. Raises MarginsDisagree where no England has them.
    """

    def __init__(self, figures: pl.DataFrame, seed: int = 0) -> None:
        self._seed = seed
        self._published = published_of(figures)
        own, places = self._published, self._places
        is_wide = [places is not None and places.is_wide(code) for code in own.dfe_codes]
        held = own.counts("cla_at_31_march")
        care = counts_of_care(own, is_wide)
        homes = placements.split_homes(own, care)
        self._counts = {
            **counts_of_need(own),
            **care,
            **homes,
            **placements.split_providers(own, homes),
            **counts_of_care_leavers(own, held),
        }
        self._care = with_the_mean(care_of(own, {kind: sum(care[kind]) for kind in KINDS}), seed)

    @property
    def codes(self) -> tuple[str, ...]:
        """The DfE's digits of each authority there was in 2020, in order."""
        return self._published.dfe_codes

    @property
    def has_places(self) -> bool:
        """Whether its children live at real postcodes; without the table of postcodes at none."""
        return self._places is not None

    @cached_property
    def _places(self) -> Geography | None:
        return geography()

    def authority(self, code: str) -> Dataset:
        """The children of the authority with these digits: referrals, protection, care and care leavers.

        The same seed gives the same children. Raises ValueError for a code that is not among `codes`.
        """
        at = self.codes.index(code)
        counts = {name: each[at] for name, each in self._counts.items()}
        tables = [
            self._need(code, at, counts),
            self._in_care(code, at, counts),
            self._leavers(code, at, counts),
        ]
        names = dict.fromkeys(name for each in tables for name in each)
        return Dataset(
            {
                name: fill_out(
                    name, pl.concat([each[name] for each in tables if name in each], how="diagonal")
                )
                for name in names
            }
        )

    def _pool(self, kinds: tuple[str, ...], at: int) -> Pool:
        each = [sum(self._counts[kind][one] for kind in kinds) for one in range(len(self.codes))]
        return Pool(each[at], sum(each[:at]), sum(each))

    def _need(self, code: str, at: int, counts: Mapping[str, int]) -> dict[str, pl.DataFrame]:
        seed = self._seed
        pool = self._pool((*cases.OF_THE_YEAR, *cases.CARRIED), at)
        own = cases.cases_of(counts, code, pool.before, pool.all, seed)
        enquired = protection.enquiries_of(own, counts, seed)
        return {
            "ssd_person": self._people(
                own.unique("person", keep="first", maintain_order=True).with_columns(
                    (pl.col("referred") - upto(_YEARS_OLD, 10, seed)).alias("born"),
                    one_of(_ETHNICITIES, 11, seed).alias("ethnicity"),
                )
            ),
            "ssd_cin_episodes": cases.episodes(own, seed),
            "ssd_cin_assessments": cases.assessments(own, counts["assessments"], seed),
            "ssd_s47_enquiry": protection.enquiries(enquired, counts["conferences"]),
            "ssd_initial_cp_conference": protection.conferences(enquired, counts["conferences"], seed),
            "ssd_cp_plans": protection.plans(enquired, own, counts, seed),
        }

    def _people(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(
            pl.col("person").alias("pers_person_id"),
            as_date("born").alias("pers_dob"),
            one_of(["M", "F"], 12, self._seed).alias("pers_sex"),
            pl.col("ethnicity").alias("pers_ethnicity"),
        )

    def _in_care(self, code: str, at: int, counts: Mapping[str, int]) -> dict[str, pl.DataFrame]:
        spells = pl.concat([self._spells(kind, code, at) for kind in KINDS])
        housed = placements.with_homes(spells, counts, self._seed)
        moved = placements.with_moves(housed, counts, self._seed)
        pairs = self._places.pairs(code) if self._places else {}
        placed = placements.with_postcodes(moved, counts, pairs, self._seed)
        children = spells.unique("person", keep="last", maintain_order=True)
        children = children.with_columns(self._ethnicity(at).alias("ethnicity"))
        stayed = spells.filter(pl.col("kind") == "stayed")
        return {
            "ssd_person": self._people(children),
            "kith_periods_of_care": _periods(placed),
            "ssd_legal_status": _statuses(placed),
            "ssd_cla_placement": _placements(placements.placements(placed)),
            "ssd_immigration_status": _alone(children),
            "ssd_missing": missing.missing(stayed, self._care, self._published, self._seed),
        }

    def _spells(self, kind: str, code: str, at: int) -> pl.DataFrame:
        own = spells_of(kind, self._pool((kind,), at), self._care, self._seed)
        named = own.with_columns(
            (pl.lit(f"{code}C{KINDS.index(kind)}") + pl.col("number").cast(pl.String)).alias("person")
        )
        start = pl.when(pl.col("start") < 0).then(pl.lit("B")).otherwise(pl.lit("S"))
        return named.with_columns(
            (pl.col("person") + start + pl.col("start").abs().cast(pl.String)).alias("spell")
        )

    def _ethnicity(self, at: int) -> pl.Expr:
        """By rank among all who are in care on the last day; by chance of the others."""
        pool = self._pool(IN_CARE, at)
        held = pl.col("kind").is_in(IN_CARE)
        rank = ranked(held.cast(pl.Int64).cum_sum() - 1 + pool.before, pool.all, 13)
        return (
            pl.when(held)
            .then(by_rank(rank, self._care.ethnicities))
            .otherwise(one_of(_ETHNICITIES, 11, self._seed))
        )

    def _leavers(self, code: str, at: int, counts: Mapping[str, int]) -> dict[str, pl.DataFrame]:
        own = leavers.leavers_of(counts, code, self._pool(("leavers",), at), self._seed)
        spells = leavers.spells_of_leavers(own).with_columns(
            (pl.col("person") + "S").alias("spell"),
            pl.lit("E17").alias("why"),
            pl.lit(False).alias("is_agreed"),
            pl.lit(False).alias("is_alone"),
            pl.lit("U6").alias("home"),
            pl.lit("PR1").alias("provider"),
            pl.lit(None, dtype=pl.List(pl.Int64)).alias("moves"),
            pl.lit(None, dtype=pl.String).alias("home_postcode"),
            pl.lit(None, dtype=pl.String).alias("placement_postcode"),
        )
        told = own.with_columns(one_of(_ETHNICITIES, 11, self._seed).alias("ethnicity"))
        return {
            "ssd_person": self._people(told),
            "kith_periods_of_care": _periods(spells),
            "ssd_legal_status": _statuses(spells),
            "ssd_cla_placement": _placements(placements.placements(spells)),
            "kith_care_leaver_years": own.select(
                pl.col("person").alias("kith_care_leaver_year_id"),
                pl.col("person").alias("kith_person_id"),
                pl.lit(YEAR, dtype=pl.Int64).alias("kith_year"),
                pl.col("in_touch").alias("kith_in_touch"),
                pl.col("activity").alias("kith_activity"),
                pl.col("accommodation").alias("kith_accommodation"),
            ),
        }


def _periods(spells: pl.DataFrame) -> pl.DataFrame:
    return spells.select(
        pl.col("spell").alias("kith_period_id"),
        pl.col("person").alias("kith_person_id"),
        as_date("start").alias("kith_start_date"),
        pl.lit(True).alias("kith_start_known"),
        as_date("end").alias("kith_end_date"),
        pl.col("why").alias("kith_end_reason"),
        pl.when("is_alone").then(pl.lit("N8")).otherwise(pl.lit("N1")).alias("kith_need_code"),
        pl.col("home_postcode").alias("kith_home_postcode"),
    )


def _statuses(spells: pl.DataFrame) -> pl.DataFrame:
    by_agreement = pl.col("is_agreed") | pl.col("is_alone")
    order = pl.when(pl.col("home") == placements.ADOPTION).then(pl.lit("E1")).otherwise(pl.lit("C2"))
    return spells.select(
        (pl.col("spell") + "L").alias("lega_legal_status_id"),
        pl.col("person").alias("lega_person_id"),
        pl.when(by_agreement).then(pl.lit("V2")).otherwise(order).alias("lega_legal_status"),
        as_date("start").alias("lega_legal_status_start_date"),
        as_date("end").alias("lega_legal_status_end_date"),
        pl.col("spell").alias("kith_period_id"),
    )


def _placements(rows: pl.DataFrame) -> pl.DataFrame:
    id = pl.col("spell") + "H" + pl.col("place").cast(pl.String)
    last = pl.col("is_last")
    return rows.select(
        id.alias("clap_cla_placement_id"),
        pl.col("spell").alias("clap_cla_id"),
        pl.col("person").alias("clap_person_id"),
        as_date("since").alias("clap_cla_placement_start_date"),
        as_date("until").alias("clap_cla_placement_end_date"),
        pl.when(last).then("home").otherwise(pl.lit("U6")).alias("clap_cla_placement_type"),
        pl.when(last).then("provider").otherwise(pl.lit("PR1")).alias("clap_cla_placement_provider"),
        pl.when(last).then("placement_postcode").alias("clap_cla_placement_postcode"),
        pl.when(~last).then(pl.lit("OTHER")).alias("clap_cla_placement_change_reason"),
        id.alias("kith_carer"),
    )


def _alone(children: pl.DataFrame) -> pl.DataFrame:
    return children.filter("is_alone").select(
        pl.col("person").alias("immi_person_id"),
        (pl.col("person") + "U").alias("immi_immigration_status_id"),
        pl.lit("UASC").alias("immi_immigration_status"),
    )
