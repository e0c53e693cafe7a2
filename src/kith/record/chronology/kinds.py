"""The kinds of line a story has, and how much each weighs in it.

They are in data/kinds.csv, and a room that tells of its own kinds has a table of its own of the same form.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.standards.tables import rows

_TABLES = [Path(__file__).parent / "data" / "kinds.csv"]


@dataclass(frozen=True)
class Kind:
    """A kind of line.

    `weight` runs 1 (routine) to 9 (turns a life). On the timeline's picture it is a `mark`, or the
    `edge` (start, end) of a `band`, or neither. `many` is how several in a row are told as one, with
    `{count}`; empty where they are not.
    """

    kind: str
    words: str
    weight: int
    mark: str
    band: str
    edge: str
    many: str


TURNING_POINT = 6  # the least weight of a line that turns a story


def also_in(table: Path) -> None:
    """Have the kinds of a room's own table known too; a room names it as it is made ready."""
    if table not in _TABLES:
        _TABLES.append(table)
        kinds.cache_clear()


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of line by its name."""
    return {
        row["kind"]: Kind(
            row["kind"],
            row["words"],
            int(row["weight"]),
            row["mark"],
            row["band"],
            row["edge"],
            row["many"],
        )
        for table in _TABLES
        for row in rows(table)
    }


def kind(name: str) -> Kind:
    """One kind; a name that is not in the table is a routine kind of its own words."""
    return kinds().get(name) or Kind(name, name.replace("_", " ").capitalize(), 1, "", "", "", "")
