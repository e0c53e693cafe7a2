"""Cells that no spreadsheet takes for a formula, whatever hostile text came in with a return."""

import polars as pl

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
NOT_SEEN = " \u00a0\u200b\u200e\u200f\u2060\u3000\ufeff\x00"  # what may stand before a formula unnoticed


def plain_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    shown = text.lstrip(NOT_SEEN)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) or shown.startswith(STARTS_A_FORMULA) else text


def plain_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame, with an apostrophe before each text that a spreadsheet would take for a formula."""
    marks = "".join(f"\\x{{{ord(mark):x}}}" for mark in STARTS_A_FORMULA)
    unseen = "".join(f"\\x{{{ord(mark):x}}}" for mark in NOT_SEEN)
    pattern = f"^[{unseen}]*[{marks}]"
    text = pl.col(pl.String)
    return frame.with_columns(
        pl.when(text.str.contains(pattern)).then(pl.lit("'") + text).otherwise(text).name.keep()
    )
