"""The social worker whom a child has on a day, and the team."""

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicators.workers.spells import worker_spells


def with_their_worker(facts: Facts, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `worker` and `team`: the social worker that the person had on the row's `day`, the latest
    of several; null for none.
    """
    numbered = rows.drop("worker", "team", strict=False).with_row_index("at")
    spells = facts.worked_out(worker_spells).select("person", "since", "until", "worker", "team")
    in_force = (pl.col("since") <= pl.col("day")) & (pl.col("until") > pl.col("day")).fill_null(True)
    asked = numbered.select("at", "person", "day").join(spells, on="person").filter(in_force)
    latest = asked.sort("since", "worker").unique("at", keep="last", maintain_order=True)
    return numbered.join(latest.select("at", "worker", "team"), on="at", how="left").drop("at")
