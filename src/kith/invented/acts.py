"""Every act of the diary and its facts: the contract between the diary and its two players.

The name of an act is the name of the record's service, and the keys of its facts are that service's
keyword arguments; the person and the day (`Act.person`, `Act.on`) are not repeated in the facts.

References. Where a later act has to say *which* referral, assessment, enquiry, plan or relative it
means, the earlier act carries a `reference` (text, unique in the whole diary) and the later one
names it (`referral=`, `assessment=`, `enquiry=`, `plan=`, `other=`). In care no reference is needed:
a child has one open period of care, one legal status and one placement at a time, so
`change_legal_status` and `place_child` end the one before on the same day.

Codes are those of `kith.standards` code lists; `None` means that nothing was said.
"""

from datetime import date
from typing import Any, TypedDict, get_type_hints

from kith.invented.diary import Act
from kith.invented.rooms import every_room


class RegisterPerson(TypedDict):
    """A person becomes known. `Act.person` is the child's id at the authority, or a relative's key.

    An unborn child has no `date_of_birth`, an expected one, and the sex U.
    """

    is_child: bool  # False: a relative, who has no child id and is in no return
    given_names: str
    family_name: str
    sex: str  # code list `sex`: M, F, U
    ethnicity: str
    date_of_birth: date | None
    expected_date_of_birth: date | None
    first_language: str
    disabilities: list[str]  # code list `disability`; empty for relatives
    upn: str | None  # unique pupil number
    upn_unknown: str | None  # code list `upn_unknown`, where there is no number
    former_upn: str | None


class RecordBirth(TypedDict):
    """An unborn child is born on `Act.on`: the expected date no longer counts."""

    date_of_birth: date
    sex: str
    given_names: str
    family_name: str


class RecordDeath(TypedDict):
    """The person died."""

    date_of_death: date


class ChangeName(TypedDict):
    """The person has a new legal name from `Act.on`; the name before is kept as a previous name."""

    given_names: str
    family_name: str


class RecordIdentifier(TypedDict):
    """An id given by someone outside; kinds as `people.Identifier.Kind`, here `upn`.

    A unique pupil number ends the reason why there was none.
    """

    kind: str
    value: str


class Relate(TypedDict):
    """`other` is `kind` to the person: other is the mother, the half sibling, the grandparent of them."""

    other: str  # the key of the other person, registered before
    kind: str  # code list `family_relationships`
    has_parental_responsibility: bool | None
    started_on: date | None


class EndRelationship(TypedDict):
    """`other` stops being `kind` to the person on `Act.on` (a partner leaves)."""

    other: str
    kind: str


class LiveAt(TypedDict):
    """The person lives here from `Act.on`.

    A `home` address ends the `home` before. A child between two homes has a `second_home` besides.
    """

    kind: str  # home | second_home
    lines: str
    postcode: str
    is_confidential: bool


class ReceiveContact(TypedDict):
    """A message about a child."""

    reference: str
    source: str  # code list `referral_source`
    outcome: str  # code list `contact_outcome`


class ReceiveReferral(TypedDict):
    """A contact that social care responds to: an episode of need begins."""

    reference: str
    contact: str | None  # reference of the contact that became this referral
    source: str
    primary_need: str | None  # code list `need_codes`; None only with no further action
    is_no_further_action: bool


class CloseReferral(TypedDict):
    """The episode of need ends."""

    referral: str
    reason: str  # code list `cin_closure_reason`


class StartAssessment(TypedDict):
    """A child and family assessment begins; 45 working days at most (clock AS)."""

    reference: str
    referral: str


class AuthoriseAssessment(TypedDict):
    """A manager signs the assessment off, and its factors are recorded."""

    assessment: str
    factors: list[str]  # code list `assessment_factors`, in the list's order, none twice
    reviewed_on: date | None
    is_no_further_action: bool  # social care stops with it


class StartSection47(TypedDict):
    """A strategy discussion on `Act.on` begins an enquiry into significant harm."""

    reference: str
    referral: str
    is_joint: bool  # with the police; False: social care alone
    conference_target_on: date  # 15 working days after the strategy discussion


