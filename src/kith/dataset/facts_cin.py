"""CIN census rows as facts, and a year's CIN census out of facts.

The elements of the census are named here once. Its running numbers hold only inside one file, so a fact
is known by its child, its referral's date and its own date.
Source: CIN census specification 2024-25 (returns.md 1).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_cin
from kith.dataset.merging import RETURN, SOURCES, YEAR, latest, natural_id, rows_of
from kith.dataset.persons import INDETERMINATE, NEW_SEX_CODES
from kith.dataset.readers.cells import with_hash
from kith.dataset.readers.cin_xml import CHILD, HEADER, RUNNING_NUMBERS, columns_of, levels
from kith.dataset.returns import FILE_COLUMN, HASH_COLUMN, LINE_COLUMN, Return
from kith.dataset.schema import fill_out
from kith.dataset.schema import schema_of as fact_schema
from kith.dataset.years import first_day, last_day

OLD_GENDER_CODES = {"M": "1", "F": "2", "U": "0"}
FORMER_UPN = "Former Unique Pupil Number"
FLAG_WORDS = {1: "Y", 0: "N"}
REFERRAL, OWN, PARENT = "_referral", "_own", "_parent"


@dataclass(frozen=True)
class Mapped:
    """How one table under a referral and one table of facts hold the same thing.

    `key` is the heading that tells one from another under the same parent. `parent` is the table it hangs
    under, and `parent_id` the column of the facts that says which. `since` and `until` head the dates
    between which it was so; `while_open` are not known until it has ended.
    """

    table: str
    facts: str
    id: str
    person: str
    parent_id: str
    columns: Mapping[str, str]
    key: str
    parent: str = "CINdetails"
    since: str | None = None
    until: str | None = None
    while_open: tuple[str, ...] = ()


REFERRALS = Mapped(
    table="CINdetails",
    facts="ssd_cin_episodes",
    id="cine_referral_id",
    person="cine_person_id",
    parent_id="cine_person_id",
    columns={
        "CINreferralDate": "cine_referral_date",
        "ReferralSource": "cine_referral_source_code",
        "PrimaryNeedCode": "cine_cin_primary_need_code",
        "CINclosureDate": "cine_close_date",
        "ReasonForClosure": "cine_close_reason",
        "ReferralNFA": "cine_referral_nfa",
    },
    key="CINreferralDate",
    parent="Children",
    since="CINreferralDate",
    until="CINclosureDate",
    while_open=("ReasonForClosure",),
)
MODULES = (
    Mapped(
        table="Assessments",
        facts="ssd_cin_assessments",
        id="cina_assessment_id",
        person="cina_person_id",
        parent_id="cina_referral_id",
        columns={
            "AssessmentActualStartDate": "cina_assessment_start_date",
            "AssessmentInternalReviewDate": "kith_review_date",
            "AssessmentAuthorisationDate": "cina_assessment_auth_date",
        },
        key="AssessmentActualStartDate",
        since="AssessmentActualStartDate",
        until="AssessmentAuthorisationDate",
    ),
    Mapped(
        table="CINplanDates",
        facts="ssd_cin_plans",
        id="cinp_cin_plan_id",
        person="cinp_person_id",
        parent_id="cinp_referral_id",
        columns={
            "CINPlanStartDate": "cinp_cin_plan_start_date",
            "CINPlanEndDate": "cinp_cin_plan_end_date",
        },
        key="CINPlanStartDate",
        since="CINPlanStartDate",
        until="CINPlanEndDate",
    ),
    Mapped(
        table="Section47",
        facts="ssd_s47_enquiry",
        id="s47e_s47_enquiry_id",
        person="s47e_person_id",
        parent_id="s47e_referral_id",
        columns={
            "S47ActualStartDate": "s47e_s47_start_date",
            "InitialCPCtarget": "kith_conference_target",
            "ICPCnotRequired": "kith_conference_not_required",
        },
        key="S47ActualStartDate",
        since="S47ActualStartDate",
    ),
    Mapped(
        table="ChildProtectionPlans",
        facts="ssd_cp_plans",
        id="cppl_cp_plan_id",
        person="cppl_person_id",
        parent_id="cppl_referral_id",
        columns={
            "CPPstartDate": "cppl_cp_plan_start_date",
            "CPPendDate": "cppl_cp_plan_end_date",
            "InitialCategoryOfAbuse": "cppl_cp_plan_initial_category",
            "LatestCategoryOfAbuse": "cppl_cp_plan_latest_category",
            "NumberOfPreviousCPP": "kith_previous_plans",
        },
        key="CPPstartDate",
        since="CPPstartDate",
        until="CPPendDate",
    ),
    Mapped(
        table="Reviews",
        facts="ssd_cp_reviews",
        id="cppr_cp_review_id",
        person="cppr_person_id",
        parent_id="cppr_cp_plan_id",
        columns={"CPPreviewDate": "cppr_cp_review_date"},
        key="CPPreviewDate",
        parent="ChildProtectionPlans",
        since="CPPreviewDate",
    ),
    Mapped(
        table="PreProceedings",
        facts="ssd_pre_proceedings",
        id="prep_table_id",
        person="prep_person_id",
        parent_id="kith_referral_id",
        columns={
            "PPStartDate": "prep_pre_pro_decision_date",
            "LBPSentDate": "prep_pre_pro_letter_date",
            "FGDMMeetingOffer": "kith_fgdm_offered",
            "FGDMMeetingFac": "kith_fgdm_held",
            "InitialPPMeetingDate": "prep_initial_pre_pro_meeting_date",
            "ReviewMeetingsCount": "prep_pre_pro_meetings_num",
            "StepDecisionDate": "prep_agree_stepdown_issue_date",
            "PPOutcome": "prep_pre_pro_outcome",
            "CourtAppDate": "kith_court_application_date",
            "LetterInitCPDate": "prep_care_pro_letter_date",
        },
        key="PPStartDate",
        since="PPStartDate",
        until="StepDecisionDate",
    ),
)
MAPPED = (REFERRALS, *MODULES)


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


def _format(table: str) -> dict[str, type[pl.DataType]]:
    own = format_of(tables_cin()[table])
    return {name: own.get(name, pl.String) for name in columns_of(table)}


def _placed(mapped: Mapped, returns: Sequence[Return], placed: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Rows of one table from every census, with the id of the fact each tells (`_own`) and its parent's.

    Rows of one census that share a key but differ are told apart by a number, the same on every run.
    """
    rows = rows_of(returns, "cin", mapped.table, _format(mapped.table))
    if mapped.parent == "Children":
        rows = rows.with_columns(pl.col(CHILD).alias(PARENT))
    else:
        number = RUNNING_NUMBERS[mapped.parent]
        parents = placed[mapped.parent].select(RETURN, FILE_COLUMN, number, pl.col(OWN).alias(PARENT))
        rows = rows.join(parents, on=[RETURN, FILE_COLUMN, number], how="inner")
    key = [PARENT, mapped.key]
    twin = pl.col(HASH_COLUMN).rank("dense").over([*key, YEAR]).cast(pl.Int64) - 1
    return rows.with_columns(twin.alias("_twin")).with_columns(natural_id(key).alias(OWN)).drop("_twin")


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
    return latest(rows, [OWN]).filter(pl.col("_twin") == 0)


