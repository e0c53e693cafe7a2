"""Ages, in columns."""

import polars as pl


def age_in_years(born: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Whole years of age on `day`, negative before the birth; somebody born on 29 February is a year older on
    1 March of a common year, as `kith.standards.dates.birthday` has it."""
    before_birthday = _day_of_year(day) < _day_of_year(born)
    return (day.dt.year() - born.dt.year() - before_birthday.cast(pl.Int32)).cast(pl.Int32)


def _day_of_year(day: pl.Expr) -> pl.Expr:
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()
