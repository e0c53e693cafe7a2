"""The words rules are written in, so that each reads like its sentence."""

from functools import cache

import polars as pl

from kith.standards.working_days import bank_holidays

col = pl.col
_FEW = 6
_A_YEAR = 10_000
_MARCH = 300
"""What a year and the start of March come to in a day written as one number (20260331)."""
_CALENDAR = 400
"""The years after which leap days come round as before."""


YEAR_START = pl.col("year.start")
"""1 April with which the checked year begins."""

YEAR_END = pl.col("year.end")
"""31 March with which the checked year ends."""


def given(*columns: str) -> pl.Expr:
    """Every one of the columns is filled, readable or not."""
    return pl.all_horizontal(_as_written(column).is_not_null() for column in columns)


def blank(*columns: str) -> pl.Expr:
    """Every one of the columns is blank."""
    return pl.all_horizontal(_as_written(column).is_null() for column in columns)


def any_given(*columns: str) -> pl.Expr:
    """At least one of the columns is filled."""
    return pl.any_horizontal(_as_written(column).is_not_null() for column in columns)


def any_blank(*columns: str) -> pl.Expr:
    """At least one of the columns is blank."""
    return pl.any_horizontal(_as_written(column).is_null() for column in columns)


def unreadable(column: str) -> pl.Expr:
    """A date or number is filled in a form that cannot be read ("31/02/2026")."""
    return col(f"{column}.text").is_not_null() & col(column).is_null()


def is_one_of(column: str, codes: str) -> pl.Expr:
    """The column holds one of `codes` (parted by blanks) as typed; false where it is blank."""
    return _is_any(_as_written(column), codes.split())


def is_other_than(column: str, codes: str) -> pl.Expr:
    """The column is filled, and not with one of `codes` (parted by blanks)."""
    return _as_written(column).is_not_null() & ~_is_any(_as_written(column), codes.split())


def _is_any(cells: pl.Expr, codes: list[str]) -> pl.Expr:
    """True where a cell is one of `codes`, else false; a few comparisons take half the time of a look-up."""
    if len(codes) > _FEW:
        return cells.is_in(codes).fill_null(False)
    first, *others = (cells.eq_missing(pl.lit(code)) for code in codes)
    for other in others:
        first = first | other
    return first


def is_known(column: str) -> pl.Expr:
    """The column holds a code that its list has in the checked year; null where it is blank."""
    return col(f"{column}.known")


def is_true(column: str) -> pl.Expr:
    """A yes-or-no of the CIN census is yes (true or 1)."""
    return is_one_of(column, "TRUE 1")


def is_false(column: str) -> pl.Expr:
    """A yes-or-no of the CIN census is no (false or 0)."""
    return is_one_of(column, "FALSE 0")


def is_female(column: str = "SEX") -> pl.Expr:
    """The child's sex is female, by the codes of any year; false where it is blank."""
    return is_one_of(column, "F 2")


def is_male(column: str = "SEX") -> pl.Expr:
    """The child's sex is male, by the codes of any year; false where it is blank."""
    return is_one_of(column, "M 1")


def partly_unknown(column: str) -> pl.Expr:
    """A date is written with Z for the parts that are not known ("ZZ/04/2023", "ZZ/ZZ/ZZZZ")."""
    text = col(f"{column}.text")
    has_its_form = text.str.contains(r"^(ZZ|\d{1,2})/(ZZ|\d{1,2})/(ZZZZ|\d{4})$")
    return has_its_form & text.str.contains("Z", literal=True)


def is_in_the_year(column: str) -> pl.Expr:
    """The column holds a day of the checked year; null where it is blank."""
    return col(column).is_between(YEAR_START, YEAR_END)


def overlap(start: str, end: str, other_start: str, other_end: str) -> pl.Expr:
    """Two stretches of time share more than the day on which one hands over to the other.

    One without an end goes on; false where a start is unknown.
    """
    both_began = col(start).is_not_null() & col(other_start).is_not_null()
    began_in_time = (col(start) < col(other_end)).fill_null(True)
    ended_late_enough = (col(other_start) < col(end)).fill_null(True)
    return both_began & began_in_time & ended_late_enough


