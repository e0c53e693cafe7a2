"""CIN census rows as facts.

The census's running numbers hold only inside one file, so a fact is known by its child, its referral's
date and its own date. Source: CIN census specification 2024-25.
"""

import json
from collections.abc import Mapping, Sequence

import polars as pl

from kith.dataset.mapped_cin import FLAG_WORDS, FORMER_UPN, MAPPED, OWN, PARENT, Mapped, format_of_table
from kith.dataset.merging import RETURN, SOURCES, TWIN, YEAR, latest, natural_id, rows_of
from kith.dataset.readers.cin_xml import CHILD, RUNNING_NUMBERS
from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, Return
from kith.dataset.schema import fill_out
from kith.dataset.schema import schema_of as fact_schema

__all__ = ["FORMER_UPN", "facts_cin"]


def facts_cin(returns: Sequence[Return]) -> dict[str, pl.DataFrame]:
    """The fact tables that CIN censuses of one authority give, but for `ssd_person`."""
    placed: dict[str, pl.DataFrame] = {}
    frames: dict[str, pl.DataFrame] = {}
    for mapped in MAPPED:
        placed[mapped.table] = _placed(mapped, returns, placed)
        frames[mapped.facts] = _facts(mapped, placed[mapped.table])
    frames["ssd_assessment_factors"] = _factors(returns, placed["Assessments"])
    frames["ssd_initial_cp_conference"] = _conferences(placed["CINdetails"], placed["Section47"])
    frames["ssd_disability"] = _disabilities(returns)
    frames["ssd_linked_identifiers"] = _former_upns(returns)
    return frames


