"""What happens along the way in care: reviews, going missing, health, what was before."""

from datetime import date

from django.db import transaction

from kith.record.care import permissions, policies
from kith.record.care.models import (
    CareReview,
    HealthYear,
    LibertyOrder,
    MissingEpisode,
    Motherhood,
    PreviousPermanence,
    UnaccompaniedStatus,
)
from kith.record.care.queries import open_liberty_order, open_missing, open_period
from kith.record.chronology.entering import carry_on, enter
from kith.record.chronology.policies import check_code, check_day, life_of
from kith.record.people.models import Person, User


@transaction.atomic
def hold_care_review(*, child: Person, on: date, participation: str, by: User) -> CareReview:
    """Hold a review of a child's care; how the child took part is each child's own.

    Raises NotAllowed, NotLookedAfter, WrongDate, WrongAge, WrongCode.
    """
    permissions.check_can_review(by, child)
    life = life_of(child)
    policies.check_in_life(on, life, "a review of care")
    policies.check_looked_after(open_period(child), on)
    if participation:
        policies.check_choice("review_participation", participation, on, life, "a way of taking part")
    return enter(
        CareReview(person=child, held_on=on, participation=participation), by=by, act="hold_care_review"
    )


@transaction.atomic
def go_missing(*, child: Person, on: date, kind: str, by: User) -> MissingEpisode:
    """The child went missing (M) from wherever they live, or away from their placement (A), on that day.

    Raises NotAllowed, NotLookedAfter, WrongDate, WrongCode, AlreadyMissing.
    """
    permissions.check_can_record(by, child)
    policies.check_in_life(on, life_of(child), "going missing")
    if kind == policies.AWAY_FROM_PLACEMENT:
        policies.check_looked_after(open_period(child), on)
    check_code("missing_type", kind, on, "a way of being missing")
    policies.check_can_go(on, open_missing(child))
    return enter(MissingEpisode(person=child, kind=kind, started_on=on), by=by, act="go_missing")


@transaction.atomic
def return_from_missing(*, child: Person, on: date, by: User) -> MissingEpisode:
    """The child came back or was found. Raises NotAllowed, NotMissing, WrongDate."""
    permissions.check_can_record(by, child)
    check_day(on, life_of(child), is_an_ending=True)
    episode = policies.check_can_return(on, open_missing(child))
    return carry_on(episode, by=by, act="return_from_missing", ended_on=on)


@transaction.atomic
def record_health_year(
    *,
    child: Person,
    on: date,
    year: int,
    by: User,
    sdq_score: int | None = None,
    sdq_reason: str | None = None,
    is_convicted: bool | None = None,
    is_health_check_up_to_date: bool | None = None,
    are_immunisations_up_to_date: bool | None = None,
    are_teeth_checked: bool | None = None,
    is_health_assessed: bool | None = None,
    is_misusing_substances: bool | None = None,
    is_intervention_received: bool | None = None,
    is_intervention_offered: bool | None = None,
) -> HealthYear:
    """Health and wellbeing over the year to 31 March of `year`; None: nobody said.

    Raises NotAllowed, WrongDate, WrongCode, OutOfRange, AlreadyDecided.
    """
    permissions.check_can_record(by, child)
    policies.check_in_life(on, life_of(child), "health in care")
    policies.check_year(year, on)
    policies.check_health(sdq_score)
    if sdq_reason:
        check_code("sdq_reason", sdq_reason, on, "a reason for no wellbeing score")
    is_there = HealthYear.current.filter(person=child, year=year).exists()
    policies.check_recorded_once(is_there, f"Health in the year to 31 March {year}")
    return enter(
        HealthYear(
            person=child,
            year=year,
            sdq_score=sdq_score,
            sdq_reason=sdq_reason or "",
            is_convicted=is_convicted,
            is_health_check_up_to_date=is_health_check_up_to_date,
            are_immunisations_up_to_date=are_immunisations_up_to_date,
            are_teeth_checked=are_teeth_checked,
            is_health_assessed=is_health_assessed,
            is_misusing_substances=is_misusing_substances,
            is_intervention_received=is_intervention_received,
            is_intervention_offered=is_intervention_offered,
        ),
        by=by,
        act="record_health_year",
    )


@transaction.atomic
def record_motherhood(
    *, child: Person, on: date, year: int, is_mother: bool, by: User, child_born_on: date | None = None
) -> Motherhood:
    """Whether a looked-after young person is a mother, as it stood in the return of `year`.

    Raises NotAllowed, WrongDate, OutOfRange, AlreadyDecided.
    """
    permissions.check_can_record(by, child)
    life = life_of(child)
    policies.check_in_life(on, life, "being a mother")
    policies.check_year(year, on)
    if child_born_on is not None:
        policies.check_in_life(child_born_on, life, "the birth of a child")
    is_there = Motherhood.current.filter(person=child, year=year).exists()
    policies.check_recorded_once(is_there, f"Whether she is a mother in {year}")
    told = Motherhood(person=child, year=year, is_mother=is_mother, child_born_on=child_born_on)
    return enter(told, by=by, act="record_motherhood")


@transaction.atomic
def record_previous_permanence(
    *,
    child: Person,
    on: date,
    option: str,
    by: User,
    authority: str | None = None,
    ordered_on: str | None = None,
) -> PreviousPermanence:
    """A permanent home before this time in care; `ordered_on` is dd/mm/yyyy with zz for what is not known.

    Raises NotAllowed, WrongDate, WrongCode.
    """
    permissions.check_can_record(by, child)
    policies.check_in_life(on, life_of(child), "an earlier permanent home")
    check_code("previous_permanence", option, on, "a kind of permanent home")
    home = PreviousPermanence(
        person=child, option=option, authority=authority or "", ordered_on=ordered_on or ""
    )
    return enter(home, by=by, act="record_previous_permanence")


@transaction.atomic
def record_unaccompanied(
    *, child: Person, on: date, by: User, ended_on: date | None = None
) -> UnaccompaniedStatus:
    """The child seeks asylum without family; `ended_on` is when that ended or will end.

    Raises NotAllowed, WrongDate, AlreadyDecided.
    """
    permissions.check_can_record(by, child)
    policies.check_in_life(on, life_of(child), "coming alone to seek asylum")
    is_there = UnaccompaniedStatus.current.filter(person=child).exists()
    policies.check_recorded_once(is_there, "That this child came alone to seek asylum")
    status = UnaccompaniedStatus(person=child, ended_on=ended_on)
    return enter(status, by=by, act="record_unaccompanied")


@transaction.atomic
def record_liberty_order(*, child: Person, on: date, by: User) -> LibertyOrder:
    """A court allows the child to be deprived of their liberty from that day.

    Raises NotAllowed, NotLookedAfter, WrongDate, AlreadyDecided.
    """
    permissions.check_can_record(by, child)
    policies.check_in_life(on, life_of(child), "a deprivation of liberty order")
    policies.check_looked_after(open_period(child), on)
    policies.check_no_order(open_liberty_order(child))
    return enter(LibertyOrder(person=child, started_on=on), by=by, act="record_liberty_order")


@transaction.atomic
def end_liberty_order(*, child: Person, on: date, by: User) -> LibertyOrder:
    """The order in force ends. Raises NotAllowed, NotDecided, WrongDate."""
    permissions.check_can_record(by, child)
    check_day(on, life_of(child), is_an_ending=True)
    order = policies.check_order_open(open_liberty_order(child), on)
    return carry_on(order, by=by, act="end_liberty_order", ended_on=on)
