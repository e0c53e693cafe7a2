"""Plants errors in a return, each known to break one rule: the examples beside the rules, under new names.

A test or a benchmark puts them among an authority's own rows, checks the whole, and asks of each whether its
rule found it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from random import Random

import polars as pl

from kith.checks.examples import Example, parsed_example
from kith.checks.paths import bare
from kith.checks.report import Report
from kith.checks.rule import Rule
from kith.checks.views import CHILD_COLUMNS
from kith.dataset.readers.cin_xml import RUNNING_NUMBERS

_NUMBERS = (*RUNNING_NUMBERS.values(),)


@dataclass(frozen=True)
class Planted:
    """One example in a return: its rule, its tables under new names, and which of its children break it."""

    rule: Rule
    tables: Mapping[str, pl.DataFrame]
    children: frozenset[str]


Columns = Mapping[str, Collection[str]]


def planted(
    rules: Iterable[Rule], count: int, chance: Random, columns: Columns | None = None
) -> list[Planted]:
    """`count` examples, every rule in turn, so that each comes at least once where `count` allows it.

    Left out are rules about the child's id itself or the file's header, whose examples cannot be renamed;
    rules about the whole return, which other rows put right; examples that are of a year or an authority of
    their own; and those that need a column which is not among `columns`, those of each table in the form that
    the return is going to be written in (None: it has them all).
    """
    usable = [rule for rule in rules if _can_be_planted(rule) and _can_be_written(rule, columns)]
    order = [usable[at % len(usable)] for at in range(count)]
    made = [_renamed(rule, parsed_example(rule.examples), number) for number, rule in enumerate(order)]
    chance.shuffle(made)
    return made


def _can_be_planted(rule: Rule) -> bool:
    example = parsed_example(rule.examples)
    settings = example.year is not None or example.authority is not None or "Provider" in example.tables
    own = rule.table.partition("+")[0]
    child = CHILD_COLUMNS[rule.return_]
    about_ids = child in rule.fields and rule.fields == (child,)
    about_the_file = own == "Header" and rule.return_ == "cin"
    return not (settings or about_ids or about_the_file or rule.is_of_the_whole_return) and all(
        child in frame.columns for frame in example.tables.values()
    )


def _can_be_written(rule: Rule, columns: Columns | None) -> bool:
    tables = parsed_example(rule.examples).tables
    return columns is None or all(
        set(frame.columns) <= set(columns[bare(name)]) for name, frame in tables.items()
    )


def _renamed(rule: Rule, example: Example, number: int) -> Planted:
    child = CHILD_COLUMNS[rule.return_]
    prefix = f"P{number:05}"
    names = [child, *_NUMBERS]
    tables = {
        name: frame.with_columns(
            (pl.lit(prefix) + pl.col(one)).alias(one) for one in names if one in frame.columns
        )
        for name, frame in example.tables.items()
    }
    own = rule.table.partition("+")[0]
    rows = sorted(example.found[own])
    return Planted(rule, tables, frozenset(tables[own][child][rows].drop_nulls()))


def not_found(planting: Iterable[Planted], report: Report) -> list[Planted]:
    """Those of the planted examples that their rule did not find."""
    found = {outcome.rule.code: report.children_of(outcome) for outcome in report.with_status("findings")}
    return [one for one in planting if not one.children <= found.get(one.rule.code, frozenset())]
