"""What Ofsted's list says of a provider in one cell, parted into its items, without spaces.

Provider.PLACE_CODES.listed, Provider.PROVIDER_CODES.listed, Provider.POSTCODE.listed
"""

import polars as pl

from kith.checks.paths import PROVIDER
from kith.checks.views import Views, fact


@fact(PROVIDER, "PLACE_CODES.listed")
def _placements(views: Views, table: str) -> pl.Series:
    return _listed(views.column(table, "PLACE_CODES"))


@fact(PROVIDER, "PROVIDER_CODES.listed")
def _providers(views: Views, table: str) -> pl.Series:
    return _listed(views.column(table, "PROVIDER_CODES"))


@fact(PROVIDER, "POSTCODE.listed")
def _postcodes(views: Views, table: str) -> pl.Series:
    return _listed(views.column(table, "POSTCODE"))


def _listed(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(" ", "", literal=True).str.split(",")
