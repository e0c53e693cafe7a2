"""The CIN censuses made from the diary break none of the census's rules; each test names the rules."""

import polars as pl
import pytest

from kith.standards.working_days import is_working_day, working_days_between

from .made import northbrook, tables
from .test_903_rules import none

REFERRAL = ["LAchildID", "CINdetailsID", "year"]


@pytest.fixture(scope="module")
def referrals() -> pl.DataFrame:
    return tables("cin", "CINdetails").sort("LAchildID", "year", "CINreferralDate")


def with_referral(name: str, referrals: pl.DataFrame) -> pl.DataFrame:
    return tables("cin", name).join(
        referrals.select(*REFERRAL, "CINreferralDate", "CINclosureDate", "ReasonForClosure", "ReferralNFA"),
        on=REFERRAL,
        how="left",
    )


def test_every_part_of_the_census_has_rows() -> None:
    for name in ("Children", "Disabilities", "CINdetails", "Assessments", "AssessmentFactors"):
        assert tables("cin", name).height, name
    for name in ("CINplanDates", "Section47", "ChildProtectionPlans", "Reviews"):
        assert tables("cin", name).height, name


def test_children_are_told_once_with_all_they_need() -> (
    None
):  # 4180, 4220, 8500, 8510, 8520, 8525Q, 8540, 8750
    children = tables("cin", "Children")
    assert not children.select("LAchildID", "year").is_duplicated().any()
    none(children.filter(~pl.col("LAchildID").str.contains("^[A-Z0-9]{1,20}$")))
    none(children.filter(pl.col("PersonBirthDate").is_null() == pl.col("ExpectedPersonBirthDate").is_null()))
    none(children.filter(pl.col("PersonBirthDate") > pl.date(pl.col("year"), 3, 31)))
    sex = pl.coalesce("Sex", "GenderCurrent")
    none(children.filter(pl.col("PersonBirthDate").is_null() & ~sex.is_in(["U", "0"])))
    none(children.filter(pl.col("UPN").is_null() & pl.col("UPNunknown").is_null()))
    assert children.filter(pl.col("ExpectedPersonBirthDate").is_not_null()).height


def test_disabilities_are_told_once_and_none_stands_alone() -> None:  # 8540, 8790, 8794
    told = tables("cin", "Disabilities").group_by("LAchildID", "year").agg("Disability")
    none(told.filter(pl.col("Disability").list.n_unique() < pl.col("Disability").list.len()))
    none(told.filter(pl.col("Disability").list.contains("NONE") & (pl.col("Disability").list.len() > 1)))
    none(tables("cin", "Children").join(told, on=["LAchildID", "year"], how="anti"))
    assert told["Disability"].explode().n_unique() >= 8


def test_referrals_follow_one_another(referrals: pl.DataFrame) -> None:  # 8565 to 8650, 8805 to 8820, 8866
    none(referrals.filter(pl.col("CINclosureDate").is_null() != pl.col("ReasonForClosure").is_null()))
    none(referrals.filter(pl.col("CINclosureDate") < pl.col("CINreferralDate")))
    none(referrals.filter((pl.col("ReferralNFA") == 0) & pl.col("PrimaryNeedCode").is_null()))
    none(referrals.filter(pl.col("ReferralSource").is_null()))
    follow = referrals.with_columns(
        pl.col("CINreferralDate").shift(-1).over("LAchildID", "year").alias("next")
    )
    none(follow.filter(pl.col("next").is_not_null() & pl.col("CINclosureDate").is_null()))
    none(follow.filter(pl.col("next") <= pl.col("CINclosureDate")))
    last = pl.date(pl.col("year"), 3, 31)
    none(referrals.filter((pl.col("CINclosureDate") > last) | (pl.col("CINreferralDate") > last)))


def test_nothing_follows_a_referral_with_no_further_action(
    referrals: pl.DataFrame,
) -> None:  # 4000, 8831, 8832
    assert referrals.filter(pl.col("ReferralNFA") == 1).height
    for name in ("Assessments", "Section47", "ChildProtectionPlans", "CINplanDates"):
        none(with_referral(name, referrals).filter(pl.col("ReferralNFA") == 1))


