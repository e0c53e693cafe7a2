"""The year of a return: 1 April to 31 March, named by the year it ends in."""

from datetime import date

NEW_SEX_CODES = 2025  # 2024-25: M, F, U in place of 1, 2 (903) and 1, 2, 0, 9 (CIN)


def first_day(year: int) -> date:
    """1 April with which the return year that ends in `year` begins."""
    return date(year - 1, 4, 1)


def last_day(year: int) -> date:
    """31 March of `year`."""
    return date(year, 3, 31)
