"""When an enquiry may begin and end, a conference be arranged and held, a plan begin, be reviewed, end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from kith.record.chronology.policies import WrongDate, check_code, check_not_before
from kith.record.facts import is_in_force
from kith.record.people.models import Allocation, Person, User
from kith.record.people.queries import allocations_of, memberships_of
from kith.record.protection.models import (
    Conference,
    ConferenceOf,
    EmergencyStep,
    EnquiryFinding,
    InitialConference,
    Invited,
    LegalPlanningLook,
    ProtectionPlan,
    Section47Enquiry,
    TransferIn,
)
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid, check_said
from kith.standards.clocks import clock
from kith.standards.dates import day_in_words
from kith.standards.working_days import LONDON, legal_day

SOCIAL_CARE, POLICE = "la_csc", "police"
HEALTH = frozenset(
    {"icb", "nhs_provider", "gp", "health_visiting", "camhs", "midwifery", "adult_mental_health"}
)
GOES_ON = frozenset({EnquiryFinding.Finding.CONTINUING, EnquiryFinding.Finding.TO_COURT})
CHAIRS = frozenset({"cp_chair", "iro"})  # roles in which somebody knows a child and stays independent
SATURDAY = 5
FURTHEST_PLANNED = timedelta(days=366)  # a review is due within months: beyond a year is a slip of the finger
MOST_PLANS = 20
WORKING_DAYS_A_WEEK = 5
LONGEST_BETWEEN_VISITS = clock("CP-08b").amount * WORKING_DAYS_A_WEEK  # its limit is in weeks


class AlreadyOpen(NotPossible):
    """The child has such an enquiry or plan open already."""


class NotOpen(NotPossible):
    """The enquiry is concluded, or the plan has ended."""


class NoConference(NotPossible):
    """A protection plan begins at a conference, and none was held that day."""


class NotIndependent(NotPossible):
    """The chair works with a child of the conference, or manages somebody who does."""


def check_no_enquiry(opened: Iterable[Section47Enquiry]) -> None:
    """Raise AlreadyOpen where an enquiry about a child is going on."""
    for enquiry in opened:
        raise AlreadyOpen(
            f"A section 47 enquiry about this child began on {day_in_words(enquiry.started_on)} and is open.",
            "Add what is new to that enquiry, or conclude it first.",
        )


def check_after_conference(held: Iterable[InitialConference], on: date) -> None:
    """Raise AlreadyOpen unless an enquiry begins after the day of the conference that ended the one before.

    `held` are conferences under the same referral. Source: CIN census rule 8890.
    """
    for conference in held:
        if conference.held_on >= on:
            raise AlreadyOpen(
                f"A conference on {day_in_words(conference.held_on)} ended an enquiry about this child, "
                "so a new one cannot begin on that day or before.",
                "Tell the chair what is new, or begin the enquiry on the day after.",
            )


def check_concluding(enquiry: Section47Enquiry, on: date, outcome: str) -> None:
    """Raise NotOpen, WrongDate or WrongCode unless an open enquiry may end on that day."""
    if enquiry.ended_on is not None:
        raise NotOpen(
            f"This enquiry was concluded on {day_in_words(enquiry.ended_on)}.",
            "To change how it ended, correct the conclusion.",
        )
    check_not_before(on, enquiry.started_on, "the start of the enquiry")
    if outcome:
        check_code("s47_outcome", outcome, on, "an outcome of an enquiry")


def check_no_plan(plans: Iterable[ProtectionPlan]) -> None:
    """Raise AlreadyOpen where a child has a protection plan already."""
    for plan in plans:
        raise AlreadyOpen(
            f"This child has a protection plan already, since {day_in_words(plan.started_on)}.",
            "Change that plan at its review, or end it first.",
        )


def check_conference(conference: InitialConference | None, on: date) -> None:
    """Raise NoConference unless a conference held on that day decided, or may have, that there be a plan."""
    if conference is None:
        raise NoConference(
            f"A protection plan begins at its conference, and none is recorded on {day_in_words(on)}.",
            "Record the conference first, or change the day.",
        )
    if conference.is_plan_made is False:
        raise NoConference(
            f"The conference on {day_in_words(on)} decided that no protection plan is needed.",
            "If that is wrong, correct the conference first.",
        )


def check_conferring(enquiries: Mapping[int, Section47Enquiry], on: date) -> None:
    """Raise WrongDate where a conference would be before the enquiry that led to it."""
    for enquiry in enquiries.values():
        check_not_before(on, enquiry.started_on, "the start of the enquiry")


def check_not_at_a_weekend(on: date) -> None:
    """Raise WrongDate for a Saturday or a Sunday. Source: CIN census rule 8875."""
    if on.weekday() >= SATURDAY:
        raise WrongDate(
            f"{day_in_words(on)} is a {on:%A}, and the census takes no conference held at a weekend.",
            "Choose a day from Monday to Friday.",
        )


def check_planned_for(at: datetime, now: datetime) -> None:
    """Raise WrongDate unless a conference may be planned then: a weekday in the year to come."""
    if at <= now:
        raise WrongDate(
            f"{day_in_words(legal_day(at))} at {at.astimezone(LONDON):%H:%M} has gone by.",
            "Choose a day and time that is still to come.",
        )
    if at > now + FURTHEST_PLANNED:
        raise WrongDate(f"{day_in_words(legal_day(at))} is more than a year away.", "Check the year.")
    check_not_at_a_weekend(legal_day(at))


def check_planned(conference: Conference) -> None:
    """Raise NotOpen unless the conference is still to come."""
    if conference.state != Conference.State.PLANNED:
        raise NotOpen(
            f"This conference was {conference.get_state_display().lower()} already.",
            "Look at what was decided, or arrange another one.",
        )


def check_none_planned(conferences: Iterable[Conference]) -> None:
    """Raise AlreadyOpen where such a conference about one of the children is planned already."""
    for one in conferences:
        raise AlreadyOpen(
            f"A conference is planned for {day_in_words(legal_day(one.planned_for))} already.",
            "Move that one, or call it off first.",
        )


def check_independent(chair: User, children: Sequence[Person], on: date) -> None:
    """Raise NotIndependent where the chair works with a child, or is in the team or line of who does."""
    member = {one.team_id: one.is_manager for one in memberships_of(chair, on=on)}
    for held in allocations_of(child.pk for child in children):
        if not is_in_force(held, on) or held.role in CHAIRS:
            continue
        if held.worker_id == chair.pk or held.team_id in member or _manages(member, held, on):
            raise NotIndependent(
                f"{chair} works with a child of this conference, or with the team that does, "
                "so they cannot chair it.",
                "Ask a chair of another team.",
            )


def _manages(member: Mapping[int, bool], held: Allocation, on: date) -> bool:
    """Whether somebody with these memberships manages the worker of an allocation."""
    managed = {team for team, is_manager in member.items() if is_manager}
    theirs = {one.team_id for one in memberships_of(held.worker, on=on)} if held.worker and managed else set()
    return bool(managed & theirs)


def check_plan_open(plan: ProtectionPlan, on: date, what: str) -> None:
    """Raise NotOpen or WrongDate unless the plan is in force on that day; `what` is being done to it."""
    if plan.ended_on is not None:
        raise NotOpen(
            f"This protection plan ended on {day_in_words(plan.ended_on)}, so {what} cannot be entered.",
            "Check which plan it is for; to change the ending, correct it.",
        )
    check_not_before(on, plan.started_on, "the start of the plan")


def check_after_first_day(plan: ProtectionPlan, on: date, what: str) -> None:
    """Raise WrongDate on the plan's first day, when it is neither reviewed nor ended.

    Source: CIN census rules 8841 (a review), 8840 (an end).
    """
    if on == plan.started_on:
        raise WrongDate(
            f"{day_in_words(on)} is the day this plan began, and {what} comes on a later day.",
            "Check the day; if the plan was never made, correct the conference.",
        )


def check_category(category: str, on: date) -> None:
    """Raise WrongCode unless a category of abuse was chosen; none is ever chosen beforehand (D13)."""
    check_code("category_of_abuse", category, on, "a category of abuse")


def is_whole(agencies: Iterable[str]) -> bool:
    """Whether social care, the police and health all took part in a discussion.

    Social care is who writes it down. Source: Working Together to Safeguard Children (2023).
    """
    there = set(agencies)
    return POLICE in there and bool(HEALTH & there)


def is_quorate(agencies: Iterable[str], others: int) -> bool:
    """Whether social care and at least so many other agencies came to a conference."""
    there = set(agencies) - {""}
    return SOCIAL_CARE in there and len(there - {SOCIAL_CARE}) >= others


def agencies_there(asked: Iterable[Invited]) -> list[str]:
    """The agency of each professional who came, in the room or by video."""
    return [one.agency for one in asked if one.came in {Invited.Came.THERE, Invited.Came.VIDEO}]


def check_somebody_came(asked: Iterable[Invited]) -> None:
    """Raise NotSaid where nobody wrote down who came."""
    if not any(one.came for one in asked):
        raise NotSaid("Nobody wrote down who came.", "Say who came, then write down what was decided.")


def check_told(on: date | None, by: str) -> None:
    """Raise NotSaid where somebody was told and nobody says by whom."""
    if on is not None:
        check_said(by, "Who told them", "Give the name of who told them.")


def check_shared(on: date | None, how: str) -> None:
    """Raise NotSaid where a report was shared and nobody says with whom."""
    if on is not None:
        check_said(how, "How it was shared", "Say with whom, and in which language.")


def check_may_invite(conference: Conference, invited: Invited, *, told_on: date | None = None) -> None:
    """Raise NotPossible where an invitation may not go yet, or not at all; `told_on` is being written."""
    if conference.is_date_only_held:
        raise NotPossible(
            "This date is only held while the enquiry goes on, so nobody is invited yet.",
            "Say what the enquiry found; then keep the date.",
        )
    if invited.kept_out_because:
        raise NotPossible(
            f"{invited.name} is not to be at this conference.", "Tell them in another way what was decided."
        )
    if invited.is_family and (told_on or invited.told_on) is None:
        raise NotPossible(
            f"Nobody has told {invited.name} of this conference in person.",
            "Tell them first, and write down when: nobody learns of it from a letter.",
        )


def check_way(invited: Invited, how: str) -> None:
    """Raise NotSaid where an invitation went to a relative and nobody says how: safety hangs on the way."""
    if invited.relative is not None and not how:
        raise NotSaid(f"How {invited.name} was invited is not said.", "Choose how it went.")


def check_look(decision: str) -> None:
    """Raise NotSaid where nothing was chosen as what a legal planning look decided."""
    if decision not in LegalPlanningLook.Decision.values:
        raise NotSaid("What was decided was not chosen.", "Choose what was decided for each child.")


def check_may_report(invited: Invited) -> None:
    """Raise NotPossible where no report is asked of somebody: of the family, or of who is not to be there."""
    if invited.is_family or invited.kept_out_because:
        raise NotPossible(
            f"No report is asked of {invited.name}.", "Ask the professionals who know the children."
        )


def check_held(conference: Conference) -> None:
    """Raise NotOpen unless the conference was held."""
    if conference.state != Conference.State.HELD:
        raise NotOpen("This conference has not been held.", "Write down what was decided first.")


def check_decision(decision: str, category: str, because: str, on: date) -> None:
    """Raise NotSaid or WrongCode unless a child's decision has its reason, and a plan its category."""
    if decision not in ConferenceOf.Decision.values:
        raise NotSaid("Nothing was chosen for a child.", "Choose what was decided for each child.")
    if decision in {ConferenceOf.Decision.PLAN, ConferenceOf.Decision.CONTINUE}:
        check_category(category, on)
    check_said(because, "Why it was decided", "Give the reason, in words the family can read.")