def test_a_case_closed_after_assessment_has_nothing_else(referrals: pl.DataFrame) -> None:  # 2990, 8825Q
    for name in ("Section47", "ChildProtectionPlans", "CINplanDates"):
        none(with_referral(name, referrals).filter(pl.col("ReasonForClosure").is_in(["RC8", "RC9"])))
    closed = referrals.filter(pl.col("ReasonForClosure").is_in(["RC8", "RC9"]))
    assert closed.height
    for year in range(northbrook().first_year, northbrook().last_year + 1):
        # An assessment signed off in March of a case closed in April stands in the census before.
        of_year = closed.filter(
            (pl.col("year") == year) & (pl.col("CINclosureDate") > pl.date(year - 1, 4, 12))
        )
        none(of_year.join(tables("cin", "Assessments"), on=REFERRAL, how="anti"))


def test_assessments_are_within_their_referral(
    referrals: pl.DataFrame,
) -> None:  # 1103, 8608, 8863Q, 8867, 8896
    told = with_referral("Assessments", referrals).sort(*REFERRAL, "AssessmentActualStartDate")
    start, done = pl.col("AssessmentActualStartDate"), pl.col("AssessmentAuthorisationDate")
    none(
        told.filter((start < pl.col("CINreferralDate")) | (done < start) | (done > pl.col("CINclosureDate")))
    )
    none(told.filter(pl.col("CINclosureDate").is_not_null() & done.is_null()))
    follow = told.with_columns(start.shift(-1).over(REFERRAL).alias("next"))
    none(follow.filter(pl.col("next").is_not_null() & (done.is_null() | (done > pl.col("next")))))


def test_assessments_mostly_take_45_working_days(
    referrals: pl.DataFrame,
) -> None:  # 8670Q; clock of assessment
    done = tables("cin", "Assessments").filter(pl.col("AssessmentAuthorisationDate").is_not_null())
    pairs = done.select("AssessmentActualStartDate", "AssessmentAuthorisationDate").iter_rows()
    late = [working_days_between(start, end) > 45 for start, end in pairs]
    assert 0.08 < sum(late) / len(late) < 0.25


def test_factors_are_told_once_and_of_finished_assessments() -> None:  # 8614, 8869, 8897Q, 8898
    key = [*REFERRAL, "AssessmentsID"]
    factors = tables("cin", "AssessmentFactors").group_by(key).agg("AssessmentFactor")
    none(factors.filter(pl.col("AssessmentFactor").list.n_unique() < pl.col("AssessmentFactor").list.len()))
    alone = pl.col("AssessmentFactor").list.contains("21") & (pl.col("AssessmentFactor").list.len() > 1)
    none(factors.filter(alone))
    done = tables("cin", "Assessments").filter(pl.col("AssessmentAuthorisationDate").is_not_null())
    none(factors.join(done, on=key, how="anti"))
    none(done.join(factors, on=key, how="anti"))


def test_enquiries_are_within_their_referral(
    referrals: pl.DataFrame,
) -> None:  # 1104, 2889, 8615, 8868, 8870Q, 8875
    told = with_referral("Section47", referrals)
    none(told.filter(pl.col("S47ActualStartDate") < pl.col("CINreferralDate")))
    none(told.filter(pl.col("DateOfInitialCPC") < pl.col("S47ActualStartDate")))
    none(told.filter(pl.col("DateOfInitialCPC") > pl.col("CINclosureDate")))
    settled = pl.col("DateOfInitialCPC").is_not_null() | (pl.col("ICPCnotRequired") == 1)
    none(told.filter(pl.col("CINclosureDate").is_not_null() & ~settled))
    for day in told["DateOfInitialCPC"].drop_nulls().unique():
        assert is_working_day(day)
    for day in told["InitialCPCtarget"].drop_nulls().unique():
        assert is_working_day(day)


