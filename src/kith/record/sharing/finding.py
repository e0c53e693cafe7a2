"""By what a partner finds a family: whether the adults' names are needed (data/finds_by.csv).

A kind that is not in the table finds a child by name, date of birth and where they live.
"""

from functools import cache
from pathlib import Path

from kith.standards.tables import rows

_TABLE = Path(__file__).parent / "data" / "finds_by.csv"


@cache
def _kinds() -> dict[str, bool]:
    return {row["kind"]: row["adults"] == "yes" for row in rows(_TABLE)}


def needs_adults(kind: str) -> bool:
    """Whether a partner of this kind (code list `agency_types`) needs the adults' names to look."""
    return _kinds().get(kind, False)


def kinds_needing_adults() -> list[str]:
    """The codes of the kinds that need them."""
    return [kind for kind, is_needed in _kinds().items() if is_needed]
