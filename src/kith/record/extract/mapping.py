"""Which column of the dataset is which field of the record: one table, read both ways.

The importer reads it from left to right, the extract from right to left, so that they cannot disagree.
A row of `FACTS` is one kind of fact; what makes two versions the same fact is its `key`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from django.db.models import QuerySet

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.care import models as care
from kith.record.courts.models import PreProceedings
from kith.record.facts import Fact
from kith.record.frontdoor.models import Contact, Referral
from kith.record.leaving.models import CareLeaverYear
from kith.record.people.models import (
    Address,
    Allocation,
    Disability,
    Identifier,
    PersonDetails,
    PersonName,
    Relationship,
)
from kith.record.protection.models import InitialConference, PlanReview, ProtectionPlan, Section47Enquiry


@dataclass(frozen=True)
class Link:
    """A column that names another fact by its id there, and by its thread here."""

    column: str
    field: str
    table: str


@dataclass(frozen=True, eq=False)
class FactTable:
    """One kind of fact: a dataset table's columns and a model's fields.

    `key`: fields that make two versions the same fact (none: a person has one). `ends`: fields that are
    filled when what was open ends. `needs`: fields without which there is no fact. `only`: fixed values
    of fields, written and looked for. `constant`: fixed values of columns. `among`: values of a field
    that belong here, where the model's other rows do not. `others`: columns that name another person.
    `apart`: how to tell rows of the model that are no such fact.
    """

    table: str
    model: type[Fact]
    person: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    id: str | None = None
    links: tuple[Link, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    constant: Mapping[str, Any] = field(default_factory=dict)
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the record calls it, such as `care.placement`."""
        return self.model._meta.label_lower

    @property
    def where(self) -> dict[str, Any]:
        """What to look for in the model to find facts of this kind."""
        return {**self.only, **{f"{name}__in": values for name, values in self.among.items()}}

    def of(self, facts: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those of the model's rows that are facts of this kind."""
        found = facts.filter(**self.where)
        return found.exclude(**self.apart) if self.apart else found

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The model's fields that carry the fact, links last; as columns of the database name them."""
        return (*self.columns.values(), *self.others.values(), *(link.field for link in self.links))


PERSON = "pers_person_id"
REFERRAL = "ssd_cin_episodes"

FACTS: tuple[FactTable, ...] = (
    FactTable(
        "ssd_person",
        PersonDetails,
        PERSON,
        {
            "pers_sex": "sex",
            "pers_gender": "gender",
            "pers_ethnicity": "ethnicity",
            "pers_dob": "date_of_birth",
            "pers_expected_dob": "expected_date_of_birth",
            "pers_death_date": "date_of_death",
        },
        ends=("date_of_birth", "date_of_death"),
    ),
    FactTable(
        "ssd_person",
        PersonName,
        PERSON,
        {"pers_forename": "given_names", "pers_surname": "family_name"},
        only={"kind": "legal"},
    ),
    FactTable(
        "ssd_person",
        Identifier,
        PERSON,
        {"pers_legacy_id": "value"},
        key=("value",),
        needs=("value",),
        only={"kind": "child_id"},
    ),
    FactTable(
        "ssd_person",
        Identifier,
        PERSON,
        {"pers_upn": "value"},
        needs=("value",),
        only={"kind": "upn"},
    ),
    FactTable(
        "ssd_person",
        Identifier,
        PERSON,
        {"pers_upn_unknown": "value"},
        needs=("value",),
        only={"kind": "upn_unknown"},
    ),
    FactTable(
        "ssd_person",
        Identifier,
        PERSON,
        {"pers_common_child_id": "value"},
        needs=("value",),
        only={"kind": "nhs"},
    ),
    FactTable(
        "ssd_person",
        Identifier,
        PERSON,
        {"pers_single_unique_id": "value"},
        needs=("value",),
        only={"kind": "common_child_id"},
    ),
    FactTable(
        "ssd_linked_identifiers",
        Identifier,
        "link_person_id",
        {
            "link_identifier_type": "kind",
            "link_identifier_value": "value",
            "link_valid_from_date": "started_on",
            "link_valid_to_date": "ended_on",
        },
        id="link_table_id",
        key=("kind", "value"),
        ends=("ended_on",),
        needs=("kind", "value"),
        among={"kind": ("former_upn", "home_office")},
    ),
    FactTable(
        "ssd_disability",
        Disability,
        "disa_person_id",
        {"disa_disability_code": "code"},
        id="disa_table_id",
        key=("code",),
        needs=("code",),
    ),
    FactTable(
        "ssd_address",
        Address,
        "addr_person_id",
        {
            "addr_address_type": "kind",
            "addr_address_json": "lines",
            "addr_address_postcode": "postcode",
            "addr_address_start_date": "started_on",
            "addr_address_end_date": "ended_on",
        },
        id="addr_table_id",
        key=("kind", "started_on"),
        ends=("ended_on",),
    ),
    FactTable(
        "kith_names",
        PersonName,
        "kith_person_id",
        {
            "kith_kind": "kind",
            "kith_forename": "given_names",
            "kith_surname": "family_name",
            "kith_start_date": "started_on",
            "kith_end_date": "ended_on",
        },
        id="kith_name_id",
        key=("kind", "given_names", "family_name"),
        ends=("ended_on",),
        among={"kind": ("known_as", "previous")},
    ),
    FactTable(
        "kith_relationships",
        Relationship,
        "kith_person_id",
        {
            "kith_kind": "kind",
            "kith_start_date": "started_on",
            "kith_end_date": "ended_on",
            "kith_parental_responsibility": "has_parental_responsibility",
        },
        others={"kith_other_person_id": "other_id"},
        id="kith_relationship_id",
        key=("other_id", "kind", "started_on"),
        ends=("ended_on",),
        needs=("other_id", "kind"),
    ),
    FactTable(
        "kith_periods_of_care",
        care.PeriodOfCare,
        "kith_person_id",
        {
            "kith_start_date": "started_on",
            "kith_start_known": "is_start_known",
            "kith_first_reason": "first_reason",
            "kith_end_date": "ended_on",
            "kith_end_reason": "end_reason",
            "kith_need_code": "need",
            "kith_home_postcode": "home_postcode",
        },
        id="kith_period_id",
        key=("started_on",),
        ends=("ended_on", "end_reason"),
        needs=("started_on",),
    ),
    FactTable(
        "ssd_legal_status",
        care.LegalStatus,
        "lega_person_id",
        {
            "lega_legal_status": "code",
            "lega_legal_status_start_date": "started_on",
            "lega_legal_status_end_date": "ended_on",
        },
        id="lega_legal_status_id",
        links=(Link("kith_period_id", "period_thread", "kith_periods_of_care"),),
        key=("started_on",),
        ends=("ended_on",),
        needs=("started_on", "period_thread"),
    ),
    FactTable(
        "ssd_cla_placement",
        care.Placement,
        "clap_person_id",
        {
            "clap_cla_placement_type": "placement_type",
            "clap_cla_placement_provider": "provider",
            "clap_cla_placement_urn": "urn",
            "clap_cla_placement_postcode": "postcode",
            "kith_carer": "carer",
            "kith_home_postcode": "home_postcode",
            "clap_cla_placement_start_date": "started_on",
            "clap_cla_placement_end_date": "ended_on",
            "clap_cla_placement_change_reason": "change_reason",
        },
        id="clap_cla_placement_id",
        links=(Link("clap_cla_id", "period_thread", "kith_periods_of_care"),),
        key=("started_on",),
        ends=("ended_on", "change_reason"),
        needs=("started_on", "period_thread"),
    ),
    FactTable(
        "ssd_cla_reviews",
        care.CareReview,
        "kith_person_id",
        {"clar_cla_review_date": "held_on", "clar_cla_review_participation": "participation"},
        id="clar_cla_review_id",
        key=("held_on",),
        needs=("held_on",),
    ),
    FactTable(
        "ssd_missing",
        care.MissingEpisode,
        "miss_person_id",
        {
            "miss_missing_episode_type": "kind",
            "miss_missing_episode_start_date": "started_on",
            "miss_missing_episode_end_date": "ended_on",
        },
        id="miss_table_id",
        key=("started_on",),
        ends=("ended_on",),
        needs=("started_on",),
    ),
    FactTable(
        "ssd_cla_previous_permanence",
        care.PreviousPermanence,
        "lapp_person_id",
        {
            "lapp_previous_permanence_option": "option",
            "lapp_previous_permanence_la": "authority",
            "lapp_previous_permanence_order_date": "ordered_on",
        },
        id="lapp_table_id",
    ),
    FactTable(
        "ssd_immigration_status",
        care.UnaccompaniedStatus,
        "immi_person_id",
        {"immi_immigration_status_end_date": "ended_on"},
        id="immi_immigration_status_id",
        constant={"immi_immigration_status": "UASC"},
        ends=("ended_on",),
    ),
    FactTable(
        "ssd_involvements",
        Allocation,
        "invo_person_id",
        {
            "invo_professional_id": "worker_reference",
            "invo_professional_role_id": "role",
            "invo_involvement_start_date": "started_on",
            "invo_involvement_end_date": "ended_on",
            "invo_worker_change_reason": "change_reason",
        },
        id="invo_involvements_id",
        key=("worker_reference", "started_on"),
        ends=("ended_on", "change_reason"),
        needs=("started_on",),
        apart={"worker_id": None, "team_id__isnull": False},
    ),
    FactTable(
        "kith_health_years",
        care.HealthYear,
        "kith_person_id",
        {
            "kith_year": "year",
            "kith_sdq_score": "sdq_score",
            "kith_sdq_reason": "sdq_reason",
            "kith_is_convicted": "is_convicted",
            "kith_is_health_check_up_to_date": "is_health_check_up_to_date",
            "kith_are_immunisations_up_to_date": "are_immunisations_up_to_date",
            "kith_are_teeth_checked": "are_teeth_checked",
            "kith_is_health_assessed": "is_health_assessed",
            "kith_is_misusing_substances": "is_misusing_substances",
            "kith_is_intervention_received": "is_intervention_received",
            "kith_is_intervention_offered": "is_intervention_offered",
        },
        id="kith_health_year_id",
        key=("year",),
        needs=("year",),
    ),
    FactTable(
        "kith_liberty_orders",
        care.LibertyOrder,
        "kith_person_id",
        {"kith_start_date": "started_on", "kith_end_date": "ended_on"},
        id="kith_liberty_order_id",
        key=("started_on",),
        ends=("ended_on",),
        needs=("started_on",),
    ),
    FactTable(
        "kith_motherhood",
        care.Motherhood,
        "kith_person_id",
        {"kith_year": "year", "kith_is_mother": "is_mother", "kith_child_birth_date": "child_born_on"},
        id="kith_motherhood_id",
        key=("year",),
        needs=("year",),
    ),
    FactTable(
        "kith_adoption_decisions",
        care.AdoptionDecision,
        "kith_person_id",
        {
            "kith_decision_date": "decided_on",
            "kith_reversal_date": "reversed_on",
            "kith_reversal_reason": "reversal_reason",
        },
        id="kith_adoption_decision_id",
        key=("decided_on",),
        ends=("reversed_on", "reversal_reason"),
        needs=("decided_on",),
    ),
    FactTable(
        "kith_adoptions",
        care.Adoption,
        "kith_person_id",
        {
            "kith_year": "year",
            "kith_decision_date": "decided_on",
            "kith_match_date": "matched_on",
            "kith_by_foster_carer": "is_by_foster_carer",
            "kith_adopters": "adopters",
            "kith_adopters_sex": "adopters_sex",
            "kith_adopters_legal_status": "adopters_legal_status",
        },
        id="kith_adoption_id",
        key=("year",),
    ),
    FactTable(
        "kith_care_leaver_years",
        CareLeaverYear,
        "kith_person_id",
        {
            "kith_year": "year",
            "kith_in_touch": "in_touch",
            "kith_activity": "activity",
            "kith_accommodation": "accommodation",
        },
        id="kith_care_leaver_year_id",
        key=("year",),
        needs=("year",),
    ),
    FactTable(
        "ssd_contacts",
        Contact,
        "cont_person_id",
        {
            "cont_contact_date": "received_on",
            "cont_contact_source_code": "source",
            "cont_contact_outcome_json": "outcome",
        },
        id="cont_contact_id",
        key=("received_on", "source"),
        ends=("outcome",),
        needs=("received_on",),
    ),
    FactTable(
        "ssd_cin_episodes",
        Referral,
        "cine_person_id",
        {
            "cine_referral_date": "received_on",
            "cine_referral_source_code": "source",
            "cine_cin_primary_need_code": "primary_need",
            "cine_referral_nfa": "is_no_further_action",
            "cine_close_date": "closed_on",
            "cine_close_reason": "closure_reason",
        },
        id="cine_referral_id",
        key=("received_on",),
        ends=("closed_on", "closure_reason"),
        needs=("received_on",),
    ),
    FactTable(
        "ssd_cin_assessments",
        Assessment,
        "cina_person_id",
        {
            "cina_assessment_start_date": "started_on",
            "kith_review_date": "reviewed_on",
            "cina_assessment_auth_date": "authorised_on",
            "cinf_assessment_factors_json": "factors",
        },
        id="cina_assessment_id",
        links=(Link("cina_referral_id", "referral_thread", REFERRAL),),
        key=("started_on",),
        ends=("reviewed_on", "authorised_on", "factors"),
        needs=("started_on",),
    ),
    FactTable(
        "ssd_cin_plans",
        ChildInNeedPlan,
        "cinp_person_id",
        {"cinp_cin_plan_start_date": "started_on", "cinp_cin_plan_end_date": "ended_on"},
        id="cinp_cin_plan_id",
        links=(Link("cinp_referral_id", "referral_thread", REFERRAL),),
        key=("started_on",),
        ends=("ended_on",),
        needs=("started_on",),
    ),
    FactTable(
        "ssd_s47_enquiry",
        Section47Enquiry,
        "s47e_person_id",
        {
            "s47e_s47_start_date": "started_on",
            "kith_conference_target": "conference_target_on",
            "kith_conference_not_required": "is_conference_not_required",
            "s47e_s47_end_date": "ended_on",
            "s47e_s47_outcome_json": "outcome",
        },
        id="s47e_s47_enquiry_id",
        links=(Link("s47e_referral_id", "referral_thread", REFERRAL),),
        key=("started_on",),
        ends=("conference_target_on", "is_conference_not_required", "ended_on", "outcome"),
        needs=("started_on",),
    ),
    FactTable(
        "ssd_initial_cp_conference",
        InitialConference,
        "icpc_person_id",
        {"icpc_icpc_date": "held_on", "icpc_icpc_outcome_cp_flag": "is_plan_made"},
        id="icpc_icpc_id",
        links=(
            Link("icpc_referral_id", "referral_thread", REFERRAL),
            Link("icpc_s47_enquiry_id", "enquiry_thread", "ssd_s47_enquiry"),
        ),
        key=("held_on",),
        needs=("held_on",),
    ),
    FactTable(
        "ssd_cp_plans",
        ProtectionPlan,
        "cppl_person_id",
        {
            "cppl_cp_plan_start_date": "started_on",
            "cppl_cp_plan_end_date": "ended_on",
            "cppl_cp_plan_initial_category": "initial_category",
            "cppl_cp_plan_latest_category": "latest_category",
            "kith_previous_plans": "previous_plans",
        },
        id="cppl_cp_plan_id",
        links=(Link("cppl_referral_id", "referral_thread", REFERRAL),),
        key=("started_on",),
        ends=("ended_on",),
        needs=("started_on",),
    ),
    FactTable(
        "ssd_cp_reviews",
        PlanReview,
        "cppr_person_id",
        {"cppr_cp_review_date": "held_on"},
        id="cppr_cp_review_id",
        links=(Link("cppr_cp_plan_id", "plan_thread", "ssd_cp_plans"),),
        key=("held_on",),
        needs=("held_on", "plan_thread"),
    ),
    FactTable(
        "ssd_pre_proceedings",
        PreProceedings,
        "prep_person_id",
        {
            "prep_pre_pro_decision_date": "started_on",
            "prep_pre_pro_letter_date": "letter_before_proceedings_on",
            "kith_fgdm_offered": "is_family_group_meeting_offered",
            "kith_fgdm_held": "is_family_group_meeting_held",
            "prep_initial_pre_pro_meeting_date": "first_meeting_on",
            "prep_pre_pro_meetings_num": "review_meetings",
            "prep_agree_stepdown_issue_date": "decided_on",
            "prep_pre_pro_outcome": "outcome",
            "kith_court_application_date": "court_application_on",
            "prep_care_pro_letter_date": "letter_to_start_on",
        },
        id="prep_table_id",
        links=(Link("kith_referral_id", "referral_thread", REFERRAL),),
        key=("started_on",),
        ends=("decided_on", "outcome", "court_application_on", "letter_to_start_on"),
    ),
)

# Columns of JSON that are plain text here, with the name the text goes by inside ("": a list of one).
TEXT_IN_JSON: Mapping[str, str] = {
    "addr_address_json": "lines",
    "cont_contact_outcome_json": "",
    "s47e_s47_outcome_json": "",
}
SOURCES = "kith_source_rows"
IDENTIFIERS: Mapping[str, str] = {  # code list `linked_identifier_type` -> Identifier.Kind
    "Former Unique Pupil Number": "former_upn",
    "Home Office Registration": "home_office",
}


@cache
def not_held() -> Mapping[tuple[str, str], str]:
    """Columns of mapped tables that are no field of the record, with why (data/not_held.csv)."""
    text = resources.files("kith.record.extract").joinpath("data/not_held.csv").read_text(encoding="utf-8")
    return {(row["table"], row["column"]): row["why"] for row in csv.DictReader(text.splitlines())}
