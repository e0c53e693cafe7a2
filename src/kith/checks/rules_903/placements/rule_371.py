import polars as pl

from kith.checks.rule import check
from kith.checks.words import age_on, is_known, is_one_of


@check("371", table="Episodes", fields="DECOM PLACE Header.DOB")
def child_in_supported_accommodation_is_too_young() -> pl.Expr:
    """A child began a placement in supported accommodation (K3; H5 in earlier years) before the age of
    16."""
    return is_one_of("PLACE", "H5 K3") & is_known("PLACE") & (age_on("Header.DOB", "DECOM") < 16)


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2010 |

    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/05/2026 | K3    | found
    1     | 02/05/2026 | K3    |
    1     | 01/05/2026 | H5    |
    1     | 01/05/2026 | K2    |
"""
