"""Which three digits a unique pupil number (UPN) may name its issuing authority by."""

from functools import cache
from pathlib import Path

from kith.standards import tables
from kith.standards.places import district_spans

_OTHERS = Path(__file__).parent / "data" / "upn_authorities.csv"


@cache
def issuing_authorities() -> frozenset[str]:
    """Every code that characters 2 to 4 of a UPN may hold.

    A UPN is kept for life, so an authority that has ended still counts. Those of England come from
    `districts.csv`; Wales, the pseudo authorities and two that ended in 2009 from `upn_authorities.csv`.
    """
    english = {span.authority.dfe_code for span in district_spans() if span.authority.dfe_code.isdigit()}
    return frozenset(english | {code for row in tables.rows(_OTHERS) for code in _codes(row)})


def _codes(row: dict[str, str]) -> list[str]:
    return [f"{number:03}" for number in range(int(row["first"]), int(row["last"]) + 1)]
