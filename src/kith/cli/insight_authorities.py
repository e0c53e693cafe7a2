"""`kith insight --authorities`: the figures of a region, one authority at a time on the machine's cores."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import polars as pl

from kith.cli.insight_asked import asked_of, lookups, place_called
from kith.cli.terminal import DONE, DONE_WITH_REJECTS, CouldNot, progress
from kith.dataset.each_authority import Answered, Failed, authority_folders, each_authority


@dataclass(frozen=True)
class Told:
    """One authority's figures, and how many rows or files could not be read."""

    figures: pl.DataFrame
    rejects: int


def tell_authorities(folder: Path, given: Mapping[str, Any]) -> int:
    """Tell of each authority in `folder`, write the figures of all, and give the exit status.

    Raises CouldNot where no authority could be told of.
    """
    asked_of(dict(given))  # a period or breakdown that is none is said before the work begins
    folders = authority_folders(folder)
    told: dict[str, Told] = {}
    failed: list[Failed] = []
    plain = {name: value for name, value in given.items() if name != "output"}
    with (
        progress("Telling", machine=given["as_json"]) as step,
        closing(each_authority(folder, partial(figures_of, plain))) as ended,
    ):
        for at, one in enumerate(ended, start=1):
            step("authorities", at, len(folders))
            if isinstance(one, Answered):
                told[one.authority] = one.answer
            else:
                failed.append(one)
    if not told:
        raise CouldNot("\n".join(["No authority could be told of.", *_failures(failed)]))
    _give(pl.concat([told[name].figures for name in sorted(told)]), given)
    _say(told, failed, given)
    return DONE_WITH_REJECTS if failed or any(one.rejects for one in told.values()) else DONE


def figures_of(given: dict[str, Any], folder: Path) -> Told:
    """The figures of one authority's folder, as its audience is given them."""
    from kith.insight.opening import open_facts
    from kith.insight.report import report_of

    opened = open_facts(folder, lookups=lookups(given), year=given["year"], only_for_figures=True)
    whose = opened.facts.authority or folder.name
    report = report_of(opened.facts, asked_of(given), place=place_called(whose))
    return Told(report.figures.with_columns(pl.lit(folder.name).alias("authority")), len(opened.rejects))


def _give(figures: pl.DataFrame, given: Mapping[str, Any]) -> None:
    output: Path | None = given["output"]
    if output is None:
        return
    if output.suffix.lower() == ".parquet":
        figures.write_parquet(output)
    elif output.suffix.lower() == ".csv":
        figures.write_csv(output)
    else:
        output.write_text(json.dumps(figures.to_dicts(), default=str, ensure_ascii=False), encoding="utf-8")


def _say(told: Mapping[str, Told], failed: list[Failed], given: Mapping[str, Any]) -> None:
    if given["as_json"]:
        counts = {name: one.figures.height for name, one in sorted(told.items())}
        failures = {one.authority: one.reason for one in failed}
        click.echo(json.dumps({"figures": counts, "failed": failures}, ensure_ascii=False))
        return
    rows = sum(one.figures.height for one in told.values())
    click.echo(f"{len(told):,} authorities: {rows:,} figures")
    for line in _failures(failed):
        click.echo(line)
    if given["output"]:
        click.echo(f"Written: {given['output']}")


def _failures(failed: list[Failed]) -> list[str]:
    return [f"{one.authority}: {one.reason}" for one in sorted(failed, key=lambda one: one.authority)]
