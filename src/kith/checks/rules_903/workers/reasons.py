"""From when a social worker episode has to tell why the worker changed."""

from datetime import date

import polars as pl

from kith.checks.words import col

ASKED_FROM = date(2023, 4, 1)
"""The reason is asked of episodes that began on this day or later. Source: SSDA903 validation rules, SW13STG1."""


def reason_is_asked() -> pl.Expr:
    """The episode began on or after the day; false where its start is blank or cannot be read."""
    return (col("SW_DECOM") >= ASKED_FROM).fill_null(False)
