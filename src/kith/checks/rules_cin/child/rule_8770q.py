import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, age_on, blank, col, is_one_of


@check(
    "8770Q",
    table="Children",
    fields="UPN UPNunknown PersonBirthDate",
    severity="query",
    note="""Of school age is read as 5 to 15 on 31 August of the census year. How the rule stood before 2024-25
    is not known; the newer form is used for those years too.""",
)
def child_of_school_age_has_no_upn() -> pl.Expr:
    """A child of school age has no UPN, and the reason is blank or UN1 (not of school age).

    A child whose every referral ended with no further action is left out.
    """
    last_of_august = pl.date(YEAR_START.dt.year(), 8, 31)
    is_of_school_age = age_on("PersonBirthDate", last_of_august).is_between(5, 15)
    has_no_reason = blank("UPNunknown") | is_one_of("UPNunknown", "UN1")
    return is_of_school_age & blank("UPN") & has_no_reason & ~col("child.no_further_action_only")


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate | UPN           | UPNunknown |
    1         | 2020-08-31      |               |            | found
    2         | 2020-09-01      |               |            |
    3         | 2015-05-01      |               | UN1        | found
    4         | 2015-05-01      |               | UN2        |
    5         | 2015-05-01      | A860200500001 |            |
    6         | 2015-05-01      |               |            |
    7         | 2009-09-01      |               |            | found
    8         | 2009-08-31      |               |            |
    9         |                 |               |            |

    CINdetails
    LAchildID | CINdetailsID | ReferralNFA |
    1         | 1            | false       |
    2         | 2            | false       |
    3         | 3            | false       |
    3         | 4            | true        |
    4         | 5            | false       |
    5         | 6            | false       |
    6         | 7            | true        |
    7         | 8            | false       |
    8         | 9            | false       |
    9         | 10           | false       |
"""