class ConcludeSection47(TypedDict):
    """The enquiry ends with no conference, or with one to be held."""

    enquiry: str
    is_conference_required: bool
    outcome: str  # code list `s47_outcome`


class HoldInitialConference(TypedDict):
    """An initial child protection conference; `enquiry` is None for a transfer in."""

    reference: str
    referral: str
    enquiry: str | None
    is_plan_made: bool


class StartProtectionPlan(TypedDict):
    """A protection plan begins on the day of its conference."""

    reference: str
    referral: str
    conference: str
    category: str  # code list `category_of_abuse`
    previous_plans: int  # ever, in any authority


class HoldPlanReview(TypedDict):
    """A review conference; `category` is the plan's category from then on."""

    plan: str
    category: str


class EndProtectionPlan(TypedDict):
    """The plan ends."""

    plan: str


class StartChildInNeedPlan(TypedDict):
    """A child-in-need plan (section 17) begins."""

    reference: str
    referral: str


class EndChildInNeedPlan(TypedDict):
    """The plan ends."""

    plan: str


class RecordPreProceedings(TypedDict):
    """Pre-proceedings, written down when they end (CIN census from 2026-27)."""

    reference: str
    referral: str
    started_on: date
    letter_before_proceedings_on: date | None
    is_family_group_meeting_offered: bool | None
    is_family_group_meeting_held: bool | None
    first_meeting_on: date | None
    review_meetings: int | None
    decided_on: date | None
    outcome: str  # code list `pre_proceedings_outcome`
    court_application_on: date | None
    letter_to_start_on: date | None


class StartCare(TypedDict):
    """The child becomes looked after: the first legal status and the first placement come with it."""

    reference: str
    need: str  # code list `need_codes`
    home_postcode: str | None  # None: unaccompanied, or short breaks
    legal_status: str  # code list `legal_status`
    placement_type: str  # code list `placement_type`
    provider: str | None  # code list `placement_provider`
    urn: str | None
    postcode: str | None
    carer: str  # the same text for the same carer or setting


class ChangeLegalStatus(TypedDict):
    """A new legal status from `Act.on`."""

    legal_status: str


class PlaceChild(TypedDict):
    """A new placement from `Act.on`, temporary ones (T0 to T4) and the return from them included.

    `change_reason` is why the placement before ended, as the return asks it: on the row that ends.
    """

    placement_type: str
    provider: str | None
    urn: str | None
    postcode: str | None
    carer: str
    change_reason: str | None  # code list `reason_placement_change`; None to and from a temporary one


class EndCare(TypedDict):
    """The child stops being looked after."""

    reason: str  # code list `reason_episode_ceased`, never X1


class HoldCareReview(TypedDict):
    """A review of a looked-after child's care."""

    participation: str  # code list `review_participation`


class GoMissing(TypedDict):
    """The child is missing, or away without permission."""

    kind: str  # code list `missing_type`


class ReturnFromMissing(TypedDict):
    """The child is back, or the placement they were missing from has ended."""


class RecordHealthYear(TypedDict):
    """Health and wellbeing over the year to 31 March of `year`, recorded on that day."""

    year: int
    sdq_score: int | None
    sdq_reason: str | None
    is_convicted: bool | None
    is_health_check_up_to_date: bool | None
    are_immunisations_up_to_date: bool | None
    are_teeth_checked: bool | None
    is_health_assessed: bool | None
    is_misusing_substances: bool | None
    is_intervention_received: bool | None
    is_intervention_offered: bool | None


class RecordMotherhood(TypedDict):
    """Whether a looked-after girl or young woman is a mother, as it stood in the return of `year`."""

    year: int
    is_mother: bool
    child_born_on: date | None


class DecideAdoption(TypedDict):
    """The agency decides that the child should be placed for adoption."""


class ReverseAdoptionDecision(TypedDict):
    """The agency decides that the child should no longer be placed for adoption."""

    reason: str  # code list `adoption_reason_no_longer_placed`


class RecordAdoption(TypedDict):
    """The adoption order is made; `end_care` follows on the same day."""

    decided_on: date
    matched_on: date
    is_by_foster_carer: bool
    adopters: int
    adopters_sex: str
    adopters_legal_status: str


