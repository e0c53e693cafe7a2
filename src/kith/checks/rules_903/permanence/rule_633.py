import polars as pl

from kith.checks.rule import check
from kith.checks.words import col
from kith.standards import places

OUTSIDE_ENGLAND = ("SCO", "WAL", "NIR", "NUK")


@check(
    "633",
    table="PrevPerm",
    fields="LA_PERM",
    note="""An authority that has ended since is taken as well, as the order may be old.""",
)
def the_authority_of_earlier_permanence_is_not_a_code() -> pl.Expr:
    """The authority where a child's earlier permanence option was arranged is neither an English authority's
    three digits nor SCO, WAL, NIR or NUK (outside the UK)."""
    codes = {span.authority.dfe_code for span in places.district_spans()} | set(OUTSIDE_ENGLAND)
    return ~col("LA_PERM").is_in(sorted(codes))


EXAMPLES = """
    PrevPerm
    CHILD | LA_PERM   |
    1     | 352       |
    2     | SCO       |
    3     | nuk       |
    4     |           |
    5     | 176       | found
    6     | E08000003 | found
"""
