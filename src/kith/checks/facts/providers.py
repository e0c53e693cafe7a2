"""What Ofsted's list says of a provider in one cell, parted into its items, without spaces.

Provider.PLACE_CODES.listed, Provider.PROVIDER_CODES.listed, Provider.POSTCODE.listed

Provider.PROVIDER_LA.is_own     whether the provider lies in the area of the authority that sends the return
"""

import polars as pl

from kith.checks.facts.placing import own_codes
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


@fact(PROVIDER, "PROVIDER_LA.is_own")
def _is_own(views: Views, table: str) -> pl.Series:
    return views.column(table, "PROVIDER_LA").is_in(own_codes(views))


def _listed(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(" ", "", literal=True).str.split(",")
