"""The tables of a CIN census file as text, made from its elements a column at a time."""

from collections.abc import Mapping

import polars as pl

from kith.dataset.formats import Column, Table, tables_cin
from kith.dataset.readers.cin_xml import CHILD, CHILDREN, HEADER, RUNNING_NUMBERS, levels
from kith.dataset.readers.xml_flat import Elements
from kith.dataset.returns import LINE_COLUMN


def texts_of_cin(elements: Elements) -> dict[str, pl.DataFrame]:
    """Every table of the census as text columns with `_line`, the child's id and the running numbers.

    Where an element stands twice in a row that may hold it once, the first is taken.
    """
    tree = _with_ancestors(elements.frame)
    tables = {table.name: _rows(tree, table) for table in tables_cin().values()}
    child = _ordinals(tree, tables_cin()[CHILDREN])
    ids = tables[CHILDREN][CHILD] if tables[CHILDREN].height else pl.Series([], dtype=pl.String)
    for name, level in levels().items():
        at = tables[name]["_element"]
        keys = {} if name == CHILDREN else {CHILD: ids[child[at]]}
        for above in (*level.ancestors, name):
            if above in RUNNING_NUMBERS:
                number = _ordinals(tree, tables_cin()[above])[at] + 1
                keys[RUNNING_NUMBERS[above]] = number.cast(pl.String)
        tables[name] = tables[name].with_columns(**keys)
    kept = {name: frame for name, frame in tables.items() if name != HEADER or frame.height}
    return {name: frame.drop("_element") for name, frame in kept.items()}


def _with_ancestors(frame: pl.DataFrame) -> pl.DataFrame:
    parent = pl.when(pl.col("parent") >= 0).then(pl.col("parent"))
    tree = frame.with_row_index("_element").with_columns(parent.alias("parent"))
    return tree.with_columns(
        tree["tag"][tree["parent"]].alias("parent_tag"),
        tree["parent"][tree["parent"]].alias("grandparent"),
    )


def _is_at(path: str) -> pl.Expr:
    """Elements whose own tag and their parent's are the last two of `path`."""
    *_, parent, tag = path.split("/")
    return (pl.col("tag") == tag) & (pl.col("parent_tag") == parent)


def _row_elements(tree: pl.DataFrame, table: Table) -> pl.Series:
    is_row = _is_at(table.row_path)
    if table.columns[0].repeats:
        is_row = is_row & pl.col("text").is_not_null()
    return tree.filter(is_row)["_element"]


def _ordinals(tree: pl.DataFrame, table: Table) -> pl.Series:
    """For each element, the row of `table` that it stands in or after, from 0."""
    begins = pl.zeros(tree.height, dtype=pl.Int32, eager=True)
    rows = _row_elements(tree, table)
    return (begins.scatter(rows, 1) if rows.len() else begins).cum_sum() - 1


def _rows(tree: pl.DataFrame, table: Table) -> pl.DataFrame:
    elements = _row_elements(tree, table)
    place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, tree.height)
    if elements.len():
        place = place.scatter(elements, pl.int_range(elements.len(), dtype=pl.UInt32, eager=True))
    columns: Mapping[str, pl.Series] = {
        column.name: _cells(tree, table, column, elements, place) for column in table.columns
    }
    return pl.DataFrame({**columns, LINE_COLUMN: tree["line"][elements], "_element": elements})


def _cells(
    tree: pl.DataFrame, table: Table, column: Column, elements: pl.Series, place: pl.Series
) -> pl.Series:
    if column.repeats:
        return tree["text"][elements]
    below = column.xml_path.removeprefix(f"{table.row_path}/").count("/")
    found = tree.filter(_is_at(column.xml_path)).reverse()
    rows = place[found["parent" if below == 0 else "grandparent"]]
    known = rows.is_not_null()
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, elements.len())
    return empty.scatter(rows.filter(known), found["text"].filter(known)) if known.any() else empty
