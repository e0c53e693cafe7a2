"""What is told of children in care: which times missing the return tells, and every visit made to them."""

import polars as pl

from kith.dataset.dataset import Dataset
from kith.record.care.models import MissingEpisode

MISSING, VISITS = "ssd_missing", "ssd_cla_visits"


def missing_from_care(dataset: Dataset) -> Dataset:
    """The dataset without the times missing that began outside care.

    A child may be reported missing from home too. The first and last day in care count, as the return's
    own rules count them. What came in a file of that return is told again as the file told it.
    """
    care = dataset["kith_periods_of_care"].select("kith_person_id", "kith_start_date", "kith_end_date")
    missing = dataset[MISSING]
    started, ended = pl.col("kith_start_date"), pl.col("kith_end_date")
    went = pl.col("miss_missing_episode_start_date")
    from_care = missing.join(care, left_on="miss_person_id", right_on="kith_person_id").filter(
        (started <= went) & (ended.is_null() | (went <= ended))
    )
    told = {*from_care["miss_table_id"], *_of_files()}
    kept = missing.filter(pl.col("miss_table_id").is_in(sorted(told)))
    return dataset.with_tables({MISSING: kept})


def with_visits_in_care(dataset: Dataset) -> Dataset:
    """The dataset in which a protection visit to a child in care is told as a visit to one in care as well.

    A visit counts as one thing in the record, the closest; both tables ask for it, and a child under both
    was seen by both. A visit on the day that care began or ended counts.
    """
    seen, care = dataset["ssd_cp_visits"], dataset["kith_periods_of_care"]
    if not seen.height or not care.height:
        return dataset
    spells = care.select("kith_person_id", "kith_period_id", "kith_start_date", "kith_end_date")
    on, started, ended = (pl.col(name) for name in ("cppv_cp_visit_date", "kith_start_date", "kith_end_date"))
    both = (
        seen.join(spells, left_on="cppv_person_id", right_on="kith_person_id")
        .filter((started <= on) & (ended.is_null() | (on <= ended)))
        .unique("cppv_cp_visit_id", keep="last", maintain_order=True)
        .select(
            clav_cla_visit_id="cppv_cp_visit_id",
            clav_cla_id="kith_period_id",
            clav_person_id="cppv_person_id",
            clav_cla_visit_date="cppv_cp_visit_date",
            clav_cla_visit_seen="cppv_cp_visit_seen",
            clav_cla_visit_seen_alone="cppv_cp_visit_seen_alone",
        )
    )
    told = pl.concat([dataset[VISITS], both], how="diagonal")
    return dataset.with_tables({VISITS: told})


def _of_files() -> set[str]:
    """The ids of those that a file told, whether or not they were put right here since."""
    rows = MissingEpisode.current.values_list("thread", "batch_id", "source_rows")
    return {str(thread) for thread, batch, source in rows if batch is not None or source}
