"""Checks the returns of one authority, and tells in numbers what was found: one piece of the work of many."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kith.checks.catalogue import every_rule, rules_of
from kith.checks.checking import check
from kith.checks.door.reading import GivenReturn, read_given, wanted_of, year_before
from kith.checks.outcome import Status
from kith.checks.results.tables import NOT_STATED, by_rule
from kith.dataset.readers.files import CannotRead
from kith.dataset.returns import Kind

_CODE = re.compile(r"(E\d{8}|[2-9]\d\d)(?![0-9A-Za-z])")
_ENDED = ("rule", "result", "findings", "children", "not run because")
_OF_THE_RULE = ("severity", "what is wrong")


@dataclass(frozen=True)
class Asked:
    """What to check of each authority: `previous` is a folder of last year's, by the same names."""

    return_: str | None = None
    year: int | None = None
    only: Sequence[str] | None = None
    previous: Path | None = None
    providers: pl.DataFrame | None = None


@dataclass(frozen=True)
class Counted:
    """What the check of one return came to; `folder` is where in the authority's it lies.

    `by_rule` has a row for each rule that was asked for: how it ended, its findings and children.
    """

    authority: str
    return_: Kind
    year: int
    folder: str
    rows: int
    rejects: int
    by_rule: pl.DataFrame

    @property
    def statuses(self) -> Counter[Status]:
        """How many rules ended each way."""
        return Counter(self.by_rule["result"].to_list())

    @property
    def findings(self) -> int:
        """How many findings there are in all."""
        return int(self.by_rule["findings"].sum())


def check_authority(asked: Asked, folder: Path) -> tuple[Counted, ...]:
    """Check every return in an authority's folder that was asked for, each with the year before it.

    The folder's name may begin with the authority's code (the DfE's three digits, or the ONS code), which
    serves where a return does not name its sender. Of the rules that were named, each return is asked those
    that its year has. Raises CannotRead where no return could be read, or what was asked for is not there.
    """
    given = read_given(folder, year=asked.year)
    others = [*_last_years(asked.previous, folder.name), *given]
    return tuple(
        _counted(one, others, asked, folder.name) for one in wanted_of(given, asked.return_, asked.year)
    )


def unknown_rules(codes: Sequence[str]) -> list[str]:
    """Those of the codes that no rule has, of either return and any year."""
    known = {rule.code for rule in (*every_rule("903"), *every_rule("cin"))}
    return [code for code in codes if code not in known]


def authority_in(name: str) -> str | None:
    """The authority's code that a folder's name begins with ("301", "E09000002 Barking"), or None."""
    found = _CODE.match(name)
    return found[1] if found else None


def _last_years(previous: Path | None, authority: str) -> list[GivenReturn]:
    if previous is None or not (previous / authority).is_dir():
        return []
    try:
        return read_given(previous / authority)
    except CannotRead as problem:
        raise CannotRead(f"Last year's return could not be read. {problem}") from None


def _counted(one: GivenReturn, others: list[GivenReturn], asked: Asked, authority: str) -> Counted:
    report = check(
        one,
        return_=one.return_,
        year=one.year,
        only=_rules_asked(asked.only, one),
        previous=year_before(one, others),
        providers=asked.providers,
        authority=one.authority or authority_in(authority),
    )
    rules = by_rule(report).select(_ENDED)  # not the rules' sentences, which would be kept for each return
    return Counted(authority, one.return_, one.year, one.group, one.rows(), len(one.rejects), rules)


def _rules_asked(only: Sequence[str] | None, one: GivenReturn) -> Sequence[str] | None:
    """Those of the rules asked for that this return and year have; others have the rest."""
    if only is None:
        return None
    return [rule.code for rule in rules_of(one.return_, one.year) if rule.code in only]


def counts_table(counted: Sequence[Counted]) -> pl.DataFrame:
    """One row for each authority, return, year and rule, in that order: how it ended and what it found.

    `counted` holds at least one return.
    """
    frames = [
        one.by_rule.select(
            pl.lit(one.authority).alias("authority"),
            pl.lit(one.return_).alias("return"),
            pl.lit(one.year, dtype=pl.Int64).alias("year"),
            pl.lit(one.folder).alias("folder"),
            *_ENDED,
        )
        for one in counted
    ]
    returns = {(one.return_, one.year) for one in counted}
    sentences = pl.concat([_sentences(return_, year) for return_, year in sorted(returns)])
    return (
        pl.concat(frames)
        .join(sentences, on=["return", "year", "rule"], how="left")
        .sort("authority", "return", "year", "folder", "rule")
    )


def _sentences(return_: Kind, year: int) -> pl.DataFrame:
    rules = rules_of(return_, year)
    return pl.DataFrame(
        {
            "return": [return_] * len(rules),
            "year": pl.Series([year] * len(rules), dtype=pl.Int64),
            "rule": [rule.code for rule in rules],
            "severity": [rule.severity or NOT_STATED for rule in rules],
            "what is wrong": [rule.says for rule in rules],
        }
    )


def totals_by_rule(counts: pl.DataFrame) -> pl.DataFrame:
    """One row for each return and rule over all authorities and years: crashed first, then most findings.

    `returns` is how many it was asked of; the columns after it, in how many of those it ended so.
    """
    ended = {
        "with findings": "findings",
        "clear": "clear",
        "could not run": "could not run",
        "crashed": "crashed",
    }
    return (
        counts.group_by("return", "rule")
        .agg(
            pl.col("findings", "children").sum(),
            pl.len().cast(pl.Int64).alias("returns"),
            *(
                (pl.col("result") == result).sum().cast(pl.Int64).alias(name)
                for name, result in ended.items()
            ),
            pl.col(_OF_THE_RULE).last(),
        )
        .sort(["crashed", "findings", "return", "rule"], descending=[True, True, False, False])
    )
