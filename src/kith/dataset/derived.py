"""The standard's tables that Kith derives from facts for others to read, and facts out of such tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from kith.dataset.care_tables import episodes_table, histories_of, tables_of
from kith.dataset.dataset import Dataset
from kith.dataset.episodes import Episode, fold
from kith.dataset.schema import empty, fill_out

Row = dict[str, Any]
EPISODES = "ssd_cla_episodes"


def with_derived(dataset: Dataset) -> Dataset:
    """`dataset` with the standard's tables that follow from its facts: what an SSD extract holds.

    Episodes are unfolded from the three time lines; scores, care leavers and adoptions come from the
    facts of each year. What was in these tables before is replaced.
    """
    return dataset.with_tables({table: made(dataset) for table, made in _derived_tables().items()})


def _derived_tables() -> Mapping[str, Callable[[Dataset], pl.DataFrame]]:
    """The tables that follow from facts, and how."""
    return {
        EPISODES: lambda dataset: episodes_table(histories_of(dataset)),
        "ssd_sdq_scores": _scores,
        "ssd_care_leavers": _care_leavers,
        "ssd_permanence": _permanence,
    }


def facts_in(dataset: Dataset) -> Dataset:
    """`dataset` as facts alone, for whoever takes it in.

    An extract of Kith's own loses the tables that were derived from its facts. One that tells care by
    episodes only has them folded into periods, and loses the episodes. Any other comes back as it is.
    """
    if dataset["kith_periods_of_care"].height:
        return _without(dataset, _derived_tables())
    return _without(with_histories(dataset), [EPISODES]) if dataset[EPISODES].height else dataset


def _without(dataset: Dataset, tables: Iterable[str]) -> Dataset:
    return dataset.with_tables({table: empty(table) for table in tables})


def with_histories(dataset: Dataset) -> Dataset:
    """`dataset` with periods of care, folded from the episodes of an extract that has nothing else.

    A dataset that holds periods of care, or no episodes, comes back as it is.
    """
    if dataset["kith_periods_of_care"].height or not dataset[EPISODES].height:
        return dataset
    told = _told_episodes(dataset)
    return dataset.with_tables(tables_of({person: fold(episodes) for person, episodes in told.items()}))


def _told_episodes(dataset: Dataset) -> dict[str, list[Episode]]:
    placements = {
        row["clap_cla_placement_id"]: row for row in dataset["ssd_cla_placement"].iter_rows(named=True)
    }
    statuses: dict[str, list[Row]] = defaultdict(list)
    for row in dataset["ssd_legal_status"].iter_rows(named=True):
        statuses[row["lega_person_id"]].append(row)
    told: dict[str, list[Episode]] = defaultdict(list)
    for row in dataset["ssd_cla_episodes"].iter_rows(named=True):
        person, start = row["clae_person_id"], row["clae_cla_episode_start_date"]
        if person is None or start is None:
            continue
        placement = placements.get(row["clae_cla_placement_id"], {})
        told[person].append(
            Episode(
                start=start,
                new_reason=row["clae_cla_episode_start_reason"],
                legal_status=_status_on(statuses[person], start),
                need=row["clae_cla_primary_need_code"],
                end=row["clae_cla_episode_ceased_date"],
                end_reason=row["clae_cla_episode_ceased_reason"],
                placement_type=placement.get("clap_cla_placement_type"),
                provider=placement.get("clap_cla_placement_provider"),
                urn=placement.get("clap_cla_placement_urn"),
                postcode=placement.get("clap_cla_placement_postcode"),
                change_reason=_change_reason(placement, row["clae_cla_episode_ceased_date"]),
            )
        )
    return told


def _status_on(statuses: list[Row], day: date) -> str | None:
    """The code of the legal status that had begun last on `day` and not ended by it."""
    held = [
        row
        for row in statuses
        if row["lega_legal_status_start_date"] is not None
        and row["lega_legal_status_start_date"] <= day
        and (row["lega_legal_status_end_date"] is None or row["lega_legal_status_end_date"] > day)
    ]
    latest = max(held, key=lambda row: row["lega_legal_status_start_date"], default=None)
    return latest["lega_legal_status"] if latest else None


def _change_reason(placement: Row, episode_end: date | None) -> str | None:
    """The reason is the placement's, and stands on the episode with which the placement ended."""
    if episode_end is None or placement.get("clap_cla_placement_end_date") != episode_end:
        return None
    reason: str | None = placement.get("clap_cla_placement_change_reason")
    return reason