def _as_fact(heading: str, told: pl.DataType, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Boolean:
        return pl.when(pl.col(heading).is_in([0, 1])).then(pl.col(heading) == 1)
    if told == pl.Int64 and kind == pl.String:
        return pl.col(heading).replace_strict(FLAG_WORDS, default=None, return_dtype=pl.String)
    return pl.col(heading).cast(kind)


def _factors(returns: Sequence[Return], assessments: pl.DataFrame) -> pl.DataFrame:
    """One row an assessment that has factors: all of them as a JSON list, from the latest census."""
    rows = rows_of(returns, "cin", "AssessmentFactors", _format("AssessmentFactors"))
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
    rows = latest(rows_of(returns, "cin", "Disabilities", _format("Disabilities")), [CHILD])
    facts = rows.unique([CHILD, "Disability"], keep="first", maintain_order=True).select(
        pl.concat_str([CHILD, pl.lit("|"), pl.col("Disability").fill_null("")]).alias("disa_table_id"),
        pl.col(CHILD).alias("disa_person_id"),
        pl.col("Disability").alias("disa_disability_code"),
        pl.col(SOURCES).alias("kith_source_rows"),
    )
    return fill_out("ssd_disability", facts)


def _former_upns(returns: Sequence[Return]) -> pl.DataFrame:
    rows = rows_of(returns, "cin", "Children", _format("Children"))
    told = latest(rows.filter(pl.col("FormerUPN").is_not_null()), [CHILD])
    facts = told.filter(pl.col("_twin") == 0).select(
        pl.concat_str([CHILD, pl.lit("|former_upn")]).alias("link_table_id"),
        pl.col(CHILD).alias("link_person_id"),
        pl.lit(FORMER_UPN).alias("link_identifier_type"),
        pl.col("FormerUPN").alias("link_identifier_value"),
        pl.col(SOURCES).alias("kith_source_rows"),
    )
    return fill_out("ssd_linked_identifiers", facts)


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
    return _numbered(_of_year(REFERRALS, rows, year), "CINdetails", [CHILD, REFERRALS.key, OWN])


def _module(mapped: Mapped, dataset: Dataset, tables: Mapping[str, pl.DataFrame], year: int) -> pl.DataFrame:
    rows = _told(mapped, dataset)
    if mapped.table == "Section47":
        rows = _with_conferences(dataset, rows, year)
    else:
        rows = _of_year(mapped, rows, year)
    above = _links(tables[mapped.parent])
    rows = rows.join(above, left_on=PARENT, right_on=OWN, how="inner")
    return _numbered(rows, mapped.table, [CHILD, PARENT, mapped.key, OWN])


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


def touches(mapped: Mapped, year: int) -> pl.Expr:
    """True for rows that were so at some time in `year`; a date that is not told rules nothing out."""
    rules = [pl.lit(True)]
    if mapped.since:
        rules.append(pl.col(mapped.since).is_null() | (pl.col(mapped.since) <= last_day(year)))
    if mapped.table == "Section47":
        ended = pl.coalesce("DateOfInitialCPC", "S47ActualStartDate")
        rules.append(ended.is_null() | (ended >= first_day(year)))
    if mapped.until:
        rules.append(pl.col(mapped.until).is_null() | (pl.col(mapped.until) >= first_day(year)))
    return reduce(pl.Expr.and_, rules)


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
    """`rows` in order, with the table's running number, and what the hash of the rows below needs."""
    first = tables_cin()[table].headings[0]
    rows = rows.sort(order, nulls_last=True).with_columns(pl.col(first).alias(f"{table}.{first}"))
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
            PersonDeathDate=pl.col("pers_death_date"),
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
    formats = _format(table)
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
