"""The tables of a CIN census file as text, made from its elements a column at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kith.dataset.formats import Column, Table, tables_cin
from kith.dataset.readers.cin_xml import CHILD, CHILDREN, HEADER, RUNNING_NUMBERS, levels
from kith.dataset.readers.xml_flat import Elements
from kith.dataset.returns import LINE_COLUMN

MAY_BE_EMPTY = ("Reviews",)
"""Lists of one element each in which an empty one is a row: a review with no date, which rule 8842Q finds."""


def texts_of_cin(elements: Elements) -> dict[str, pl.DataFrame]:
    """Every table of the census as text columns with `_line`, the child's id and the running numbers.

    Where an element stands twice in a row that may hold it once, the first is taken.
    """
    tree = _Tree.of(elements.frame)
    tables = {table.name: _rows(tree, table) for table in tables_cin().values()}
    child = tree.ordinals(tables_cin()[CHILDREN])
    ids = tables[CHILDREN][CHILD] if tables[CHILDREN].height else pl.Series([], dtype=pl.String)
    for name, level in levels().items():
        at = tables[name]["_element"]
        keys = {} if name == CHILDREN else {CHILD: ids[child[at]]}
        for above in (*level.ancestors, name):
            if above in RUNNING_NUMBERS:
                number = tree.ordinals(tables_cin()[above])[at] + 1
                keys[RUNNING_NUMBERS[above]] = number.cast(pl.String)
        tables[name] = tables[name].with_columns(**keys)
    kept = {name: frame for name, frame in tables.items() if name != HEADER or frame.height}
    return {name: frame.drop("_element") for name, frame in kept.items()}


@dataclass(frozen=True)
class _Tree:
    """The elements with where each stands, and those at each place ("CINdetails/Section47") at hand."""

    text: pl.Series
    line: pl.Series
    parent: pl.Series
    places: Mapping[str, pl.Series]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "_Tree":
        parent = frame.select(pl.when(pl.col("parent") >= 0).then(pl.col("parent"))).to_series()
        place = pl.DataFrame({"parent": frame["tag"][parent], "tag": frame["tag"]}).select(
            pl.concat_str("parent", pl.lit("/"), "tag").cast(pl.Categorical).alias("place")
        )
        grouped = place.with_row_index("element").group_by("place").agg("element")
        names = grouped["place"].cast(pl.String)
        places = {name: grouped["element"][at] for at, name in enumerate(names) if name is not None}
        return cls(frame["text"], frame["line"], parent, places)

    def at(self, path: str) -> pl.Series:
        """The elements whose own tag and their parent's are the last two of `path`."""
        return self.places.get("/".join(path.split("/")[-2:]), pl.Series([], dtype=pl.UInt32))

    def rows_of(self, table: Table) -> pl.Series:
        """The elements that make the rows of `table`."""
        rows = self.at(table.row_path)
        needs_text = table.columns[0].repeats and table.name not in MAY_BE_EMPTY
        return rows.filter(self.text[rows].is_not_null()) if needs_text else rows

    def ordinals(self, table: Table) -> pl.Series:
        """For each element, the row of `table` that it stands in or after, from 0."""
        begins = pl.zeros(self.text.len(), dtype=pl.Int32, eager=True)
        rows = self.rows_of(table)
        return (begins.scatter(rows, 1) if rows.len() else begins).cum_sum() - 1


def _rows(tree: _Tree, table: Table) -> pl.DataFrame:
    elements = tree.rows_of(table)
    place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, tree.text.len())
    if elements.len():
        place = place.scatter(elements, pl.int_range(elements.len(), dtype=pl.UInt32, eager=True))
    columns: Mapping[str, pl.Series] = {
        column.name: _cells(tree, table, column, elements, place) for column in table.columns
    }
    return pl.DataFrame({**columns, LINE_COLUMN: tree.line[elements], "_element": elements})


def _cells(tree: _Tree, table: Table, column: Column, elements: pl.Series, place: pl.Series) -> pl.Series:
    if column.repeats:
        return tree.text[elements]
    is_grouped = "/" in column.xml_path.removeprefix(f"{table.row_path}/")
    found = tree.at(column.xml_path).reverse()
    above = tree.parent[found]
    rows = place[tree.parent[above] if is_grouped else above]
    known = rows.is_not_null()
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, elements.len())
    return empty.scatter(rows.filter(known), tree.text[found].filter(known)) if known.any() else empty
