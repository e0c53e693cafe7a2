"""A year's CIN census out of facts (CIN census specification 2024-25)."""

from collections.abc import Mapping, Sequence

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_cin
from kith.dataset.mapped_cin import (
    FLAG_WORDS,
    FORMER_UPN,
    MODULES,
    OWN,
    PARENT,
    REFERRALS,
    Mapped,
    format_of_table,
    touches,
)
from kith.dataset.persons import INDETERMINATE, NEW_SEX_CODES, SEX_WORDS
from kith.dataset.readers.cells import with_hash
from kith.dataset.readers.cin_xml import CHILD, HEADER, RUNNING_NUMBERS, levels
from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, LINE_COLUMN
from kith.dataset.years import last_day

OLD_GENDER_CODES = {word: code for code, word in SEX_WORDS.items()}


def tables_of_year(dataset: Dataset, year: int, authority: str | None) -> dict[str, pl.DataFrame]:
    """The tables of one year's CIN census, as things stood on 31 March.

    Children are those with a referral that was open at some time in the year; under each referral stand
    the assessments, enquiries and plans that were.
    """
    ids = _child_ids(dataset)
    tables = {"CINdetails": _referrals(dataset, ids, year)}
    for mapped in MODULES:
        tables[mapped.table] = _module(mapped, dataset, tables, year)
    tables["AssessmentFactors"] = _factor_rows(dataset, tables["Assessments"], year)
    tables["Children"] = _children(dataset, ids, tables["CINdetails"], year)
    tables["Disabilities"] = _disability_rows(dataset, ids, tables["Children"])
    tables[HEADER] = _census_header(year, authority)
    return {name: _in_form(tables[name], name) for name in tables_cin()}


def _child_ids(dataset: Dataset) -> pl.DataFrame:
    return (
        dataset["ssd_person"]
        .select(
            pl.col("pers_person_id").alias("_person"),
            pl.coalesce("pers_legacy_id", "pers_person_id").alias(CHILD),
        )
        .unique("_person", keep="first", maintain_order=True)
    )


def _referrals(dataset: Dataset, ids: pl.DataFrame, year: int) -> pl.DataFrame:
    conferences = dataset["ssd_initial_cp_conference"].filter(pl.col("icpc_s47_enquiry_id").is_null())
    conferences = conferences.group_by(pl.col("icpc_referral_id").alias(OWN)).agg(
        pl.col("icpc_icpc_date").min().alias("DateOfInitialCPC")
    )
    rows = (
        _told(REFERRALS, dataset)
        .join(ids, left_on=PARENT, right_on="_person", how="left")
        .with_columns(pl.coalesce(CHILD, PARENT).alias(CHILD))
        .join(conferences, on=OWN, how="left")
        .with_columns(_unless_later("DateOfInitialCPC", year))
    )
    return _numbered(_of_year(REFERRALS, rows, year), "CINdetails", [CHILD, REFERRALS.key])


def _module(mapped: Mapped, dataset: Dataset, tables: Mapping[str, pl.DataFrame], year: int) -> pl.DataFrame:
    rows = _told(mapped, dataset)
    if mapped.table == "Section47":
        rows = _with_conferences(dataset, rows, year)
    else:
        rows = _of_year(mapped, rows, year)
    above = _links(tables[mapped.parent])
    rows = rows.join(above, left_on=PARENT, right_on=OWN, how="inner")
    return _numbered(rows, mapped.table, [CHILD, RUNNING_NUMBERS[mapped.parent], mapped.key])


def _links(parents: pl.DataFrame) -> pl.DataFrame:
    numbers = [name for name in RUNNING_NUMBERS.values() if name in parents.columns]
    keys = [name for name in parents.columns if "." in name]
    return parents.select(OWN, CHILD, *numbers, *keys)


def _told(mapped: Mapped, dataset: Dataset) -> pl.DataFrame:
    facts, own = dataset[mapped.facts], format_of(tables_cin()[mapped.table])
    return facts.select(
        pl.col(mapped.id).alias(OWN),
        pl.col(mapped.parent_id).alias(PARENT),
        *(
            _as_told(name, facts.schema[name], own[heading]).alias(heading)
            for heading, name in mapped.columns.items()
        ),
    )


def _as_told(name: str, kind: pl.DataType, told: type[pl.DataType]) -> pl.Expr:
    if kind == pl.String and told == pl.Int64:
        codes = {word: code for code, word in FLAG_WORDS.items()}
        return pl.col(name).replace_strict(codes, default=None, return_dtype=pl.Int64)
    return pl.col(name).cast(told)


def _of_year(mapped: Mapped, rows: pl.DataFrame, year: int) -> pl.DataFrame:
    rows = rows.filter(touches(mapped, year))
    if mapped.until is None:
        return rows
    had_ended = pl.col(mapped.until).is_null() | (pl.col(mapped.until) <= last_day(year))
    return rows.with_columns(
        pl.when(had_ended).then(pl.col(heading)) for heading in (*mapped.while_open, mapped.until)
    )


def _unless_later(heading: str, year: int) -> pl.Expr:
    return pl.when(pl.col(heading) <= last_day(year)).then(pl.col(heading))


