"""Makes the returns that checks are measured on: an invented authority's, of any size, with planted errors.

The authority's own children are told again under new ids (and new pupil numbers) until there are as
many as asked for, so that 100,000 children take no longer to invent than 500.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

import polars as pl

from kith.checks import rules_of
from kith.checks.planter import Planted, planted
from kith.dataset.formats import tables_903
from kith.dataset.readers.cin_xml import CHILD as CIN_CHILD
from kith.dataset.readers.cin_xml import RUNNING_NUMBERS
from kith.dataset.returns import Return
from kith.dataset.writers.cin_xml import write_cin_xml
from kith.invented.authority import invent
from kith.invented.frames import returns_of
from kith.invented.story import check_letter

SHARE_PLANTED = 0.03
YEAR_903, YEAR_CIN = 2027, 2026
_OPEN_CHILDREN, _YEARS = 1_600, 3
Tables = dict[str, pl.DataFrame]


def invented_returns() -> dict[tuple[str, int], Return]:
    """The invented authority's returns by kind and END year, to 31 March 2027."""
    authority = invent(_OPEN_CHILDREN, _YEARS, 1, date(YEAR_903, 3, 31))
    return {(made.kind, made.year): made for made in returns_of(authority)}


def make_903(
    made: Mapping[tuple[str, int], Return], children: int, this: Path, last: Path | None = None
) -> list[Planted]:
    """Write the SSDA903 of `children` children and 3 % planted errors to `this`, the year before's to `last`.

    Gives what was planted.
    """
    one = made["903", YEAR_903]
    ids = one.tables["Header"]["CHILD"].to_list()
    tables, before = (
        _many(made["903", year].tables, "CHILD", ids, children) for year in (YEAR_903, YEAR_903 - 1)
    )
    rows = sum(frame.height for frame in tables.values())
    columns = {table.name: table.headings for table in tables_903().values()}
    planting = planted(rules_of("903", YEAR_903), int(rows * SHARE_PLANTED), Random(1), columns)
    _write_903(_with(tables, planting, ""), this)
    if last:
        _write_903(_with(before, planting, "LastYear."), last)
    return planting


def make_cin(made: Mapping[tuple[str, int], Return], children: int, path: Path) -> list[Planted]:
    """Write the CIN census of `children` children and 3 % planted errors to `path`; what was planted."""
    one = made["cin", YEAR_CIN]
    tables = _many(one.tables, CIN_CHILD, one.tables["Children"][CIN_CHILD].to_list(), children)
    rows = sum(frame.height for frame in tables.values())
    planting = planted(rules_of("cin", YEAR_CIN), int(rows * SHARE_PLANTED), Random(1))
    whole = _with_parents(_with(tables, planting, ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_cin_xml(Return("cin", YEAR_CIN, "made", one.authority, whole), path)
    return planting


def _many(tables: Mapping[str, pl.DataFrame], child: str, ids: list[str], children: int) -> Tables:
    """The tables as text, of the first of `ids` and their doubles, until there are `children` of them."""
    told: dict[str, list[pl.DataFrame]] = {name: [] for name in tables}
    for again in range(-(-children // len(ids))):
        wanted = ids[: children - again * len(ids)]
        for name, frame in tables.items():
            told[name].append(_doubled(_as_text(frame), child, wanted, again))
    return {name: pl.concat(frames) for name, frames in told.items()}


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    kept = frame.select(pl.exclude("^_.*$"))
    days = pl.col(pl.Date).dt.strftime("%d/%m/%Y")
    if "CHILD" not in frame.columns:
        days = pl.col(pl.Date).dt.strftime("%Y-%m-%d")
    return kept.with_columns(days).with_columns(pl.all().cast(pl.String))


def _doubled(frame: pl.DataFrame, child: str, wanted: list[str], again: int) -> pl.DataFrame:
    if child not in frame.columns:
        return frame if again == 0 else frame.clear()
    own = frame.filter(pl.col(child).is_in(wanted))
    if again == 0:
        return own
    keys = [name for name in (child, *RUNNING_NUMBERS.values()) if name in own.columns]
    renamed = own.with_columns(pl.col(name) + f"D{again}" for name in keys)
    if "UPN" not in own.columns:
        return renamed
    return renamed.with_columns(pl.Series("UPN", [_another_upn(upn, again) for upn in own["UPN"]]))


def _another_upn(upn: str | None, again: int) -> str | None:
    """A pupil number of the same school for somebody else; a reason for having none stays."""
    if upn is None or upn.startswith("UN"):
        return upn
    digits = f"{upn[1:4]}{(int(upn[4:]) + again * 7_654_321) % 1_000_000_000:09}"
    return check_letter(digits) + digits


def _with(tables: Tables, planting: list[Planted], prefix: str) -> Tables:
    """The tables with the planted rows beneath; `prefix` tells last year's from this year's."""
    added: dict[str, list[pl.DataFrame]] = {name: [frame] for name, frame in tables.items()}
    for one in planting:
        for name, frame in one.tables.items():
            if name.startswith("LastYear.") == bool(prefix):
                added.setdefault(name.removeprefix(prefix), []).append(frame)
    return {name: pl.concat(frames, how="diagonal") for name, frames in added.items()}


def _write_903(tables: Tables, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables_903().values():
        frame = tables.get(table.name, pl.DataFrame(schema=dict.fromkeys(table.headings, pl.String)))
        columns = [
            pl.col(name) if name in frame.columns else pl.lit(None).alias(name) for name in table.headings
        ]
        frame.select(columns).write_csv(folder / f"{table.file}.csv")


def _with_parents(tables: Tables) -> Tables:
    """The census with a blank referral, and a blank plan, for each planted row that has none to stand in."""
    number, plan = RUNNING_NUMBERS["CINdetails"], RUNNING_NUMBERS["ChildProtectionPlans"]
    plans, reviews = tables["ChildProtectionPlans"], tables["Reviews"]
    tables["Reviews"] = reviews.with_columns(pl.col("CPPreviewDate").fill_null(""))  # the element, empty
    unheld = reviews.select(CIN_CHILD, plan).unique(maintain_order=True).join(plans, on=plan, how="anti")
    tables["ChildProtectionPlans"] = pl.concat([plans, unheld], how="diagonal")
    for name in ("Assessments", "CINplanDates", "Section47", "ChildProtectionPlans", "PreProceedings"):
        frame = tables[name]
        tables[name] = frame.with_columns(pl.col(number).fill_null(pl.col(CIN_CHILD)))
        keys = tables[name].select(CIN_CHILD, number).unique(maintain_order=True)
        lonely = keys.join(tables["CINdetails"], on=[CIN_CHILD, number], how="anti")
        tables["CINdetails"] = pl.concat([tables["CINdetails"], lonely], how="diagonal")
    details = tables["CINdetails"]
    tables["CINdetails"] = details.with_columns(pl.col(number).fill_null(pl.col(CIN_CHILD)))
    return tables
