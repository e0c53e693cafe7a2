"""What a unique pupil number (UPN) has to be.

A check letter, the authority that issued it, eight digits more, and a digit (a letter while it is temporary).
"""

from functools import reduce
from operator import add

import polars as pl

from kith.standards.upn import issuing_authorities

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a UPN, in the order of their values from 0: no I, O or S."""

LENGTH = 13


def is_of_full_length(column: str) -> pl.Expr:
    """The column holds 13 characters."""
    return pl.col(column).str.len_chars() == LENGTH


def characters(column: str, first: int, last: int) -> pl.Expr:
    """The characters from `first` to `last`, counted from 1."""
    return pl.col(column).str.slice(first - 1, last - first + 1)


def check_letter(column: str) -> pl.Expr:
    """The letter that the other twelve characters call for; null where one of them has no value.

    Each is multiplied by its place, 2 to 13; the sum's remainder on division by 23 is the letter's place.
    A letter in the last place counts by its own. Source: DfE school census, validation rule 1510.
    """
    digits = (characters(column, at, at).cast(pl.Int32, strict=False) * at for at in range(2, LENGTH))
    total = reduce(add, digits) + _value_of_the_last(column) * LENGTH
    return (total % len(LETTERS)).replace_strict(dict(enumerate(LETTERS)), return_dtype=pl.String)


def names_an_authority(column: str) -> pl.Expr:
    """Characters 2 to 4 are the code of an authority that issues UPNs, or did."""
    return characters(column, 2, 4).is_in(sorted(issuing_authorities()))


def ends_well(column: str) -> pl.Expr:
    """Character 13 is a digit, or one of the letters of a UPN."""
    return characters(column, LENGTH, LENGTH).is_in(list("0123456789" + LETTERS))


def is_well_formed(column: str) -> pl.Expr:
    """A letter, eleven digits, and a digit or a letter."""
    return pl.col(column).str.contains(f"^[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]$")


def _value_of_the_last(column: str) -> pl.Expr:
    values = {str(digit): digit for digit in range(10)} | {letter: at for at, letter in enumerate(LETTERS)}
    last = characters(column, LENGTH, LENGTH)
    return last.replace_strict(values, default=None, return_dtype=pl.Int32)
