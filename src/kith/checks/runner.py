"""Runs rules over the views: fused, a table at a time; one by one where a fused pass fails."""

import traceback
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import cast

import polars as pl

from kith.checks.outcome import Outcome
from kith.checks.paths import place_of
from kith.checks.rule import Expression, RowsFunction, Rule
from kith.checks.views import CannotRun, Views

_SHARED_PARTS = pl.QueryOptFlags.none()
_SHARED_PARTS.comm_subexpr_elim = True
_MANY = 100
"""From so many rules on, what several of them ask ("the child's 18th birthday") is looked for and worked out
once; to look for it among fewer takes longer than it saves."""


@dataclass(frozen=True)
class _Ready:
    """A rule whose expression is built and whose columns are all there."""

    rule: Rule
    expression: pl.Expr
    names: tuple[str, ...]


def run(rules: Iterable[Rule], views: Views) -> tuple[Outcome, ...]:
    """What became of each rule, in the order given. A rule that crashes has that as its outcome."""
    rules = tuple(rules)
    outcomes: dict[Rule, Outcome] = {}
    ready: defaultdict[str, list[_Ready]] = defaultdict(list)
    for rule in rules:
        if not rule.is_an_expression:
            outcomes[rule] = _of_a_function(rule, views)
        elif isinstance(made := _made_ready(rule, views), Outcome):
            outcomes[rule] = made
        else:
            ready[rule.table].append(made)
    for view, batch in ready.items():
        outcomes |= _run_batch(view, batch, views)
    return tuple(outcomes[rule] for rule in rules)


def _made_ready(rule: Rule, views: Views) -> "_Ready | Outcome":
    try:
        expression, names = _built(rule)
        for name in names:
            views.column(rule.table, name)
        views.height(rule.table)
    except CannotRun as reason:
        return Outcome(rule, "could not run", missing=reason.missing)
    except Exception:
        return _crashed(rule)
    return _Ready(rule, expression, names)


@cache
def _built(rule: Rule) -> tuple[pl.Expr, tuple[str, ...]]:
    """A rule's expression and the columns it names, in their order, built once in a process."""
    expression = cast(Expression, rule.finds)()
    return expression, tuple(dict.fromkeys(expression.meta.root_names()))


def _run_batch(view: str, batch: Sequence[_Ready], views: Views) -> dict[Rule, Outcome]:
    """A table's rules in one pass; where that fails, each alone, so that one takes no other with it."""
    try:
        flags = _flags(view, batch, views).get_columns()
        return {one.rule: _outcome(one.rule, found, views) for one, found in zip(batch, flags, strict=True)}
    except Exception:
        if len(batch) == 1:
            return {batch[0].rule: _crashed(batch[0].rule)}
    return {rule: outcome for one in batch for rule, outcome in _run_batch(view, [one], views).items()}


def _flags(view: str, batch: Sequence[_Ready], views: Views) -> pl.DataFrame:
    names = frozenset().union(*(one.names for one in batch))
    frame = views.frame(view, names) if names else pl.DataFrame({"row": views.column(view, "row")})
    expressions = [one.expression.alias(f"{at}") for at, one in enumerate(batch)]
    if len(batch) < _MANY:
        return frame.select(expressions)
    return frame.lazy().select(expressions).collect(optimizations=_SHARED_PARTS)


def _outcome(rule: Rule, flags: pl.Series, views: Views) -> Outcome:
    if flags.dtype != pl.Boolean:
        raise TypeError(f"Rule {rule.code} gives {flags.dtype} where it should say true or false.")
    count = int(flags.sum())
    if not count:
        return Outcome(rule, "clear")
    return Outcome(rule, "findings", count, partial(_rows_to_show, rule, flags, views))


def _rows_to_show(rule: Rule, flags: pl.Series, views: Views) -> pl.DataFrame:
    """The rows of each finding; none of a table that is only there to be read, where the return lacks it."""
    found = flags.arg_true()
    rows: dict[str, pl.Series] = {}
    for name in row_columns(rule):
        try:
            rows[name] = views.column(rule.table, name)[found]
        except CannotRun:
            continue
    return pl.DataFrame(rows)


@cache
def row_columns(rule: Rule) -> tuple[str, ...]:
    """The rule's own row, then the row of each other field it names."""
    return tuple(dict.fromkeys(["row", *(place_of(rule.table, name).row for name in rule.fields)]))


def _of_a_function(rule: Rule, views: Views) -> Outcome:
    try:
        rows = cast(RowsFunction, rule.finds)(views)
        if "row" not in rows.columns:
            raise TypeError(f"Rule {rule.code} gives rows without saying which (no column “row”).")
    except CannotRun as reason:
        return Outcome(rule, "could not run", missing=reason.missing)
    except Exception:
        return _crashed(rule)
    return Outcome(rule, "findings" if rows.height else "clear", rows.height, lambda: rows)


def _crashed(rule: Rule) -> Outcome:
    return Outcome(rule, "crashed", error=traceback.format_exc(limit=-6))
