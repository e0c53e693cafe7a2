"""A report's findings as tables: one row a finding, and the same counted by rule and by child."""

from typing import Any

import polars as pl

from kith.checks.outcome import Outcome
from kith.checks.paths import in_words, place_of
from kith.checks.report import Report
from kith.checks.views import CannotRun, Views
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN

NOT_STATED = "not stated"

FINDINGS: dict[str, type[pl.DataType]] = {
    "rule": pl.String,
    "severity": pl.String,
    "what is wrong": pl.String,
    "child": pl.String,
    "table": pl.String,
    "file": pl.String,
    "line": pl.Int64,
    "values": pl.String,
    "linked rows": pl.String,
}
_SHOWN_VALUE = 60
_ROW_AND_ONE_LINKED = 2
_SEVERITIES = {"error": 0, "query": 1}


def findings_table(report: Report) -> pl.DataFrame:
    """One row a finding, with the columns of `FINDINGS`; `values` as typed ("DEC=30/04/2026; REC=blank")."""
    frames = [_of_rule(outcome, report.views) for outcome in report.with_status("findings")]
    return pl.concat(frames) if frames else pl.DataFrame(schema=FINDINGS)


def by_rule(report: Report) -> pl.DataFrame:
    """One row for each rule asked for: how it ended, findings, children; worst first, then those not run.

    Worst are errors, which the DfE refuses, then queries, then the most findings.
    """
    rows: list[dict[str, Any]] = [
        {
            "rule": outcome.rule.code,
            "result": outcome.status,
            "findings": outcome.count,
            "children": _children_of(outcome, report.views).n_unique() if outcome.count else 0,
            "severity": outcome.rule.severity or NOT_STATED,
            "what is wrong": outcome.rule.says,
            "not run because": f"missing: {outcome.missing}"
            if outcome.missing
            else _last_line(outcome.error),
        }
        for outcome in report.outcomes
    ]
    order = {"crashed": 0, "findings": 1, "could not run": 2, "clear": 3}
    rows.sort(
        key=lambda row: (
            order[row["result"]],
            _SEVERITIES.get(row["severity"], len(_SEVERITIES)),
            -row["findings"],
            row["rule"],
        )
    )
    return pl.DataFrame(rows, schema=_BY_RULE)


_BY_RULE = {
    "rule": pl.String,
    "result": pl.String,
    "findings": pl.Int64,
    "children": pl.Int64,
    "severity": pl.String,
    "what is wrong": pl.String,
    "not run because": pl.String,
}


def told_severity(frame: pl.DataFrame) -> pl.DataFrame:
    """A table without its column of severities where not one is stated; else as it is."""
    stated = frame.filter(pl.col("severity") != NOT_STATED)
    return frame if stated.height or not frame.height else frame.drop("severity")


def by_child(findings: pl.DataFrame) -> pl.DataFrame:
    """One row for each child that has a finding: how many, of which rules; the child with most first."""
    return (
        findings.filter(pl.col("child").is_not_null())
        .group_by("child")
        .agg(
            pl.len().cast(pl.Int64).alias("findings"),
            pl.col("rule").n_unique().cast(pl.Int64).alias("rules broken"),
            pl.col("rule").unique().sort().str.join(" ").alias("rules"),
        )
        .sort(["findings", "child"], descending=[True, False])
    )


def _of_rule(outcome: Outcome, views: Views) -> pl.DataFrame:
    rule, table = outcome.rule, outcome.rule.table.partition("+")[0]
    height = outcome.count
    frame = views.table(table)
    return pl.DataFrame(
        {
            "rule": pl.Series([rule.code]).new_from_index(0, height),
            "severity": pl.Series([rule.severity or NOT_STATED]).new_from_index(0, height),
            "what is wrong": pl.Series([rule.says]).new_from_index(0, height),
            "child": _children_of(outcome, views),
            "table": pl.Series([in_words(table)]).new_from_index(0, height),
            "file": _gathered(frame, FILE_COLUMN, outcome.rows["row"], pl.String),
            "line": _gathered(frame, LINE_COLUMN, outcome.rows["row"], pl.Int64),
            "values": _values(outcome, views),
            "linked rows": _linked(outcome, views),
        },
        schema=FINDINGS,
    )


def _children_of(outcome: Outcome, views: Views) -> pl.Series:
    table = outcome.rule.table.partition("+")[0]
    return _gathered(views.table(table), views.child_column, outcome.rows["row"], pl.String)


def _gathered(frame: pl.DataFrame, name: str, rows: pl.Series, type_: type[pl.DataType]) -> pl.Series:
    if name in frame.columns:
        return frame[name].cast(type_)[rows]
    return pl.Series([None], dtype=type_).new_from_index(0, rows.len())


def labelled_values(outcome: Outcome, views: Views) -> list[tuple[tuple[str, str | None], ...]]:
    """For each finding, what was typed in each of the rule's fields: ("DEC", "30/04/2026"), ..."""
    columns = [
        [(_label(outcome, name), text) for text in cells.to_list()]
        for name in outcome.rule.fields
        if (cells := cells_of(outcome, name, views)) is not None
    ]
    return list(zip(*columns, strict=True)) if columns else [()] * outcome.count


def _values(outcome: Outcome, views: Views) -> pl.Series:
    """The fields with what was typed in them.

    Where each finding links to a row of one of several tables, the fields of the others are left out.
    """
    gathers = not outcome.rule.is_an_expression and len(outcome.rows.columns) > _ROW_AND_ONE_LINKED
    texts = []
    for name in outcome.rule.fields:
        cells = cells_of(outcome, name, views)
        if cells is not None:
            shown = pl.lit(f"{_label(outcome, name)}=") + cells.str.slice(0, _SHOWN_VALUE).fill_null("blank")
            rows = outcome.rows[place_of(outcome.rule.table, name).row]
            texts.append(pl.when(rows.is_not_null()).then(shown) if gathers else shown)
    if not texts:
        return pl.Series([""]).new_from_index(0, outcome.count)
    return pl.select(pl.concat_str(texts, separator="; ", ignore_nulls=True)).to_series()


def cells_of(outcome: Outcome, name: str, views: Views) -> pl.Series | None:
    """What was typed in the field `name` at each finding; None where the return has no such column."""
    place = place_of(outcome.rule.table, name)
    if place.row not in outcome.rows.columns:
        return None
    try:
        return views.column(place.table, f"{place.column}.written")[outcome.rows[place.row]]
    except CannotRun:
        return None


def _label(outcome: Outcome, name: str) -> str:
    place = place_of(outcome.rule.table, name)
    own = outcome.rule.table.partition("+")[0]
    if place.row == "row":
        return place.column
    which = {"next": "next ", "before": "last "}.get(name.partition(".")[0], "")
    return f"{which}{place.column}" if place.table == own else f"{in_words(place.table)} {place.column}"


def _linked(outcome: Outcome, views: Views) -> pl.Series:
    """The rows beside the finding's own, "Header line 12; Episodes line 30"; blank without."""
    texts = []
    for column in outcome.rows.columns[1:]:
        table = place_of(outcome.rule.table, column).table
        lines = _gathered(views.table(table), LINE_COLUMN, outcome.rows[column], pl.Int64)
        texts.append(pl.lit(f"{in_words(table)} line ") + lines.cast(pl.String))
    if not texts:
        return pl.Series([""]).new_from_index(0, outcome.count)
    return pl.select(pl.concat_str(texts, separator="; ", ignore_nulls=True)).to_series()


def _last_line(error: str) -> str:
    return f"crashed: {error.strip().splitlines()[-1]}" if error else ""
