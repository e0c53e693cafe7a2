"""What may stand in the cell of a unique pupil number: a number, or why there is none."""

import polars as pl

from kith.checks.words import is_one_of, is_other_than
from kith.standards.codes import code_list

REASONS = " ".join(code.code for code in code_list("upn_unknown").used_in("SSDA903"))
"""UN1 to UN5."""


def is_a_reason(column: str) -> pl.Expr:
    """The cell says why there is no number; false where it is blank."""
    return is_one_of(column, REASONS)


def is_a_number(column: str) -> pl.Expr:
    """The cell is filled, and says no reason: it is meant to be a number."""
    return is_other_than(column, REASONS)