def check_end_reason(decision: str, reason: str) -> None:
    """Raise NotSaid where a plan is to end and nobody chose why."""
    if decision == ConferenceOf.Decision.END and reason not in ProtectionPlan.End.values:
        raise NotSaid("Why the plan ends was not chosen.", "Choose the reason for each child.")


def check_transfer_open(transfer: TransferIn) -> None:
    """Raise NotOpen where a plan from another area is no longer kept here in waiting."""
    if transfer.ended_on is not None:
        raise NotOpen(
            f"This ended on {day_in_words(transfer.ended_on)}.", "Look at what was decided that day."
        )


def check_extends(step: EmergencyStep, already: Iterable[EmergencyStep]) -> None:
    """Raise NotPossible unless an emergency protection order may be extended: it is one, and not yet.

    Source: Children Act 1989 s45(6): it may be extended once only.
    """
    if step.kind != EmergencyStep.Kind.EMERGENCY_ORDER:
        raise NotPossible(
            f"{step.get_kind_display()} cannot be extended.", "Only an emergency protection order can be."
        )
    for one in already:
        raise AlreadyOpen(
            f"This order was extended on {day_in_words(one.began_on)}, and it may be extended only once.",
            "Ask the lawyer which other order is needed.",
        )


def check_moment(began_on: date, began_at: datetime | None) -> None:
    """Raise WrongDate where the hour is of another day, or has not come."""
    if began_at is not None and legal_day(began_at) != began_on:
        raise WrongDate("The hour and the day are not of the same day.", "Check the day and the time.")
    if began_at is not None and began_at > timezone.now():
        raise WrongDate("That hour has not come yet.", "Check the time.")


