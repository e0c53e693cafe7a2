import polars as pl

from kith.checks.rule import check
from kith.checks.views import CannotRun, Views
from kith.checks.words import blank, is_other_than


@check("105", table="Header", fields="UASC")
def unaccompanied_status_is_not_valid(views: Views) -> pl.DataFrame:
    """Whether the child is an unaccompanied asylum seeker is blank, or told by something other than 0 or 1.

    Only a return in XML tells it in Header; in CSV files the table UASC does, and this rule cannot run.
    """
    if "UASC" not in views.table("Header").columns:
        raise CannotRun(
            "the column UASC of Header (CSV files have none, nor has XML where it is blank for all)"
        )
    header = views.frame("Header", frozenset({"row", "UASC", "UASC.written"}))
    return header.filter(blank("UASC") | is_other_than("UASC", "0 1")).select("row")


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |
    3     | 2    | found
    4     |      | found
"""
