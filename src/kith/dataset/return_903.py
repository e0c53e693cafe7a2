"""A year's SSDA903 out of facts.

Whether a row stands in a year's return follows from the facts' dates, and a fact that ended after 31 March
was open then. Source: dataset/data/README.md.
"""

from collections.abc import Mapping
from functools import reduce

import polars as pl

from kith.dataset.care_tables import histories_of
from kith.dataset.dataset import Dataset
from kith.dataset.episodes import Episode, cut_to_year, unfold
from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_903
from kith.dataset.mapped_903 import (
    CHILD,
    EPISODE_FIELDS,
    MAPPED,
    ONLY_IN_CARE,
    ONLY_IN_CARE_ON_THE_LAST_DAY,
    WORKERS,
    WORKERS_FROM,
    Mapped,
    touches,
)
from kith.dataset.persons import NEW_SEX_CODES
from kith.dataset.readers.cells import with_hash
from kith.dataset.returns import FILE_COLUMN, LINE_COLUMN
from kith.dataset.years import first_day, last_day
from kith.standards.years import replaced_codes

OLD_SEX_CODES = {new: old for old, new in replaced_codes("903", "Header", "SEX").items()}
SPEAKS_OF_THE_YEAR = ("Reviews", "Missing", "DoLo")


def tables_of_year(dataset: Dataset, year: int) -> dict[str, pl.DataFrame]:
    """The tables of one year's SSDA903, in the headings and codes of that year.

    Header holds every child who was looked after in the year, or whom another table of the year speaks of.
    """
    people = _people(dataset)
    tables = {mapped.table: _rows(mapped, dataset, year) for mapped in MAPPED}
    tables["Episodes"] = _episodes(dataset, year)
    children = _children_of_year(dataset, tables, year)
    told_of_whom = _told_of_whom(dataset, tables["Episodes"], children, year)
    for table in tables_903():
        if table == "Header":
            tables[table] = _header(dataset, people, children, year)
        elif table != "Episodes":
            told_of = told_of_whom.get(table, children)
            rows = tables[table].filter(pl.col(CHILD).is_in(told_of.implode()))
            if table == WORKERS and year < WORKERS_FROM:
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


def _told_of_whom(
    dataset: Dataset, episodes: pl.DataFrame, children: pl.Series, year: int
) -> dict[str, pl.Series]:
    """The children whom a table may speak of, for tables that are not about all of `children`.

    Whether a child was looked after is known by an episode; a child of whom no period of care is told at
    all is not left out.
    """
    periods = _child_ids(dataset, dataset["kith_periods_of_care"], "kith_person_id")[CHILD]
    untold = children.filter(~children.is_in(periods.implode()))
    on_last_day = pl.col("DEC").is_null() | (pl.col("DEC") > last_day(year))
    cohorts = {
        **dict.fromkeys(ONLY_IN_CARE, episodes[CHILD]),
        **dict.fromkeys(ONLY_IN_CARE_ON_THE_LAST_DAY, episodes.filter(on_last_day)[CHILD]),
    }
    return {table: pl.concat([of, untold]).unique() for table, of in cohorts.items()}


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
