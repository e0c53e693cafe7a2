"""Where the column that a rule names stands: in which table, and in which of its rows (see `views`)."""

from dataclasses import dataclass
from functools import cache

from kith.dataset.formats import tables_903, tables_cin

LAST_YEAR = "LastYear"
TURNS = "turns_"
CELL_WORDS = ("text", "written", "known", "as_number")
NEIGHBOURS = ("next", "before")
PROVIDER = "Provider"


@dataclass(frozen=True)
class Place:
    """A column of a view: the table it stands in, the view's column that says in which row, its own name."""

    table: str
    row: str
    column: str


@dataclass(frozen=True)
class Way:
    """A path into another table: which of the child's rows ("one", "first", "latest"), which column."""

    table: str
    pick: str
    column: str

    @property
    def row(self) -> str:
        """The path of the row itself."""
        return f"{self.table}.row" if self.pick == "one" else f"{self.table}.{self.pick}.row"


@cache
def place_of(view: str, name: str) -> Place:
    """Where the column `name` of `view` stands."""
    first, _, other = view.partition("+")
    head, _, rest = name.partition(".")
    if head == "other":
        inner = place_of(other, rest)
        return Place(inner.table, f"other.{inner.row}", inner.column)
    if head in NEIGHBOURS:
        inner = place_of(first, rest)
        return Place(inner.table, f"{head}.{inner.row}", inner.column)
    if rest and rest not in CELL_WORDS and head in _heads():
        way = way_of(name)
        return Place(way.table, way.row, way.column)
    return Place(first, "row", name)


@cache
def way_of(name: str) -> Way:
    """A path's steps: "LastYear.Episodes.latest.LS" is LS of that table's latest row of the child."""
    parts = name.split(".")
    if parts[0] == LAST_YEAR:
        parts[:2] = [".".join(parts[:2])]
    if len(parts) > 2 and parts[1] in ("first", "latest"):
        return Way(parts[0], parts[1], ".".join(parts[2:]))
    return Way(parts[0], "one", ".".join(parts[1:]))


def bare(table: str) -> str:
    """A table's name without the year it is of."""
    return table.removeprefix(f"{LAST_YEAR}.")


def in_words(table: str) -> str:
    """A table's name as a sentence says it: "Episodes of last year's return"."""
    return f"{bare(table)} of last year's return" if table.startswith(LAST_YEAR) else table


@cache
def _heads() -> frozenset[str]:
    return frozenset({LAST_YEAR, PROVIDER, *tables_903(), *tables_cin()})
