"""Whatever the rows say, facts are made of them, and each row comes back or is listed."""

import random
from datetime import date, timedelta

import polars as pl
import pytest

from kith.dataset.facts import facts_of, return_of, unmatched
from kith.dataset.formats import Column, schema_of, tables_903
from kith.dataset.readers.cells import with_hash
from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, LINE_COLUMN, Return

FIRST_DAY = date(2018, 3, 25)
CODES: dict[str, list[str | None]] = {
    "CHILD": [f"C{number}" for number in range(60)],
    "RNE": ["S", "L", "P", "T", "B", "U", "Q", None],
    "REC": ["X1", "X1", "X1", "E4A", "??", None],
    "LS": ["C1", "C2", "V3", "V4"],
    "CIN": ["N1", "N1", "N1", "N2"],
    "PLACE": ["U6", "K2", "T1", "Z11"],
    "SEX": ["1", "2", "M", "F", "9"],
    "UPN": ["UN1", "UN4", "A12", None],
    "REASON_PLACE_CHANGE": ["CARPL", None],
    "DATE_PERM": ["ZZ/ZZ/2015", "31/02/2015", None],
}


def any_return(chance: random.Random, year: int, rows: int = 200) -> Return:
    frames = {}
    for name, table in tables_903().items():
        held = [{column.name: any_cell(chance, column) for column in table.columns} for _ in range(rows)]
        if name == "Episodes":
            for row in held[: rows * 3 // 4]:
                row["DECOM"] = FIRST_DAY + timedelta(days=30 * chance.randrange(20))
                row["DEC"] = chance.choice([row["DECOM"] + timedelta(days=30), None])
        frame = pl.DataFrame(held, schema=schema_of(table)).with_columns(
            pl.lit(f"{year}-{name}.csv").alias(FILE_COLUMN),
            pl.int_range(2, pl.len() + 2).cast(pl.Int64).alias(LINE_COLUMN),
        )
        frames[name] = with_hash(frame, name, list(schema_of(table)))
    return Return("903", year, "given", None, frames)


def any_cell(chance: random.Random, column: Column) -> object:
    if column.type == "date":
        days = [FIRST_DAY + timedelta(days=chance.randrange(800)) for _ in range(8)]
        return chance.choice([*days, None, date(1900, 1, 1), date.max])
    if column.type == "integer":
        return chance.choice([0, 1, 2, 12, None])
    return chance.choice(CODES.get(column.name, ["A", "B", None]))


@pytest.mark.parametrize("seed", range(3))
def test_any_rows_at_all_are_told_as_facts_and_accounted_for(seed):
    chance = random.Random(seed)
    returns = [any_return(chance, 2019), any_return(chance, 2020), any_return(chance, 2019)]
    facts = facts_of(returns)
    made = [return_of(facts, "903", one.year) for one in returns]
    listed = unmatched(returns, made)
    lost = 0
    for one, back in zip(returns, made, strict=True):
        for name, table in one.tables.items():
            lost += (~table[HASH_COLUMN].is_in(back.tables[name][HASH_COLUMN].implode())).sum()
    assert len(listed) == lost
    assert all(x.reason for x in listed)
    assert [x for x in listed if x.reason.startswith("The rows around it say otherwise")] == []


def test_one_child_with_thousands_of_rows_does_not_take_long():
    chance = random.Random(7)
    one = any_return(chance, 2019, rows=4000)
    same = {name: table.with_columns(pl.lit("C1").alias("CHILD")) for name, table in one.tables.items()}
    facts = facts_of([Return("903", 2019, "given", None, same)])
    assert facts["ssd_person"]["pers_person_id"].to_list() == ["C1"]