def _with_conferences(dataset: Dataset, enquiries: pl.DataFrame, year: int) -> pl.DataFrame:
    conferences = (
        dataset["ssd_initial_cp_conference"]
        .group_by(pl.col("icpc_s47_enquiry_id").alias(OWN))
        .agg(pl.col("icpc_icpc_date").min().alias("DateOfInitialCPC"))
    )
    rows = enquiries.join(conferences, on=OWN, how="left")
    mapped = next(mapped for mapped in MODULES if mapped.table == "Section47")
    return rows.filter(touches(mapped, year)).with_columns(_unless_later("DateOfInitialCPC", year))


def _numbered(rows: pl.DataFrame, table: str, order: Sequence[str]) -> pl.DataFrame:
    """`rows` in order, with the table's running number, and what the hash of the rows below needs.

    Rows alike in `order` come by all that they tell, and by the ids of facts last: those differ between
    two holders of the same facts.
    """
    first = tables_cin()[table].headings[0]
    told = [name for name in tables_cin()[table].headings if name in rows.columns]
    numbers = set(RUNNING_NUMBERS.values())
    by = [pl.col(name).cast(pl.Int64) if name in numbers else pl.col(name) for name in (*order, *told, OWN)]
    rows = rows.sort(by, nulls_last=True).with_columns(pl.col(first).alias(f"{table}.{first}"))
    if table not in RUNNING_NUMBERS:
        return rows
    return rows.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.String).alias(RUNNING_NUMBERS[table]))


def _factor_rows(dataset: Dataset, assessments: pl.DataFrame, year: int) -> pl.DataFrame:
    """A row a factor; an assessment that was authorised after the end of the year had none yet."""
    later = dataset["ssd_cin_assessments"].filter(pl.col("cina_assessment_auth_date") > last_day(year))
    listed = (
        dataset["ssd_assessment_factors"]
        .filter(~pl.col("cinf_assessment_id").is_in(later["cina_assessment_id"].implode()))
        .select(
            pl.col("cinf_assessment_id").alias(OWN),
            pl.col("cinf_assessment_factors_json")
            .str.json_decode(pl.List(pl.String()))
            .alias("AssessmentFactor"),
        )
    )
    return _links(assessments).join(listed.explode("AssessmentFactor"), on=OWN, how="inner")


def _children(dataset: Dataset, ids: pl.DataFrame, referrals: pl.DataFrame, year: int) -> pl.DataFrame:
    former = dataset["ssd_linked_identifiers"].filter(pl.col("link_identifier_type") == FORMER_UPN)
    former = former.group_by(pl.col("link_person_id").alias("_person")).agg(
        pl.col("link_identifier_value").last().alias("FormerUPN")
    )
    people = dataset["ssd_person"].rename({"pers_person_id": "_person"})
    in_old_codes = pl.col("pers_sex").replace(OLD_GENDER_CODES)
    is_new = year >= NEW_SEX_CODES
    gender = (
        pl.when(pl.col("pers_gender") == INDETERMINATE).then(pl.lit(INDETERMINATE)).otherwise(in_old_codes)
    )
    nothing = pl.lit(None, dtype=pl.String)
    return (
        ids.filter(pl.col(CHILD).is_in(referrals[CHILD].implode()))
        .unique(CHILD, keep="first", maintain_order=True)
        .join(people, on="_person")
        .join(former, on="_person", how="left")
        .with_columns(
            UPN=pl.col("pers_upn"),
            UPNunknown=pl.col("pers_upn_unknown"),
            PersonBirthDate=pl.col("pers_dob"),
            ExpectedPersonBirthDate=pl.col("pers_expected_dob"),
            Sex=pl.col("pers_sex") if is_new else nothing,
            GenderCurrent=nothing if is_new else gender,
            PersonDeathDate=pl.when(pl.col("pers_death_date") <= last_day(year)).then("pers_death_date"),
            Ethnicity=pl.col("pers_ethnicity"),
        )
        .sort(CHILD)
    )


def _disability_rows(dataset: Dataset, ids: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    return (
        dataset["ssd_disability"]
        .join(ids, left_on="disa_person_id", right_on="_person", how="left")
        .with_columns(
            pl.coalesce(CHILD, "disa_person_id").alias(CHILD), Disability=pl.col("disa_disability_code")
        )
        .filter(pl.col(CHILD).is_in(children[CHILD].implode()))
        .sort(CHILD, "Disability")
    )


def _census_header(year: int, authority: str | None) -> pl.DataFrame:
    row = {
        "Collection": "CIN",
        "Year": year,
        "ReferenceDate": last_day(year),
        "SourceLevel": "L",
        "LEA": authority,
        "SoftwareCode": "Kith",
        "SerialNo": "001",
    }
    types = format_of(tables_cin()[HEADER])
    return pl.DataFrame([pl.Series(name, [row.get(name)], dtype=kind) for name, kind in types.items()])


def _in_form(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    """The table's own columns, then `_file`, `_line` and `_hash` as a reader gives them."""
    formats = format_of_table(table)
    keys = (
        [f"{name}.{tables_cin()[name].headings[0]}" for name in levels()[table].ancestors]
        if table != HEADER
        else []
    )
    typed = rows.with_columns(pl.col(heading).cast(kind) for heading, kind in formats.items())
    typed = typed.with_columns(
        pl.lit("Kith").alias(FILE_COLUMN), pl.int_range(1, pl.len() + 1).cast(pl.Int64).alias(LINE_COLUMN)
    )
    own = [column for column in tables_cin()[table].headings if column != CHILD]
    hashed = with_hash(typed, table, (*([] if table == HEADER else [CHILD]), *keys, *own))
    return hashed.select(*formats, FILE_COLUMN, LINE_COLUMN, HASH_COLUMN)
