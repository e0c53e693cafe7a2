"""`kith check --authorities`: the rules over a region's returns, and what each came to in numbers."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click
import polars as pl

from kith.checks.authorities import (
    Asked,
    Counted,
    check_authority,
    counts_table,
    totals_by_rule,
    unknown_rules,
)
from kith.checks.outcome import Status
from kith.checks.results.summary import cut, statuses_in_words
from kith.cli.checking_status import CLEAN, FINDINGS, NOT_ALL_RAN, status_of
from kith.cli.faults import kept
from kith.cli.terminal import CouldNot, progress
from kith.dataset.each_authority import Answered, Failed, authority_folders, each_authority
from kith.dataset.writers.spreadsheet_cells import plain_cells
from kith.dataset.years import year_name
from kith.standards.years import CALLED

NOT_CHECKED = "could not be checked"
_NAMED = 10
_TITLE = len("CIN census 2026-27")


@dataclass
class Region:
    """What a folder of authorities came to: each return, each authority that failed, what lay beside them."""

    passed_over: Sequence[str]
    counted: list[Counted] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    def in_order(self) -> "Region":
        """The same, whatever the order in which the authorities ended."""
        counted = sorted(self.counted, key=lambda one: (one.authority, one.return_, one.year, one.folder))
        return Region(self.passed_over, counted, sorted(self.failed, key=lambda one: one.authority))


def check_authorities(folder: Path, asked: Asked, form: str, output: Path | None) -> int:
    """Check each authority in `folder`, tell what was found, and give the exit status.

    Raises CouldNot where no authority could be checked or a rule does not exist, CannotRead where `folder`
    holds no authority.
    """
    if unknown := unknown_rules(asked.only or ()):
        raise CouldNot(f"There is no rule {', '.join(unknown)} in any return or year.")
    lines: list[str] = []
    to_file = form == "text" and output is not None
    tell = lines.append if to_file or (form != "text" and output is None) else click.echo
    region = _checked(folder, asked, tell, bar=form == "csv" and output is None).in_order()
    if not region.counted:
        raise CouldNot(f"No authority in {folder.name} could be checked.\n" + "\n".join(_failures(region)))
    counts = counts_table(region.counted)
    totals = totals_by_rule(counts)
    for line in _totals(region, counts, totals):
        tell(line)
    if form == "csv":
        _give(_as_csv(region, counts), output)
    elif form == "json":
        _give(_as_json(region, counts, totals), output)
    elif to_file:
        _give("\n".join(lines).encode() + b"\n", output)
    return exit_status(region)


def _checked(folder: Path, asked: Asked, tell: Callable[[str], Any], *, bar: bool) -> Region:
    """Check them all, and tell of each return as its authority ends."""
    folders = authority_folders(folder)
    width = max(len(each.name) for each in folders)
    region = Region(sorted(each.name for each in folder.iterdir() if each.is_file()))
    with (
        progress("Checking", machine=not bar) as step,
        closing(each_authority(folder, partial(check_authority, asked))) as ended,
    ):
        for at, one in enumerate(ended, start=1):
            step("authorities", at, len(folders))
            if isinstance(one, Answered):
                region.counted += one.answer
                for counted in one.answer:
                    tell(_line(counted, width))
            else:
                region.failed.append(one)
    return region


def _line(one: Counted, width: int) -> str:
    title = f"{CALLED[one.return_]} {year_name(one.year)}"
    unread = f"; {one.rejects:,} rows or files could not be read" if one.rejects else ""
    return (
        f"{one.authority:<{width}}  {title:<{_TITLE}}  {one.rows:>9,} rows  {one.findings:>7,} findings  "
        f"{statuses_in_words(one.statuses)}{unread}"
    )


def _totals(region: Region, counts: pl.DataFrame, totals: pl.DataFrame) -> Iterator[str]:
    authorities, returns = len({one.authority for one in region.counted}), len(region.counted)
    rows = sum(one.rows for one in region.counted)
    yield ""
    yield (
        f"{authorities:,} {'authority' if authorities == 1 else 'authorities'}, {returns:,} "
        f"{'return' if returns == 1 else 'returns'}: {rows:,} rows, {counts['findings'].sum():,} findings"
    )
    if region.failed:
        yield f"{len(region.failed):,} {NOT_CHECKED}:"
        yield from _failures(region)
    if region.passed_over:
        more = ", ..." if len(region.passed_over) > _NAMED else ""
        named = ", ".join(region.passed_over[:_NAMED])
        yield f"{len(region.passed_over):,} not in an authority's folder, and not checked: {named}{more}"
    yield from _crashes(counts)
    yield from _rules(totals)
    yield from _not_run(counts, len(region.counted))


def _failures(region: Region) -> Iterator[str]:
    for one in region.failed:
        yield f"- {one.authority}: {one.reason}".replace("\n", "\n    ")
    if traces := [f"{one.authority}\n{one.trace}" for one in region.failed if one.trace]:
        yield f"Send {kept(chr(10).join(traces))} to whoever looks after Kith. It may name files."


def _crashes(counts: pl.DataFrame) -> Iterator[str]:
    crashed = counts.filter(pl.col("result") == "crashed")
    for row in crashed.group_by("return", "rule", maintain_order=True).first().iter_rows(named=True):
        yield (
            f"Rule {row['rule']} CRASHED, first at {row['authority']}, {CALLED[row['return']]} "
            f"{year_name(row['year'])}: {row['not run because'].removeprefix('crashed: ')}"
        )


def _rules(totals: pl.DataFrame) -> Iterator[str]:
    rows = totals.filter(pl.col("findings") > 0).sort("findings", descending=True, maintain_order=True)
    if rows.height:
        yield ""
        yield "By rule, most findings first:"
    for row in rows.iter_rows(named=True):
        kind = f" ({row['severity']})" if row["severity"] in ("error", "query") else ""
        yield (
            f"  {CALLED[row['return']]:<10}  {row['rule']:<8}{row['findings']:>10,}  in "
            f"{row['with findings']:,} of {row['returns']:,} returns  {cut(row['what is wrong'])}{kind}"
        )


def _not_run(counts: pl.DataFrame, counted: int) -> Iterator[str]:
    lacked = (
        counts.filter(pl.col("result") == "could not run")
        .group_by("not run because")
        .agg(
            pl.col("rule").n_unique().alias("rules"),
            pl.struct("authority", "return", "year", "folder").n_unique().alias("returns"),
        )
        .sort(["rules", "not run because"], descending=[True, False])
    )
    if lacked.height:
        yield ""
        yield "Could not run, and what they lacked:"
    for because, rules, returns in lacked.iter_rows():
        yield (
            f"  {rules:>4} {'rule ' if rules == 1 else 'rules'} in {returns:,} of {counted:,} returns  "
            f"{because.removeprefix('missing: ')}"
        )


def _as_csv(region: Region, counts: pl.DataFrame) -> bytes:
    """The counts, and a row for each authority that could not be checked; UTF-8 with a byte-order mark."""
    failed = pl.DataFrame(
        {
            "authority": [one.authority for one in region.failed],
            "result": [NOT_CHECKED for _ in region.failed],
            "not run because": [one.reason for one in region.failed],
        },
        schema={"authority": pl.String, "result": pl.String, "not run because": pl.String},
    )
    table = pl.concat([counts, failed], how="diagonal")
    return b"\xef\xbb\xbf" + plain_cells(table).write_csv().encode()


def _as_json(region: Region, counts: pl.DataFrame, totals: pl.DataFrame) -> bytes:
    whole = {
        "returns": [
            {
                "authority": one.authority,
                "return": one.return_,
                "year": one.year,
                "folder": one.folder,
                "rows": one.rows,
                "rejects": one.rejects,
                "findings": one.findings,
                "rules": dict(one.statuses),
            }
            for one in region.counted
        ],
        "not_checked": [{"authority": one.authority, "reason": one.reason} for one in region.failed],
        "passed_over": list(region.passed_over),
        "by_rule": totals.to_dicts(),
        "counts": counts.drop("severity", "what is wrong").to_dicts(),
    }
    return json.dumps(whole, ensure_ascii=False).encode() + b"\n"


def _give(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)
        click.echo(f"Counts by authority, year and rule: {output}")


def exit_status(region: Region) -> int:
    """The worst that can be said: a crash, findings or an authority that failed, rules or rows left out."""
    statuses: Counter[Status] = sum((one.statuses for one in region.counted), Counter())
    status = status_of(statuses, unread=any(one.rejects for one in region.counted))
    return FINDINGS if region.failed and status in (CLEAN, NOT_ALL_RAN) else status