def is_the_first(table: str) -> pl.Expr:
    """The row is the child's first by date in `table`, its own; null where no row of the child has a date."""
    return col("row") == col(f"{table}.first.row")


def is_the_latest(table: str) -> pl.Expr:
    """The row is the child's last by date in `table`, its own; null where no row of the child has a date."""
    return col("row") == col(f"{table}.latest.row")


def is_at_a_weekend(column: str) -> pl.Expr:
    """The column holds a Saturday or a Sunday; null where it is blank."""
    return col(column).dt.weekday() > 5


def how_many(which: pl.Expr, *, of_the_same: str) -> pl.Expr:
    """For each row, how many rows of the same child or referral `which` is true of, itself among them.

    `of_the_same` names the columns (parted by blanks) that are to be the same; 0 where one of them is blank.
    """
    names = of_the_same.split()
    counted = which & pl.all_horizontal(col(name).is_not_null() for name in names)
    return counted.sum().over(names)


def as_expression(value: str | pl.Expr) -> pl.Expr:
    """A column's name, or an expression, as an expression."""
    return pl.col(value) if isinstance(value, str) else value


def birthday(born: str, age: int) -> pl.Expr:
    """The day someone reaches `age`; 1 March where a 29 February has no such day (as standards.dates)."""
    return pl.col(f"{born}.turns_{age}")


def age_on(born: str | pl.Expr, on: str | pl.Expr) -> pl.Expr:
    """Whole years of age on a day; below nought before birth; null where either day is unknown."""
    return (_as_number(on) - _as_number(born)) // _A_YEAR


def days_between(start: str | pl.Expr, end: str | pl.Expr) -> pl.Expr:
    """Days from `start` to `end`; 1 from a day to the next."""
    return (as_expression(end) - as_expression(start)).dt.total_days()


def working_days_between(start: str | pl.Expr, end: str | pl.Expr) -> pl.Expr:
    """Working days after `start` up to and with `end`, England's bank holidays left out.

    The day after `start` is day 1; below nought where `end` is first. Null where either is unknown.
    """
    day = pl.duration(days=1)
    return pl.business_day_count(
        as_expression(start) + day, as_expression(end) + day, holidays=list(bank_holidays())
    )


def working_day_before(day: str | pl.Expr) -> pl.Expr:
    """The last working day before a day, which may itself be no working day."""
    return as_expression(day).dt.add_business_days(-1, holidays=list(bank_holidays()), roll="forward")


def day_as_number(day: pl.Expr) -> pl.Expr:
    """A day as one number that reads as it is written and sorts as days do (20260331)."""
    return day.dt.year() * _A_YEAR + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def birthday_of(born: str, age: int) -> pl.Expr:
    """What `birthday` names, worked out of a day and of the same day as one number."""
    since_march = (_as_number(born) - _MARCH) // _A_YEAR  # the year in which the last 1 March was
    days = pl.lit(_days_until(age)).gather(since_march % _CALENDAR)
    return (pl.col(born).to_physical() + days).cast(pl.Date)


@cache
def _days_until(age: int) -> pl.Series:
    """The days from a day to the same day `age` years on, for each year of a calendar, counted from March."""
    leap_days = (_leap_days_before(year + age) - _leap_days_before(year) for year in range(_CALENDAR))
    return pl.Series([365 * age + days for days in leap_days], dtype=pl.Int32)


def _as_number(day: str | pl.Expr) -> pl.Expr:
    """A day as one number: of a column, the one that views work out once for all rules."""
    day = as_expression(day)
    return pl.col(f"{day.meta.output_name()}.as_number") if day.meta.is_column() else day_as_number(day)


def _leap_days_before(march: int) -> int:
    """How many leap days there were before the 1 March of a year."""
    return march // 4 - march // 100 + march // 400


def _as_written(column: str) -> pl.Expr:
    return pl.col(f"{column}.written")
