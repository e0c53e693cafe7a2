"""Real postcodes in every authority of 2020, near and far, inside and outside, for invented children."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from kith.standards import places

_ON = date(2020, 3, 31)
_PER_DISTRICT = 24
_HOMES = 16
_PAIRS = 400  # of a class
_METRES_IN_A_MILE = 1609.3
_NEAR, _FAR, _TOO_FAR = 19.0, 21.0, 120.0  # miles; over 20 is far, and none is close to it
CLASSES = ("near_within", "near_outside", "far_within", "far_outside")


@dataclass(frozen=True)
class Geography:
    """A sample of postcodes: `postcode`, `easting`, `northing` and `authority` (the DfE's digits)."""

    sample: pl.DataFrame

    def is_wide(self, authority: str) -> bool:
        """Whether somebody can live over 20 miles from home in the authority's own area."""
        own = self.sample.filter(pl.col("authority") == authority)
        return "far_within" in self._pairs(authority, own)["class"]

    def pairs(self, authority: str) -> Mapping[str, pl.DataFrame]:
        """Pairs of `home`, in the authority, and `placement` by class; one that has none is left out."""
        found = self._pairs(authority, self.sample)
        return {
            str(name): rows.gather_every(max(1, rows.height // _PAIRS))
            .head(_PAIRS)
            .select("home", "placement")
            for (name,), rows in found.partition_by("class", as_dict=True, maintain_order=True).items()
        }

    def _pairs(self, authority: str, among: pl.DataFrame) -> pl.DataFrame:
        own = self.sample.filter(pl.col("authority") == authority)
        homes = own.gather_every(max(1, own.height // _HOMES)).head(_HOMES)
        told = homes.select(
            pl.col("postcode").alias("home"),
            pl.col("easting").alias("home_easting"),
            pl.col("northing").alias("home_northing"),
        )
        both = told.join(among.rename({"postcode": "placement"}), how="cross", maintain_order="left_right")
        east, north = pl.col("easting") - pl.col("home_easting"), pl.col("northing") - pl.col("home_northing")
        miles = (east.cast(pl.Float64) ** 2 + north.cast(pl.Float64) ** 2).sqrt() / _METRES_IN_A_MILE
        reach = (
            pl.when(miles < _NEAR)
            .then(pl.lit("near"))
            .when(miles.is_between(_FAR, _TOO_FAR))
            .then(pl.lit("far"))
        )
        where = (
            pl.when(pl.col("authority") == authority).then(pl.lit("_within")).otherwise(pl.lit("_outside"))
        )
        return both.with_columns((reach + where).alias("class")).drop_nulls("class")


@cache
def geography() -> Geography | None:
    """The sample, read out of the postcode table (seconds); None where that was not built."""
    if not places.is_built():
        return None
    owners = {district: places.authority_of_district(district, _ON) for district in places.districts()}
    english = {district: owner.dfe_code for district, owner in owners.items() if owner and district[0] == "E"}
    found = [
        (postcode, english[district])
        for district, postcodes in sorted(places.postcodes_of(english).items())
        for postcode in postcodes[:: max(1, len(postcodes) // _PER_DISTRICT)][:_PER_DISTRICT]
    ]
    named = pl.DataFrame(found, schema={"postcode": pl.String, "authority": pl.String}, orient="row")
    return Geography(
        pl.concat([named, places.find_all(named["postcode"]).drop("district")], how="horizontal")
    )