def test_conferences_are_mostly_held_within_15_working_days() -> None:  # clock of the initial conference
    held = tables("cin", "Section47").filter(pl.col("DateOfInitialCPC").is_not_null())
    pairs = held.select("S47ActualStartDate", "DateOfInitialCPC").iter_rows()
    on_time = [working_days_between(start, end) <= 15 for start, end in pairs]
    assert 0.65 < sum(on_time) / len(on_time) < 0.92


def test_protection_plans_start_at_a_conference(
    referrals: pl.DataFrame,
) -> None:  # 1105, 2885, 8840, 8925 to 8940
    plans = with_referral("ChildProtectionPlans", referrals).sort("LAchildID", "year", "CPPstartDate")
    conferences = pl.concat(
        [
            tables("cin", name).select(*REFERRAL, pl.col("DateOfInitialCPC").alias("CPPstartDate"))
            for name in ("Section47", "CINdetails")
        ]
    )
    this_year = plans.filter(pl.col("CPPstartDate") >= pl.date(pl.col("year") - 1, 4, 1))
    none(this_year.join(conferences, on=[*REFERRAL, "CPPstartDate"], how="anti"))
    none(plans.filter(pl.col("CPPstartDate") < pl.col("CINreferralDate")))
    none(
        plans.filter(
            (pl.col("CPPendDate") <= pl.col("CPPstartDate"))
            | (pl.col("CPPendDate") > pl.col("CINclosureDate"))
        )
    )
    follow = plans.with_columns(pl.col("CPPstartDate").shift(-1).over("LAchildID", "year").alias("next"))
    none(
        follow.filter(
            pl.col("next").is_not_null()
            & (pl.col("CPPendDate").is_null() | (pl.col("CPPendDate") > pl.col("next")))
        )
    )
    none(plans.filter(pl.col("NumberOfPreviousCPP").is_null() | pl.col("InitialCategoryOfAbuse").is_null()))
    assert plans.filter(pl.col("NumberOfPreviousCPP") > 0).height


def test_reviews_of_plans_come_after_the_start() -> None:  # 8841, 8842Q
    key = [*REFERRAL, "CPPID"]
    plans = tables("cin", "ChildProtectionPlans").select(*key, "CPPstartDate", "CPPendDate")
    reviews = tables("cin", "Reviews").join(plans, on=key)
    none(reviews.filter(pl.col("CPPreviewDate") <= pl.col("CPPstartDate")))
    none(reviews.filter(pl.col("CPPreviewDate") > pl.col("CPPendDate")))


def test_help_and_protection_plans_do_not_run_together(referrals: pl.DataFrame) -> None:  # 4001 to 4017, 4003
    plans = with_referral("CINplanDates", referrals).sort(*REFERRAL, "CINPlanStartDate")
    start, end = pl.col("CINPlanStartDate"), pl.col("CINPlanEndDate")
    none(plans.filter((end < start) | (start < pl.col("CINreferralDate")) | (end > pl.col("CINclosureDate"))))
    follow = plans.with_columns(start.shift(-1).over(REFERRAL).alias("next"))
    none(follow.filter(pl.col("next").is_not_null() & (end.is_null() | (end > pl.col("next")))))
    both = plans.join(tables("cin", "ChildProtectionPlans"), on=REFERRAL)
    apart = (pl.col("CPPendDate") < start) | (end < pl.col("CPPstartDate"))
    none(both.filter(~apart.fill_null(False)))
    reviewed = plans.join(tables("cin", "Reviews"), on=REFERRAL)
    none(
        reviewed.filter(
            (pl.col("CPPreviewDate") >= start)
            & (pl.col("CPPreviewDate") <= end.fill_null(pl.date(2099, 1, 1)))
        )
    )


def test_nobody_is_referred_or_planned_for_after_death(
    referrals: pl.DataFrame,
) -> None:  # 4008, 8555Q, 8585Q, 8915
    died = tables("cin", "Children").filter(pl.col("PersonDeathDate").is_not_null())
    both = referrals.join(died, on=["LAchildID", "year"])
    none(both.filter(pl.col("CINreferralDate") > pl.col("PersonDeathDate")))
    closed = referrals.filter(pl.col("ReasonForClosure") == "RC2")
    none(closed.join(died, on=["LAchildID", "year"], how="anti"))
