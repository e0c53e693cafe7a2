"""A rate among England's authorities: each one's, with how many children live there."""

from pathlib import Path

import polars as pl

from kith.insight.england.places import NoSuchPlace
from kith.insight.england.published import published
from kith.insight.england.series import NoSuchSeries
from kith.insight.statistics.funnels import Measure, standard_error, standard_score
from kith.insight.statistics.over_dispersion import Spread, spread_between


def authorities_with_children(id_: str, year: int, added: Path | None) -> pl.DataFrame:
    """England's authorities of which the figure of END year `year` and their children are both published:
    `name`, `value` and `size`. Raises NoSuchSeries and NoSuchPlace.
    """
    is_authority = pl.col("level") == "authority"
    rows = published(id_, year, added=added).filter(is_authority).select("code", "name", "value")
    sizes = published("population_0_17", year, added=added).filter(is_authority)
    both = rows.join(sizes.select("code", pl.col("value").alias("size")), on="code").drop_nulls()
    return both.select("name", "value", "size")


def spread_of_rates(id_: str, year: int, target: float, added: Path | None) -> Spread | None:
    """How far the authorities' rates lie apart beyond chance around England's, `target`; None where theirs
    are not known.
    """
    try:
        authorities = authorities_with_children(id_, year, added)
    except (NoSuchSeries, NoSuchPlace):
        return None
    scores, errors = [], []
    for _, value, size in authorities.iter_rows():
        count = round(value * size / Measure.RATE.scale)
        scores.append(standard_score(Measure.RATE, count, int(size), target))
        errors.append(standard_error(Measure.RATE, int(size), target))
    return spread_between(scores, errors) if scores else None
