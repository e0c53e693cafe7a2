"""What an indicator may need, in words: a table, a column, or a fact that nothing holds yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.standards.tables import rows

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Words:
    """How a need is spoken of. `later` says that Kith has no place for it yet, and `note` what is to come."""

    words: str
    dated: str
    later: bool
    note: str


def in_words(need: str) -> Words:
    """The words for a need, the first where either of several is enough. Raises KeyError for one that
    `data/needs.csv` does not have.
    """
    return all_words()[need.partition("|")[0]]


def only_with(need: str) -> str | None:
    """The column without which a row cannot have a need, as a reason for an end without an end; None where
    every row can.
    """
    return _only_with().get(need)


@cache
def _only_with() -> Mapping[str, str]:
    return {row["need"]: row["only_with"] for row in rows(_DATA / "only_with.csv")}


def dated(table: str) -> str | None:
    """The column with a table's own date, by which its rows are put in a year; None for one without."""
    known = all_words().get(table)
    return known.dated or None if known else None


@cache
def all_words() -> Mapping[str, Words]:
    """The words for every need, by its name."""
    return {
        row["need"]: Words(row["words"], row["dated"], row["later"] == "yes", row["note"])
        for row in rows(_DATA / "needs.csv")
    }