def check_none_moving_in(transfers: Iterable[TransferIn]) -> None:
    """Raise AlreadyOpen where a plan from another area is kept here already."""
    for one in transfers:
        raise AlreadyOpen(
            f"A plan from {one.from_authority} is kept here already, since {day_in_words(one.notified_on)}.",
            "Add what is new to that one.",
        )


def check_count(plans: int) -> None:
    """Raise NotPossible for a number of earlier plans that nobody has."""
    if not 0 <= plans <= MOST_PLANS:
        raise NotPossible(f"{plans} earlier plans cannot be right.", f"Give a number from 0 to {MOST_PLANS}.")


def check_visits_every(days: int | None) -> None:
    """Raise NotPossible for an interval between visits that no plan may set, in working days.

    Source: clock CP-08b, the outer limit of four weeks.
    """
    if days is not None and not 1 <= days <= LONGEST_BETWEEN_VISITS:
        raise NotPossible(
            f"A plan cannot have a visit every {days} working days.",
            f"Give a number from 1 to {LONGEST_BETWEEN_VISITS}: four weeks are the longest.",
        )


def check_born_on_plan(plan: ProtectionPlan, born_on: date | None) -> None:
    """Raise NotPossible unless the child was born while this plan, made before the birth, was in force."""
    if born_on is None or born_on < plan.started_on:
        raise NotPossible(
            "This plan did not begin before the birth.", "Enter the birth first, or check which plan it is."
        )


