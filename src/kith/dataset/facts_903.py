"""SSDA903 rows as facts (docs/decisions/0005-episodes.md)."""

from collections.abc import Sequence

import polars as pl

from kith.dataset.care_tables import tables_of
from kith.dataset.episodes import CareHistory, Episode, fold
from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_903
from kith.dataset.mapped_903 import CHILD, EPISODE_FIELDS, MAPPED, Mapped
from kith.dataset.merging import SOURCES, YEAR, latest, natural_id, rows_of
from kith.dataset.returns import Return
from kith.dataset.schema import fill_out
from kith.dataset.schema import schema_of as fact_schema


def facts_903(returns: Sequence[Return]) -> dict[str, pl.DataFrame]:
    """The fact tables that SSDA903 returns of one authority give, but for `ssd_person`."""
    frames = {mapped.facts: _facts(mapped, returns) for mapped in MAPPED}
    frames["kith_motherhood"] = _motherhood(returns)
    return frames | tables_of(care_histories(returns))


def care_histories(returns: Sequence[Return]) -> dict[str, CareHistory]:
    """Each child's history, folded from the Episodes rows of every year."""
    return {child: fold(episodes) for child, episodes in episodes_by_child(returns).items()}


def episodes_by_child(returns: Sequence[Return]) -> dict[str, list[Episode]]:
    """Each child's episodes as the latest return to tell of each told them; a row with no start is none."""
    rows = rows_of(returns, "903", "Episodes", format_of(tables_903()["Episodes"]))
    rows = latest(rows.filter(pl.col("DECOM").is_not_null()), [CHILD, "DECOM"])
    episodes: dict[str, list[Episode]] = {}
    columns = [rows[heading] for heading in EPISODE_FIELDS]
    for child, year, sources, *values in zip(
        rows[CHILD], rows[YEAR], rows[SOURCES].to_list(), *columns, strict=True
    ):
        told = dict(zip(EPISODE_FIELDS.values(), values, strict=True))
        episodes.setdefault(child, []).append(Episode(**told, told_in=year, sources=tuple(sources)))
    return episodes


def _facts(mapped: Mapped, returns: Sequence[Return]) -> pl.DataFrame:
    rows = rows_of(returns, "903", mapped.table, format_of(tables_903()[mapped.table]))
    key = [CHILD, *([YEAR] if mapped.is_yearly else mapped.key)]
    schema = fact_schema(mapped.facts)
    facts = latest(rows, key).select(
        natural_id(key).alias(mapped.id),
        pl.col(CHILD).alias(mapped.person),
        *([pl.col(YEAR).alias("kith_year")] if mapped.is_yearly else []),
        *(_as_fact(heading, schema[name]).alias(name) for heading, name in mapped.columns.items()),
        *(pl.lit(value).alias(name) for name, value in mapped.constants.items()),
        pl.col(SOURCES).alias("kith_source_rows"),
    )
    return fill_out(mapped.facts, facts)


def _as_fact(heading: str, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Boolean:
        return pl.when(pl.col(heading).is_in([0, 1])).then(pl.col(heading) == 1)
    return pl.col(heading).cast(kind)


def _motherhood(returns: Sequence[Return]) -> pl.DataFrame:
    """One fact a year for each child whose Header says something of being a mother."""
    rows = rows_of(returns, "903", "Header", format_of(tables_903()["Header"]))
    told = rows.filter(pl.col("MOTHER").is_not_null() | pl.col("MC_DOB").is_not_null())
    facts = latest(told, [CHILD, YEAR]).select(
        natural_id([CHILD, YEAR]).alias("kith_motherhood_id"),
        pl.col(CHILD).alias("kith_person_id"),
        pl.col(YEAR).alias("kith_year"),
        _as_fact("MOTHER", pl.Boolean()).alias("kith_is_mother"),
        pl.col("MC_DOB").alias("kith_child_birth_date"),
        pl.col(SOURCES).alias("kith_source_rows"),
    )
    return fill_out("kith_motherhood", facts)
