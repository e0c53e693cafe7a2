"""Who the returns speak of: one row of `ssd_person` a child, from every return that names the child."""

from collections.abc import Iterable, Sequence

import polars as pl

from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_903, tables_cin
from kith.dataset.merging import YEAR, rows_of
from kith.dataset.returns import HASH_COLUMN, Return
from kith.dataset.schema import fill_out
from kith.standards.years import known_year, replaced_codes, year_of_new_codes

CHILD_ID = {"903": "CHILD", "cin": "LAchildID"}
INDETERMINATE = "9"  # the census's alone, and no sex: it is kept as the gender told
OLD_SEX_CODES = replaced_codes("cin", "Children", "GenderCurrent")  # those of the SSDA903 are among them
SEX_WORDS = {old: new for old, new in OLD_SEX_CODES.items() if old != INDETERMINATE}
NEW_SEX_CODES = known_year(year_of_new_codes("903", "Header", "SEX"), "M, F and U")  # in both returns
UNKNOWN_UPN = r"^UN\d+$"

_TOLD = {
    "pers_person_id": pl.String,
    "pers_sex": pl.String,
    "pers_gender": pl.String,
    "pers_ethnicity": pl.String,
    "pers_dob": pl.Date,
    "pers_expected_dob": pl.Date,
    "pers_death_date": pl.Date,
    "pers_upn": pl.String,
    "pers_upn_unknown": pl.String,
    "_main": pl.Boolean,
    YEAR: pl.Int64,
    HASH_COLUMN: pl.String,
}
_ONE_BY_ONE = (
    "pers_ethnicity",
    "pers_dob",
    "pers_expected_dob",
    "pers_death_date",
)


def persons(returns: Sequence[Return]) -> pl.DataFrame:
    """`ssd_person`: what the latest return says of each child; what it leaves blank, the one before.

    A child whom some table names, but no Header or Children row, is a person too. Sex is M, F or U
    whatever the year's codes; a code that no list knows is kept as it came.
    """
    told = pl.concat([_told_by_903_headers(returns), _told_by_other_903(returns), _told_by_cin(returns)])
    ordered = told.sort(["_main", YEAR, HASH_COLUMN])
    sex = pl.struct("pers_sex", "pers_gender")
    upn = pl.struct("pers_upn", "pers_upn_unknown")
    has_sex = pl.col("pers_sex").is_not_null() | pl.col("pers_gender").is_not_null()
    has_upn = pl.col("pers_upn").is_not_null() | pl.col("pers_upn_unknown").is_not_null()
    merged = (
        ordered.group_by("pers_person_id", maintain_order=True)
        .agg(
            *(pl.col(name).drop_nulls().last() for name in _ONE_BY_ONE),
            sex.filter(has_sex).last().alias("_sex"),
            upn.filter(has_upn).last().alias("_upn"),
            pl.col(HASH_COLUMN).filter(pl.col("_main")).unique().sort().alias("kith_source_rows"),
        )
        .unnest("_sex")
        .unnest("_upn")
        .with_columns(pers_legacy_id=pl.col("pers_person_id"))
        .sort("pers_person_id")
    )
    return fill_out("ssd_person", merged)


def sex_in_words(code: pl.Expr) -> pl.Expr:
    """M, F or U for every year's code of sex; other codes as they are."""
    return code.replace(SEX_WORDS)


def _told_by_903_headers(returns: Iterable[Return]) -> pl.DataFrame:
    rows = rows_of(returns, "903", "Header", format_of(tables_903()["Header"]))
    is_unknown = pl.col("UPN").str.contains(UNKNOWN_UPN)
    return _told(
        rows.with_columns(
            pers_person_id=pl.col("CHILD"),
            pers_sex=sex_in_words(pl.col("SEX")),
            pers_ethnicity=pl.col("ETHNIC"),
            pers_dob=pl.col("DOB"),
            pers_upn=pl.when(~is_unknown).then(pl.col("UPN")),
            pers_upn_unknown=pl.when(is_unknown).then(pl.col("UPN")),
            _main=pl.lit(True),
        )
    )


def _told_by_other_903(returns: Iterable[Return]) -> pl.DataFrame:
    """Every other table repeats the date of birth, and UASC the sex."""
    frames = []
    for name, table in tables_903().items():
        if name == "Header":
            continue
        rows = rows_of(returns, "903", name, format_of(table)).unique(HASH_COLUMN)
        facts = {"pers_person_id": pl.col("CHILD"), "_main": pl.lit(False)}
        if "DOB" in rows.columns:
            facts["pers_dob"] = pl.col("DOB")
        if "SEX" in rows.columns:
            facts["pers_sex"] = sex_in_words(pl.col("SEX"))
        frames.append(_told(rows.with_columns(**facts)).unique(["pers_person_id", "pers_dob", YEAR]))
    return pl.concat(frames)


def _told_by_cin(returns: Iterable[Return]) -> pl.DataFrame:
    rows = rows_of(returns, "cin", "Children", format_of(tables_cin()["Children"]))
    sex = pl.coalesce("Sex", "GenderCurrent")
    return _told(
        rows.with_columns(
            pers_person_id=pl.col("LAchildID"),
            pers_sex=pl.when(sex != INDETERMINATE).then(sex_in_words(sex)),
            pers_gender=pl.when(sex == INDETERMINATE).then(sex),
            pers_ethnicity=pl.col("Ethnicity"),
            pers_dob=pl.col("PersonBirthDate"),
            pers_expected_dob=pl.col("ExpectedPersonBirthDate"),
            pers_death_date=pl.col("PersonDeathDate"),
            pers_upn=pl.col("UPN"),
            pers_upn_unknown=pl.col("UPNunknown"),
            _main=pl.lit(True),
        )
    )


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    present = set(rows.columns)
    return rows.select(
        pl.col(name) if name in present else pl.lit(None, dtype=kind).alias(name)
        for name, kind in _TOLD.items()
    )