class RecordPreviousPermanence(TypedDict):
    """A permanent home the child had before care; Z1 where there was none."""

    option: str  # code list `previous_permanence`
    authority: str | None
    ordered_on: str | None  # dd/mm/yyyy, with zz where a part is not known


class RecordUnaccompanied(TypedDict):
    """The child seeks asylum without family; `ended_on` is when the status ended or will end."""

    ended_on: date


class RecordLibertyOrder(TypedDict):
    """A court allows the child to be deprived of their liberty from `Act.on`."""

    reference: str


class EndLibertyOrder(TypedDict):
    """The order ends."""

    order: str


class AllocateWorker(TypedDict):
    """A worker takes the child on, and the allocation before in the same role ends that day."""

    worker: str  # `Worker.key`
    registration: str  # Social Work England number, begins SW
    team: str  # `Team.name`
    role: str  # code list `working_relationship_roles`
    change_reason: str  # code list `social_worker_change_reason`: why this worker began


class EndAllocation(TypedDict):
    """The allocation in this role ends, and nobody takes over."""

    role: str


class RecordCareLeaverYear(TypedDict):
    """A care leaver around the birthday that fell in the year to 31 March of `year`."""

    year: int
    in_touch: str
    activity: str
    accommodation: str


ACTS: dict[str, type] = {
    "register_person": RegisterPerson,
    "record_birth": RecordBirth,
    "record_death": RecordDeath,
    "change_name": ChangeName,
    "record_identifier": RecordIdentifier,
    "relate": Relate,
    "end_relationship": EndRelationship,
    "live_at": LiveAt,
    "receive_contact": ReceiveContact,
    "receive_referral": ReceiveReferral,
    "close_referral": CloseReferral,
    "start_assessment": StartAssessment,
    "authorise_assessment": AuthoriseAssessment,
    "start_section_47": StartSection47,
    "conclude_section_47": ConcludeSection47,
    "hold_initial_conference": HoldInitialConference,
    "start_protection_plan": StartProtectionPlan,
    "hold_plan_review": HoldPlanReview,
    "end_protection_plan": EndProtectionPlan,
    "start_child_in_need_plan": StartChildInNeedPlan,
    "end_child_in_need_plan": EndChildInNeedPlan,
    "record_pre_proceedings": RecordPreProceedings,
    "start_care": StartCare,
    "change_legal_status": ChangeLegalStatus,
    "place_child": PlaceChild,
    "end_care": EndCare,
    "hold_care_review": HoldCareReview,
    "go_missing": GoMissing,
    "return_from_missing": ReturnFromMissing,
    "record_health_year": RecordHealthYear,
    "record_motherhood": RecordMotherhood,
    "decide_adoption": DecideAdoption,
    "reverse_adoption_decision": ReverseAdoptionDecision,
    "record_adoption": RecordAdoption,
    "record_previous_permanence": RecordPreviousPermanence,
    "record_unaccompanied": RecordUnaccompanied,
    "record_liberty_order": RecordLibertyOrder,
    "end_liberty_order": EndLibertyOrder,
    "allocate_worker": AllocateWorker,
    "end_allocation": EndAllocation,
    "record_care_leaver_year": RecordCareLeaverYear,
    **{name: facts for room in every_room() for name, facts in room.acts.items()},
}

FACTS_OF: dict[str, frozenset[str]] = {name: frozenset(get_type_hints(facts)) for name, facts in ACTS.items()}


class NotAnAct(ValueError):
    """An act has no such name, or not the facts that its name asks for."""


def check(act: Act) -> Act:
    """The act itself, when its name and the keys of its facts are in the table; raises NotAnAct."""
    expected = FACTS_OF.get(act.act)
    if expected is None:
        raise NotAnAct(f"There is no act called {act.act!r}. See kith.invented.acts.ACTS.")
    given: set[Any] = set(act.facts)
    if given != expected:
        raise NotAnAct(
            f"{act.act} for {act.person} on {act.on}: lacks {sorted(expected - given)}, "
            f"has {sorted(given - expected)} besides. Give exactly the facts in kith.invented.acts."
        )
    return act
