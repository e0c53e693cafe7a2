import polars as pl

from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import col, given

NEEDED = {"row", "Disabilities.count", "PersonBirthDate.written", "child.no_further_action_only"}


@check(
    "8540",
    table="Children",
    fields="Disabilities.Disability PersonBirthDate",
    severity="error",
    note="""A disability is asked of a child who is born and of whom some referral led to further action: the
        DfE's fields for this rule are read so. An open tool finds this error but loses its rows.""",
)
def disability_is_missing_or_not_a_code(views: Views) -> pl.DataFrame:
    """The child has no disability recorded (NONE where there is none), or one that is not among the DfE's codes.

    A child not yet born, or whose referrals all ended with no further action, needs none.
    """
    children = views.frame("Children", frozenset(NEEDED))
    is_needed = given("PersonBirthDate") & ~col("child.no_further_action_only").fill_null(False)
    missing = children.filter((col("Disabilities.count") == 0) & is_needed).select("row")
    disabilities = views.frame("Disabilities", frozenset({"row", "Children.row", "Disability.known"}))
    unknown = disabilities.filter(_is_not_a_code()).select(
        col("Children.row").alias("row"), col("row").alias("Disabilities.row")
    )
    return pl.concat([missing, unknown.drop_nulls()], how="diagonal").sort("row")


def _is_not_a_code() -> pl.Expr:
    """A row of Disabilities holds no code that its list has."""
    return ~col("Disability.known").fill_null(False)


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate |
    1         | 2015-05-01      |
    2         | 2015-05-01      | found
    3         | 2015-05-01      | found
    4         |                 |
    5         | 2015-05-01      |
    6         | 2015-05-01      | found

    Disabilities
    LAchildID | Disability |
    1         | NONE       |
    2         | DEAF       |

    CINdetails
    LAchildID | CINdetailsID | ReferralNFA |
    1         | 1            | false       |
    3         | 2            | false       |
    3         | 3            | true        |
    4         | 4            | false       |
    5         | 5            | true        |
"""
