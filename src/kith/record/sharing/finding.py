"""By what a partner finds a family: the adults' names, a pregnancy (data/finds_by.csv).

A kind that is not in the table finds a child by name, date of birth and where they live.
"""

from functools import cache
from pathlib import Path

from kith.standards.tables import rows

_TABLE = Path(__file__).parent / "data" / "finds_by.csv"


@cache
def _kinds(by: str) -> dict[str, bool]:
    return {row["kind"]: row[by] == "yes" for row in rows(_TABLE)}


def needs_adults(kind: str) -> bool:
    """Whether a partner of this kind (code list `agency_types`) needs the adults' names to look."""
    return _kinds("adults").get(kind, False)


def needs_pregnancy(kind: str) -> bool:
    """Whether a partner of this kind finds a mother by the baby she expects."""
    return _kinds("pregnancy").get(kind, False)


def kinds_needing_adults() -> list[str]:
    """The codes of the kinds that need them."""
    return [kind for kind, is_needed in _kinds("adults").items() if is_needed]
