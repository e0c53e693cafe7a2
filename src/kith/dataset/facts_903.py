"""SSDA903 rows as facts, and a year's SSDA903 out of facts.

The headings of the return are named here once; everything else speaks of facts. Whether a row stands in
a year's return follows from the facts' dates, and a fact that ended after 31 March was open then.
Source: SSDA903 guide (returns.md 2); docs/decisions/0005-episodes.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import polars as pl

from kith.dataset.care_tables import histories_of, tables_of
from kith.dataset.dataset import Dataset
from kith.dataset.episodes import CareHistory, Episode, cut_to_year, fold, unfold
from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_903
from kith.dataset.merging import SOURCES, YEAR, latest, natural_id, rows_of
from kith.dataset.persons import NEW_SEX_CODES
from kith.dataset.readers.cells import with_hash
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN, Return
from kith.dataset.schema import fill_out
from kith.dataset.schema import schema_of as fact_schema
from kith.dataset.years import first_day, last_day

CHILD = "CHILD"
OLD_SEX_CODES = {"M": "1", "F": "2"}

EPISODE_FIELDS = {
    "DECOM": "start",
    "RNE": "new_reason",
    "LS": "legal_status",
    "CIN": "need",
    "PLACE": "placement_type",
    "PLACE_PROVIDER": "provider",
    "DEC": "end",
    "REC": "end_reason",
    "REASON_PLACE_CHANGE": "change_reason",
    "HOME_POST": "home_postcode",
    "PL_POST": "postcode",
    "URN": "urn",
}


@dataclass(frozen=True)
class Mapped:
    """How one table of the return and one table of facts hold the same thing.

    `key` are the headings that, with the child, tell one fact from another; `is_yearly` adds the year.
    `constants` are columns of the facts that the return leaves unsaid. `since` and `until` head the dates
    between which the fact was so, and `while_open` what is not known until it has ended.
    """

    table: str
    facts: str
    id: str
    person: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    is_yearly: bool = False
    constants: Mapping[str, str] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    while_open: tuple[str, ...] = ()


MAPPED = (
    Mapped(
        table="Reviews",
        facts="ssd_cla_reviews",
        id="clar_cla_review_id",
        person="kith_person_id",
        columns={"REVIEW": "clar_cla_review_date", "REVIEW_CODE": "clar_cla_review_participation"},
        key=("REVIEW",),
        since="REVIEW",
        until="REVIEW",
    ),
    Mapped(
        table="Missing",
        facts="ssd_missing",
        id="miss_table_id",
        person="miss_person_id",
        columns={
            "MISSING": "miss_missing_episode_type",
            "MIS_START": "miss_missing_episode_start_date",
            "MIS_END": "miss_missing_episode_end_date",
        },
        key=("MIS_START",),
        since="MIS_START",
        until="MIS_END",
    ),
    Mapped(
        table="OC2",
        facts="kith_health_years",
        id="kith_health_year_id",
        person="kith_person_id",
        columns={
            "SDQ_SCORE": "kith_sdq_score",
            "SDQ_REASON": "kith_sdq_reason",
            "CONVICTED": "kith_is_convicted",
            "HEALTH_CHECK": "kith_is_health_check_up_to_date",
            "IMMUNISATIONS": "kith_are_immunisations_up_to_date",
            "TEETH_CHECK": "kith_are_teeth_checked",
            "HEALTH_ASSESSMENT": "kith_is_health_assessed",
            "SUBSTANCE_MISUSE": "kith_is_misusing_substances",
            "INTERVENTION_RECEIVED": "kith_is_intervention_received",
            "INTERVENTION_OFFERED": "kith_is_intervention_offered",
        },
        is_yearly=True,
    ),
    Mapped(
        table="OC3",
        facts="kith_care_leaver_years",
        id="kith_care_leaver_year_id",
        person="kith_person_id",
        columns={
            "IN_TOUCH": "kith_in_touch",
            "ACTIV": "kith_activity",
            "ACCOM": "kith_accommodation",
        },
        is_yearly=True,
    ),
    Mapped(
        table="UASC",
        facts="ssd_immigration_status",
        id="immi_immigration_status_id",
        person="immi_person_id",
        columns={"DUC": "immi_immigration_status_end_date"},
        constants={"immi_immigration_status": "UASC"},
        until="DUC",
    ),
    Mapped(
        table="AD1",
        facts="kith_adoptions",
        id="kith_adoption_id",
        person="kith_person_id",
        columns={
            "DATE_INT": "kith_decision_date",
            "DATE_MATCH": "kith_match_date",
            "FOSTER_CARE": "kith_by_foster_carer",
            "NB_ADOPTR": "kith_adopters",
            "SEX_ADOPTR": "kith_adopters_sex",
            "LS_ADOPTR": "kith_adopters_legal_status",
        },
        is_yearly=True,
    ),
    Mapped(
        table="PlacedAdoption",
        facts="kith_adoption_decisions",
        id="kith_adoption_decision_id",
        person="kith_person_id",
        columns={
            "DATE_PLACED": "kith_decision_date",
            "DATE_PLACED_CEASED": "kith_reversal_date",
            "REASON_PLACED_CEASED": "kith_reversal_reason",
        },
        key=("DATE_PLACED",),
        since="DATE_PLACED",
        until="DATE_PLACED_CEASED",
        while_open=("REASON_PLACED_CEASED",),
    ),
    Mapped(
        table="PrevPerm",
        facts="ssd_cla_previous_permanence",
        id="lapp_table_id",
        person="lapp_person_id",
        columns={
            "PREV_PERM": "lapp_previous_permanence_option",
            "LA_PERM": "lapp_previous_permanence_la",
            "DATE_PERM": "lapp_previous_permanence_order_date",
        },
    ),
    Mapped(
        table="SWEpisodes",
        facts="ssd_involvements",
        id="invo_involvements_id",
        person="invo_person_id",
        columns={
            "SW_ID": "invo_professional_id",
            "SW_DECOM": "invo_involvement_start_date",
            "SW_DEC": "invo_involvement_end_date",
            "SW_REASON": "invo_worker_change_reason",
        },
        key=("SW_ID", "SW_DECOM"),
        constants={"invo_professional_role_id": "social_worker"},
        since="SW_DECOM",
        until="SW_DEC",
    ),
    Mapped(
        table="DoLo",
        facts="kith_liberty_orders",
        id="kith_liberty_order_id",
        person="kith_person_id",
        columns={"DOLO_START": "kith_start_date", "DOLO_END": "kith_end_date"},
        key=("DOLO_START",),
        since="DOLO_START",
        until="DOLO_END",
    ),
)

SPEAKS_OF_THE_YEAR = ("Reviews", "Missing", "DoLo")
ONLY_IN_CARE = (
    "SWEpisodes",
    "PrevPerm",
)  # told of children looked after in the year, not of all who have them
WORKERS_FROM = 2024  # social worker spells are returned from 2023-24


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


def tables_of_year(dataset: Dataset, year: int) -> dict[str, pl.DataFrame]:
    """The tables of one year's SSDA903, in the headings and codes of that year.

    Header holds every child who was looked after in the year, or whom another table of the year speaks of.
    """
    people = _people(dataset)
    tables = {mapped.table: _rows(mapped, dataset, year) for mapped in MAPPED}
    tables["Episodes"] = _episodes(dataset, year)
    children = _children_of_year(dataset, tables, year)
    in_care = tables["Episodes"][CHILD].unique()
    for table in tables_903():
        if table == "Header":
            tables[table] = _header(dataset, people, children, year)
        elif table != "Episodes":
            told_of = in_care if table in ONLY_IN_CARE else children
            rows = tables[table].filter(pl.col(CHILD).is_in(told_of.implode()))
            if table == "SWEpisodes" and year < WORKERS_FROM:
                rows = rows.clear()
            tables[table] = _with_person(rows, people, table, year)
    return {table: _in_form(tables[table], table) for table in tables_903()}


def _people(dataset: Dataset) -> pl.DataFrame:
    """Every person, with the child id that returns know them by."""
    return dataset["ssd_person"].with_columns(pl.coalesce("pers_legacy_id", "pers_person_id").alias(CHILD))


def _child_ids(dataset: Dataset, rows: pl.DataFrame, person: str) -> pl.DataFrame:
    ids = _people(dataset).select(pl.col("pers_person_id").alias(person), CHILD).unique(person)
    return rows.join(ids, on=person, how="left").with_columns(pl.coalesce(CHILD, person).alias(CHILD))


def _rows(mapped: Mapped, dataset: Dataset, year: int) -> pl.DataFrame:
    """The rows of one table that belong to `year`, as things stood on its last day."""
    facts = dataset[mapped.facts]
    for name, value in mapped.constants.items():
        facts = facts.filter(pl.col(name) == value)
    if mapped.table == "AD1":
        facts = _with_year_of_adoption(dataset, facts)
    if mapped.is_yearly:
        facts = facts.filter(pl.col("kith_year") == year)
    rows = _child_ids(dataset, facts, mapped.person).select(
        CHILD, *(pl.col(name).alias(heading) for heading, name in mapped.columns.items())
    )
    return _as_on_last_day(rows.filter(touches(mapped, year)), mapped, year)


def touches(mapped: Mapped, year: int) -> pl.Expr:
    """True for rows that were so at some time in `year`; a date that is not told rules nothing out."""
    rules = [pl.lit(True)]
    if mapped.since:
        rules.append(pl.col(mapped.since).is_null() | (pl.col(mapped.since) <= last_day(year)))
    if mapped.until:
        rules.append(pl.col(mapped.until).is_null() | (pl.col(mapped.until) >= first_day(year)))
    return reduce(pl.Expr.and_, rules)


def _as_on_last_day(rows: pl.DataFrame, mapped: Mapped, year: int) -> pl.DataFrame:
    if mapped.since is None or mapped.until is None:
        return rows
    had_ended = pl.col(mapped.until).is_null() | (pl.col(mapped.until) <= last_day(year))
    return rows.with_columns(
        pl.when(had_ended).then(pl.col(heading)) for heading in (*mapped.while_open, mapped.until)
    )


def _with_year_of_adoption(dataset: Dataset, adoptions: pl.DataFrame) -> pl.DataFrame:
    """`adoptions` with the year in which care ended in adoption, where no return told the year."""
    ended = dataset["kith_periods_of_care"].filter(pl.col("kith_end_reason").is_in(["E11", "E12"]))
    year = pl.col("kith_end_date").dt.offset_by("9mo").dt.year().cast(pl.Int64)
    years = ended.group_by("kith_person_id").agg(year.max().alias("_adopted"))
    return adoptions.join(years, on="kith_person_id", how="left").with_columns(
        pl.coalesce("kith_year", "_adopted").alias("kith_year")
    )


def _episodes(dataset: Dataset, year: int) -> pl.DataFrame:
    children: list[str] = []
    episodes: list[Episode] = []
    for child, history in histories_of(dataset).items():
        cut = cut_to_year(unfold(history), first_day(year), last_day(year))
        children += [child] * len(cut)
        episodes += cut
    schema = format_of(tables_903()["Episodes"])
    columns = [
        pl.Series(heading, [getattr(episode, name) for episode in episodes], dtype=schema[heading])
        for heading, name in EPISODE_FIELDS.items()
    ]
    rows = pl.DataFrame([pl.Series("_person", children, dtype=pl.String), *columns])
    return _child_ids(dataset, rows, "_person")


def _children_of_year(dataset: Dataset, tables: Mapping[str, pl.DataFrame], year: int) -> pl.Series:
    """Who is in the year's Header: in care, a care leaver, or spoken of by a dated row of the year."""
    frames = [tables["Episodes"].select(CHILD)]
    frames += [tables[mapped.table].select(CHILD) for mapped in MAPPED if mapped.is_yearly]
    for mapped in MAPPED:
        if mapped.table in SPEAKS_OF_THE_YEAR:
            rows = tables[mapped.table]
            frames.append(rows.filter(_changed_in(mapped, year)).select(CHILD))
    mothers = dataset["kith_motherhood"].filter(pl.col("kith_year") == year)
    frames.append(_child_ids(dataset, mothers, "kith_person_id").select(CHILD))
    return pl.concat(frames)[CHILD].unique().sort()