def check_rests_on(finding: EnquiryFinding, name: str) -> None:
    """Raise NotSaid where a worry is put down with no reason, or nobody says whether the child was seen.

    A harm that goes on, or goes to court, is never held up by it: then it is owed. `name` is the child's.
    """
    if finding.finding not in GOES_ON:
        next_step = "Write it, or let the enquiry about them go on: a worry is put down only with that."
        check_said(finding.why, f"Why it was found so about {name}", next_step)
        check_seen_said(finding, name, next_step)


def check_seen_said(finding: EnquiryFinding, name: str, next_step: str) -> None:
    """Raise NotSaid where nobody says on which day a child was seen in an enquiry, or why not."""
    if finding.seen_on is None and not finding.not_seen_because.strip():
        raise NotSaid(f"Nobody wrote when {name} was seen, or why not.", next_step)


def check_may_agree(finding: EnquiryFinding, name: str) -> None:
    """Raise NotSaid where a manager is to agree what rests on nothing: no reason, or no child seen."""
    next_step = "Send it back and say so; what was decided does not wait for it."
    check_said(finding.why, f"Why it was found so about {name}", next_step)
    check_seen_said(finding, name, next_step)


def check_not_agreed(finding: EnquiryFinding) -> None:
    """Raise NotOpen where a manager agreed what was found already."""
    if finding.agreed_by is not None and finding.agreed_at is not None:
        raise NotOpen(
            f"{finding.agreed_by} agreed this on {day_in_words(legal_day(finding.agreed_at))}.",
            "Tell them if it has to change.",
        )


def check_sent_back(finding: EnquiryFinding) -> None:
    """Raise NotOpen unless a manager sent back what was found."""
    if not finding.sent_back_because:
        raise NotOpen(
            "Nobody sent this back.", "Ask a manager to send it back first, so that both of you know why."
        )


def check_no_conference(conferences: Iterable[Conference]) -> None:
    """Raise NotPossible where a conference that an enquiry led to is planned or was held."""
    for one in conferences:
        raise NotPossible(
            f"A conference that this enquiry led to is {one.get_state_display().lower()}.",
            "Call it off first; what a conference decided stays decided.",
        )


def check_step_may_end(step: EmergencyStep, at: datetime) -> None:
    """Raise NotOpen or WrongDate unless an emergency power that still runs may end at that moment."""
    if step.ended_at is not None:
        raise NotOpen(
            f"This ended on {day_in_words(legal_day(step.ended_at))}.", "Look at what was written then."
        )
    check_moment(legal_day(at), at)
    check_not_before(legal_day(at), step.began_on, "its beginning")