def _placed(mapped: Mapped, returns: Sequence[Return], placed: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Rows of one table from every census, with the id of the fact each tells (`_own`) and its parent's.

    Rows of one census that share a key but differ are told apart by a number, the same on every run.
    """
    rows = rows_of(returns, "cin", mapped.table, format_of_table(mapped.table))
    if mapped.parent == "Children":
        rows = rows.with_columns(pl.col(CHILD).alias(PARENT))
    else:
        number = RUNNING_NUMBERS[mapped.parent]
        parents = placed[mapped.parent].select(RETURN, FILE_COLUMN, number, pl.col(OWN).alias(PARENT))
        rows = rows.join(parents, on=[RETURN, FILE_COLUMN, number], how="inner")
    key = [PARENT, mapped.key]
    twin = pl.col(HASH_COLUMN).rank("dense").over([*key, YEAR]).cast(pl.Int64) - 1
    return rows.with_columns(twin.alias(TWIN)).with_columns(natural_id(key).alias(OWN)).drop(TWIN)


def _facts(mapped: Mapped, rows: pl.DataFrame) -> pl.DataFrame:
    schema = fact_schema(mapped.facts)
    facts = _latest_of_each(rows).select(
        pl.col(OWN).alias(mapped.id),
        pl.col(CHILD).alias(mapped.person),
        *([pl.col(PARENT).alias(mapped.parent_id)] if mapped.parent != "Children" else []),
        *(
            _as_fact(heading, rows.schema[heading], schema[name]).alias(name)
            for heading, name in mapped.columns.items()
        ),
        pl.col(SOURCES).alias("kith_source_rows"),
    )
    return fill_out(mapped.facts, facts)


def _latest_of_each(rows: pl.DataFrame) -> pl.DataFrame:
    return latest(rows, [OWN]).filter(pl.col(TWIN) == 0)


def _as_fact(heading: str, told: pl.DataType, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Boolean:
        return pl.when(pl.col(heading).is_in([0, 1])).then(pl.col(heading) == 1)
    if told == pl.Int64 and kind == pl.String:
        return pl.col(heading).replace_strict(FLAG_WORDS, default=None, return_dtype=pl.String)
    return pl.col(heading).cast(kind)


def _factors(returns: Sequence[Return], assessments: pl.DataFrame) -> pl.DataFrame:
    """One row an assessment that has factors: all of them as a JSON list, from the latest census."""
    rows = rows_of(returns, "cin", "AssessmentFactors", format_of_table("AssessmentFactors"))
    number = RUNNING_NUMBERS["Assessments"]
    owners = assessments.select(RETURN, FILE_COLUMN, number, OWN)
    rows = rows.join(owners, on=[RETURN, FILE_COLUMN, number], how="inner")
    told = pl.col(YEAR) == pl.col(YEAR).max().over(OWN)
    codes = (
        rows.filter(told).group_by(OWN).agg(pl.col("AssessmentFactor").unique().sort(), pl.col(CHILD).first())
    )
    sources = rows.group_by(OWN).agg(pl.col(HASH_COLUMN).unique().sort().alias("kith_source_rows"))
    listed = [json.dumps(held) for held in codes["AssessmentFactor"].to_list()]
    facts = codes.with_columns(
        pl.Series("cinf_assessment_factors_json", listed, dtype=pl.String),
        pl.col(OWN).alias("cinf_table_id"),
        pl.col(OWN).alias("cinf_assessment_id"),
        pl.col(CHILD).alias("kith_person_id"),
    ).join(sources, on=OWN)
    return fill_out(
        "ssd_assessment_factors", facts.drop(OWN, CHILD, "AssessmentFactor").sort("cinf_table_id")
    )


def _conferences(referrals: pl.DataFrame, enquiries: pl.DataFrame) -> pl.DataFrame:
    """Initial conferences: those an enquiry led to, and those that stand at the referral itself."""
    held = pl.col("DateOfInitialCPC").is_not_null()
    of_enquiries = (
        _latest_of_each(enquiries)
        .filter(held)
        .with_columns(
            pl.concat_str(pl.lit("s47|"), OWN).alias("icpc_icpc_id"),
            pl.col(OWN).alias("icpc_s47_enquiry_id"),
            pl.col(PARENT).alias("icpc_referral_id"),
        )
    )
    of_referrals = (
        _latest_of_each(referrals)
        .filter(held)
        .with_columns(
            pl.concat_str(pl.lit("referral|"), OWN).alias("icpc_icpc_id"),
            pl.lit(None, dtype=pl.String).alias("icpc_s47_enquiry_id"),
            pl.col(OWN).alias("icpc_referral_id"),
        )
    )
    facts = [
        rows.select(
            "icpc_icpc_id",
            "icpc_s47_enquiry_id",
            "icpc_referral_id",
            pl.col(CHILD).alias("icpc_person_id"),
            pl.col("DateOfInitialCPC").alias("icpc_icpc_date"),
            pl.col(SOURCES).alias("kith_source_rows"),
        )
        for rows in (of_enquiries, of_referrals)
    ]
    return fill_out("ssd_initial_cp_conference", pl.concat(facts))


def _disabilities(returns: Sequence[Return]) -> pl.DataFrame:
    """The disabilities that the latest census to name any gives of each child."""
    rows = latest(rows_of(returns, "cin", "Disabilities", format_of_table("Disabilities")), [CHILD])
    facts = rows.unique([CHILD, "Disability"], keep="first", maintain_order=True).select(
        pl.concat_str([CHILD, pl.lit("|"), pl.col("Disability").fill_null("")]).alias("disa_table_id"),
        pl.col(CHILD).alias("disa_person_id"),
        pl.col("Disability").alias("disa_disability_code"),
        pl.col(SOURCES).alias("kith_source_rows"),
    )
    return fill_out("ssd_disability", facts)


def _former_upns(returns: Sequence[Return]) -> pl.DataFrame:
    rows = rows_of(returns, "cin", "Children", format_of_table("Children"))
    told = latest(rows.filter(pl.col("FormerUPN").is_not_null()), [CHILD])
    facts = told.filter(pl.col(TWIN) == 0).select(
        pl.concat_str([CHILD, pl.lit("|former_upn")]).alias("link_table_id"),
        pl.col(CHILD).alias("link_person_id"),
        pl.lit(FORMER_UPN).alias("link_identifier_type"),
        pl.col("FormerUPN").alias("link_identifier_value"),
        pl.col(SOURCES).alias("kith_source_rows"),
    )
    return fill_out("ssd_linked_identifiers", facts)
