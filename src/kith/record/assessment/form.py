"""What an assessment asks, what can come of it, and the factors it no longer takes: tables in data/."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.standards.tables import rows

_DATA = Path(__file__).parent / "data"
FAMILY, CHILD = "family", "child"


@dataclass(frozen=True)
class Section:
    """One heading of an assessment, of the family or of each child, and what it asks.

    `is_needed`: a manager who authorises the assessment with nothing under it says why.
    """

    section: str
    of: str
    heading: str
    asks: str
    is_needed: bool = False


@dataclass(frozen=True)
class NextStep:
    """What can come of an assessment for a child: in words, as the code of `assessment_outcome`, whether
    social care stops with it, and the act it starts by itself (blank: none)."""

    next_step: str
    words: str
    outcome: str
    is_no_further_action: bool
    starts: str


@cache
def sections(of: str, *, is_unborn: bool = False) -> tuple[Section, ...]:
    """The sections about the family or about each child, in their order.

    Of a child not yet born only what can be known is asked, in words of its own.
    """
    suffix = "_unborn" if is_unborn else ""
    found = rows(_DATA / "sections.csv")
    return tuple(
        Section(
            row["section"], row["of"], row[f"heading{suffix}"], row[f"asks{suffix}"], row["needed"] == "yes"
        )
        for row in found
        if row["of"] == of and row[f"heading{suffix}"]
    )


@cache
def superseded_factors() -> dict[str, str]:
    """Factors that a return no longer takes, with what to use instead."""
    return {row["factor"]: row["use_instead"] for row in rows(_DATA / "superseded_factors.csv")}


@cache
def next_steps() -> dict[str, NextStep]:
    """What can come of an assessment, by name, in the order to offer it."""
    found = sorted(rows(_DATA / "next_steps.csv"), key=lambda row: int(row["order"]))
    return {
        row["next_step"]: NextStep(
            row["next_step"],
            row["words"],
            row["outcome"],
            row["is_no_further_action"] == "yes",
            row["starts"],
        )
        for row in found
    }
