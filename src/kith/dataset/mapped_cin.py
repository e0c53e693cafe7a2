"""How the CIN census's tables and the fact tables hold the same things: its elements, named here once.

Source: CIN census specification 2024-25.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import polars as pl

from kith.dataset.formats import schema_of as format_of
from kith.dataset.formats import tables_cin
from kith.dataset.readers.cin_xml import columns_of
from kith.dataset.years import first_day, last_day

FORMER_UPN = "Former Unique Pupil Number"
FLAG_WORDS = {1: "Y", 0: "N"}
OWN, PARENT = "_own", "_parent"  # the id of the fact that a row tells, and of the fact it belongs to


@dataclass(frozen=True)
class Mapped:
    """How one table under a referral and one table of facts hold the same thing.

    `key` is the heading that tells one from another under the same parent. `parent` is the table it hangs
    under, and `parent_id` the column of the facts that says which. `since` and `until` head the dates
    between which it was so; `while_open` are not known until it has ended.
    """

    table: str
    facts: str
    id: str
    person: str
    parent_id: str
    columns: Mapping[str, str]
    key: str
    parent: str = "CINdetails"
    since: str | None = None
    until: str | None = None
    while_open: tuple[str, ...] = ()


REFERRALS = Mapped(
    table="CINdetails",
    facts="ssd_cin_episodes",
    id="cine_referral_id",
    person="cine_person_id",
    parent_id="cine_person_id",
    columns={
        "CINreferralDate": "cine_referral_date",
        "ReferralSource": "cine_referral_source_code",
        "PrimaryNeedCode": "cine_cin_primary_need_code",
        "CINclosureDate": "cine_close_date",
        "ReasonForClosure": "cine_close_reason",
        "ReferralNFA": "cine_referral_nfa",
    },
    key="CINreferralDate",
    parent="Children",
    since="CINreferralDate",
    until="CINclosureDate",
    while_open=("ReasonForClosure",),
)
MODULES = (
    Mapped(
        table="Assessments",
        facts="ssd_cin_assessments",
        id="cina_assessment_id",
        person="cina_person_id",
        parent_id="cina_referral_id",
        columns={
            "AssessmentActualStartDate": "cina_assessment_start_date",
            "AssessmentInternalReviewDate": "kith_review_date",
            "AssessmentAuthorisationDate": "cina_assessment_auth_date",
        },
        key="AssessmentActualStartDate",
        since="AssessmentActualStartDate",
        until="AssessmentAuthorisationDate",
    ),
    Mapped(
        table="CINplanDates",
        facts="ssd_cin_plans",
        id="cinp_cin_plan_id",
        person="cinp_person_id",
        parent_id="cinp_referral_id",
        columns={
            "CINPlanStartDate": "cinp_cin_plan_start_date",
            "CINPlanEndDate": "cinp_cin_plan_end_date",
        },
        key="CINPlanStartDate",
        since="CINPlanStartDate",
        until="CINPlanEndDate",
    ),
    Mapped(
        table="Section47",
        facts="ssd_s47_enquiry",
        id="s47e_s47_enquiry_id",
        person="s47e_person_id",
        parent_id="s47e_referral_id",
        columns={
            "S47ActualStartDate": "s47e_s47_start_date",
            "InitialCPCtarget": "kith_conference_target",
            "ICPCnotRequired": "kith_conference_not_required",
        },
        key="S47ActualStartDate",
        since="S47ActualStartDate",
    ),
    Mapped(
        table="ChildProtectionPlans",
        facts="ssd_cp_plans",
        id="cppl_cp_plan_id",
        person="cppl_person_id",
        parent_id="cppl_referral_id",
        columns={
            "CPPstartDate": "cppl_cp_plan_start_date",
            "CPPendDate": "cppl_cp_plan_end_date",
            "InitialCategoryOfAbuse": "cppl_cp_plan_initial_category",
            "LatestCategoryOfAbuse": "cppl_cp_plan_latest_category",
            "NumberOfPreviousCPP": "kith_previous_plans",
        },
        key="CPPstartDate",
        since="CPPstartDate",
        until="CPPendDate",
    ),
    Mapped(
        table="Reviews",
        facts="ssd_cp_reviews",
        id="cppr_cp_review_id",
        person="cppr_person_id",
        parent_id="cppr_cp_plan_id",
        columns={"CPPreviewDate": "cppr_cp_review_date"},
        key="CPPreviewDate",
        parent="ChildProtectionPlans",
        since="CPPreviewDate",
    ),
    Mapped(
        table="PreProceedings",
        facts="ssd_pre_proceedings",
        id="prep_table_id",
        person="prep_person_id",
        parent_id="kith_referral_id",
        columns={
            "PPStartDate": "prep_pre_pro_decision_date",
            "LBPSentDate": "prep_pre_pro_letter_date",
            "FGDMMeetingOffer": "kith_fgdm_offered",
            "FGDMMeetingFac": "kith_fgdm_held",
            "InitialPPMeetingDate": "prep_initial_pre_pro_meeting_date",
            "ReviewMeetingsCount": "prep_pre_pro_meetings_num",
            "StepDecisionDate": "prep_agree_stepdown_issue_date",
            "PPOutcome": "prep_pre_pro_outcome",
            "CourtAppDate": "kith_court_application_date",
            "LetterInitCPDate": "prep_care_pro_letter_date",
        },
        key="PPStartDate",
        since="PPStartDate",
        until="StepDecisionDate",
    ),
)
MAPPED = (REFERRALS, *MODULES)


def format_of_table(table: str) -> dict[str, type[pl.DataType]]:
    """Polars types of a census table, its running numbers among them."""
    own = format_of(tables_cin()[table])
    return {name: own.get(name, pl.String) for name in columns_of(table)}


def touches(mapped: Mapped, year: int) -> pl.Expr:
    """True for rows that were so at some time in `year`; a date that is not told rules nothing out."""
    rules = [pl.lit(True)]
    if mapped.since:
        rules.append(pl.col(mapped.since).is_null() | (pl.col(mapped.since) <= last_day(year)))
    if mapped.table == "Section47":
        ended = pl.coalesce("DateOfInitialCPC", "S47ActualStartDate")
        rules.append(ended.is_null() | (ended >= first_day(year)))
    if mapped.until:
        rules.append(pl.col(mapped.until).is_null() | (pl.col(mapped.until) >= first_day(year)))
    return reduce(pl.Expr.and_, rules)
