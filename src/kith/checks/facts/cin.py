"""What the rules of the CIN census share: conferences of a referral, and what was done in it.

CINdetails.conferences.in_year, .conferences.before_year    how many initial conferences the referral had then
ChildProtectionPlans.began_at_a_conference                  one of its referral's conferences was on that day
child.no_further_action_only                                every referral of the child led to nothing more

`found_in_referrals` gathers rows of several tables as findings about the referrals they belong to.
"""

from collections.abc import Mapping

import polars as pl

from kith.checks.views import Views, child_fact, fact

_CONFERENCE = "DateOfInitialCPC"


def found_in_referrals(views: Views, breaks: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """A finding for each row of each table where the table's expression is true.

    `row` is the referral in CINdetails, "Section47.row" and so on the row that breaks the rule (null for
    CINdetails itself). A row of no referral is left out. Raises CannotRun.
    """
    found = [_belonging(views, table, is_broken) for table, is_broken in breaks.items()]
    return pl.concat(found, how="diagonal").sort("row", maintain_order=True)


def _belonging(views: Views, table: str, is_broken: pl.Expr) -> pl.DataFrame:
    names = frozenset(is_broken.meta.root_names())
    if table == "CINdetails":
        return views.frame(table, names | {"row"}).filter(is_broken).select("row")
    rows = views.frame(table, names | {"row", "CINdetails.row"}).filter(is_broken)
    return rows.select(
        pl.col("CINdetails.row").alias("row"), pl.col("row").alias(f"{table}.row")
    ).drop_nulls()


def _conferences(views: Views) -> pl.DataFrame:
    """Each day on which a referral had an initial conference, as `referral` (its row in CINdetails), `day`.

    A conference stands in the enquiry that led to it; one of a child who moved in stands in the referral.
    """
    of_enquiries = {
        "referral": views.column("Section47", "CINdetails.row"),
        "day": views.column("Section47", _CONFERENCE),
    }
    of_referrals = {
        "referral": views.column("CINdetails", "row"),
        "day": views.column("CINdetails", _CONFERENCE),
    }
    return pl.concat([pl.DataFrame(of_enquiries), pl.DataFrame(of_referrals)]).drop_nulls().unique()


def _conferences_made_once(views: Views) -> pl.DataFrame:
    return views.worked_out("conferences", lambda: _conferences(views))


def _counted(views: Views, which: pl.Expr) -> pl.Series:
    counts = _conferences_made_once(views).filter(which).group_by("referral").len()
    none = pl.Series([0], dtype=pl.UInt32).new_from_index(0, views.height("CINdetails"))
    return none.scatter(counts["referral"], counts["len"]) if counts.height else none


@fact("CINdetails", "conferences.in_year")
def _in_year(views: Views, table: str) -> pl.Series:
    return _counted(views, pl.col("day").is_between(views.collection.start, views.collection.end))


@fact("CINdetails", "conferences.before_year")
def _before_year(views: Views, table: str) -> pl.Series:
    return _counted(views, pl.col("day") < views.collection.start)


@fact("ChildProtectionPlans", "began_at_a_conference")
def _began_at_a_conference(views: Views, table: str) -> pl.Series:
    plans = {
        "row": views.column(table, "row"),
        "referral": views.column(table, "CINdetails.row"),
        "day": views.column(table, "CPPstartDate"),
    }
    began = pl.DataFrame(plans).join(_conferences_made_once(views), on=["referral", "day"], how="semi")
    return plans["row"].is_in(began["row"].implode())


@child_fact("no_further_action_only")
def _no_further_action_only(views: Views) -> pl.Series:
    """Every referral of the child ended with no further action; false for a child with no referral."""
    is_so = views.column("CINdetails", "ReferralNFA").is_in(["TRUE", "1"]).fill_null(False)
    return views.all_of_child("CINdetails", is_so)
