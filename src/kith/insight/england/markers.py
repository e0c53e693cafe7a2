"""Why a published figure is not a number: hidden by the DfE, not available, and the like."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from kith.insight.england.series import DATA
from kith.standards import tables

_NUMBER = re.compile(r"\d{1,12}(\.\d{1,12})?", re.ASCII)


class Marker(StrEnum):
    """Why there is no number. What is hidden is there; what is not available may be nothing at all."""

    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    ROUNDS_TO_NOTHING = "rounds_to_nothing"
    UNRELIABLE = "unreliable"

    @property
    def words(self) -> str:
        """The reason as a sentence to stand beside the figure."""
        return _words()[self]


def read_cell(text: str) -> tuple[float | None, Marker | None]:
    """The number in a published cell, or the marker that stands there in its place.

    Raises ValueError for anything else: no published figure here is below nothing, or has a sign, a
    thousands comma or a percent sign.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text), None
    marker = symbols().get(text.lower())
    if marker is None:
        raise ValueError(f"“{text[:20]}” is neither a number nor one of the DfE's marks")
    return None, marker


@cache
def symbols() -> Mapping[str, Marker]:
    """What the DfE writes in place of a number, each with what it means."""
    return {row["symbol"]: Marker(row["marker"]) for row in tables.rows(DATA / "markers.csv")}


@cache
def _words() -> Mapping[Marker, str]:
    return {Marker(row["marker"]): row["words"] for row in tables.rows(DATA / "markers.csv")}