def _changed_in(mapped: Mapped, year: int) -> pl.Expr:
    dates = [pl.col(heading) for heading in (mapped.since, mapped.until) if heading]
    return reduce(
        pl.Expr.or_, [date.is_between(first_day(year), last_day(year)).fill_null(False) for date in dates]
    )


def _header(dataset: Dataset, people: pl.DataFrame, children: pl.Series, year: int) -> pl.DataFrame:
    mothers = _child_ids(
        dataset, dataset["kith_motherhood"].filter(pl.col("kith_year") == year), "kith_person_id"
    ).select(
        CHILD,
        pl.col("kith_is_mother").cast(pl.Int64).alias("MOTHER"),
        pl.col("kith_child_birth_date").alias("MC_DOB"),
    )
    rows = pl.DataFrame({CHILD: children.cast(pl.String)})
    return (
        rows.join(people.unique(CHILD), on=CHILD, how="left")
        .join(mothers.unique(CHILD, keep="first", maintain_order=True), on=CHILD, how="left")
        .with_columns(
            sex_in_codes(pl.col("pers_sex"), year).alias("SEX"),
            DOB=pl.col("pers_dob"),
            ETHNIC=pl.col("pers_ethnicity"),
            UPN=pl.coalesce("pers_upn", "pers_upn_unknown"),
        )
    )


def sex_in_codes(sex: pl.Expr, year: int) -> pl.Expr:
    """The SSDA903's code of sex in `year`: 1 and 2 up to 2023-24, then M, F and U."""
    return sex if year >= NEW_SEX_CODES else sex.replace(OLD_SEX_CODES)


def _with_person(rows: pl.DataFrame, people: pl.DataFrame, table: str, year: int) -> pl.DataFrame:
    """`rows` with what this table repeats of the person: the date of birth, and for UASC the sex."""
    known = people.select(CHILD, DOB=pl.col("pers_dob"), SEX=sex_in_codes(pl.col("pers_sex"), year)).unique(
        CHILD
    )
    return rows.join(known, on=CHILD, how="left")


def _in_form(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    """The table's own columns in order, then `_file`, `_line` and `_hash` as a reader gives them."""
    schema = format_of(tables_903()[table])
    typed = rows.select(pl.col(heading).cast(kind) for heading, kind in schema.items())
    numbered = typed.sort(list(schema), nulls_last=True).with_columns(
        pl.lit("Kith").alias(FILE_COLUMN), pl.int_range(1, pl.len() + 1).cast(pl.Int64).alias(LINE_COLUMN)
    )
    return with_hash(numbered, table, list(schema))