def _scores(dataset: Dataset) -> pl.DataFrame:
    years = dataset["kith_health_years"]
    told = years.filter(pl.col("kith_sdq_score").is_not_null() | pl.col("kith_sdq_reason").is_not_null())
    return fill_out(
        "ssd_sdq_scores",
        told.select(
            pl.col("kith_health_year_id").alias("csdq_table_id"),
            pl.col("kith_person_id").alias("csdq_person_id"),
            pl.col("kith_sdq_reason").alias("csdq_sdq_reason"),
            pl.col("kith_sdq_score").alias("csdq_sdq_score"),
        ),
    )


def _care_leavers(dataset: Dataset) -> pl.DataFrame:
    """One row a care leaver, of the latest year that tells of them."""
    years = dataset["kith_care_leaver_years"].sort("kith_year", "kith_care_leaver_year_id")
    latest = years.unique("kith_person_id", keep="last", maintain_order=True)
    return fill_out(
        "ssd_care_leavers",
        latest.select(
            pl.col("kith_care_leaver_year_id").alias("clea_table_id"),
            pl.col("kith_person_id").alias("clea_person_id"),
            pl.col("kith_in_touch").alias("clea_care_leaver_in_touch"),
            pl.col("kith_accommodation").alias("clea_care_leaver_accommodation"),
            pl.col("kith_activity").alias("clea_care_leaver_activity"),
        ),
    )


def _permanence(dataset: Dataset) -> pl.DataFrame:
    """One row a decision that a child should be placed for adoption, with how the adoption went."""
    adoptions = (
        dataset["kith_adoptions"]
        .sort("kith_year", "kith_adoption_id")
        .unique("kith_person_id", keep="last", maintain_order=True)
        .select(
            pl.col("kith_person_id").alias("perm_person_id"),
            pl.col("kith_decision_date").alias("_adoption_decision"),
            pl.col("kith_match_date").alias("perm_matched_date"),
            pl.col("kith_by_foster_carer")
            .replace_strict({True: "Y", False: "N"}, default=None, return_dtype=pl.String)
            .alias("perm_adopted_by_carer_flag"),
            pl.col("kith_adopters").cast(pl.String).alias("perm_number_of_adopters"),
            pl.col("kith_adopters_sex").alias("perm_adopter_sex"),
            pl.col("kith_adopters_legal_status").alias("perm_adopter_legal_status"),
        )
    )
    decisions = dataset["kith_adoption_decisions"].select(
        pl.col("kith_adoption_decision_id").alias("perm_table_id"),
        pl.col("kith_person_id").alias("perm_person_id"),
        pl.col("kith_decision_date").alias("perm_adm_decision_date"),
        pl.col("kith_reversal_date").alias("perm_decision_reversed_date"),
        pl.col("kith_reversal_reason").alias("perm_decision_reversed_reason"),
    )
    rows = decisions.join(adoptions, on="perm_person_id", how="full", coalesce=True).with_columns(
        pl.coalesce("perm_table_id", "perm_person_id").alias("perm_table_id"),
        pl.coalesce("perm_adm_decision_date", "_adoption_decision").alias("perm_adm_decision_date"),
    )
    return fill_out("ssd_permanence", rows.drop("_adoption_decision").sort("perm_table_id"))
