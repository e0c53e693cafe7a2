"""Deciding for adoption, ending that plan, and writing down the adoption."""

from datetime import date

from django.db import transaction

from kith.record.access import services as access
from kith.record.access.models import Restriction
from kith.record.care import permissions, policies
from kith.record.care.models import Adoption, AdoptionDecision
from kith.record.care.queries import adopted_among, last_period, open_period, standing_adoption_decision
from kith.record.chronology.entering import carry_on, enter
from kith.record.chronology.policies import check_code, check_day, check_not_before, life_of
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.refusals import NotPossible
from kith.standards.years import return_year


@transaction.atomic
def decide_adoption(*, child: Person, on: date, by: User) -> AdoptionDecision:
    """The agency decides that the child should be placed for adoption.

    Raises NotAllowed, NotLookedAfter, WrongDate, AlreadyDecided.
    """
    permissions.check_can_plan_adoption(by, child)
    policies.check_in_life(on, life_of(child), "a decision for adoption")
    policies.check_looked_after(open_period(child), on)
    policies.check_not_decided(standing_adoption_decision(child))
    return enter(AdoptionDecision(person=child, decided_on=on), by=by, act="decide_adoption")


@transaction.atomic
def reverse_adoption_decision(*, child: Person, on: date, reason: str, by: User) -> AdoptionDecision:
    """The agency decides that the child should no longer be placed for adoption; the next version.

    Raises NotAllowed, NotDecided, WrongDate, WrongCode.
    """
    permissions.check_can_plan_adoption(by, child)
    check_day(on, life_of(child))
    decision = policies.check_reversal(standing_adoption_decision(child), on, reason)
    return carry_on(decision, by=by, act="reverse_adoption_decision", reversed_on=on, reversal_reason=reason)


@transaction.atomic
def record_adoption(
    *,
    child: Person,
    on: date,
    decided_on: date | None,
    matched_on: date | None,
    by: User,
    is_by_foster_carer: bool | None = None,
    adopters: int | None = None,
    adopters_sex: str = "",
    adopters_legal_status: str = "",
) -> Adoption:
    """The adoption order is made on that day; decision, match and order come in that order.

    Raises NotAllowed, NotLookedAfter, WrongDate, WrongCode, OutOfRange, AlreadyDecided.
    """
    permissions.check_can_plan_adoption(by, child)
    policies.check_in_life(on, life_of(child), "an adoption")
    policies.check_looked_after(last_period(child), on)
    if decided_on and matched_on:
        check_not_before(matched_on, decided_on, "the decision for adoption")
    if matched_on:
        check_not_before(on, matched_on, "the match")
    _check_adopters(adopters, adopters_sex, adopters_legal_status, on)
    policies.check_recorded_once(Adoption.current.filter(person=child).exists(), "The adoption")
    adoption = Adoption(
        person=child,
        year=return_year(on),
        decided_on=decided_on,
        matched_on=matched_on,
        is_by_foster_carer=is_by_foster_carer,
        adopters=adopters,
        adopters_sex=adopters_sex,
        adopters_legal_status=adopters_legal_status,
    )
    return enter(adoption, by=by, act="record_adoption")


@transaction.atomic
def unseal(*, restriction: Restriction, by: User, because: str) -> Restriction:
    """A custodian opens a file that was sealed by mistake: the record tells of no adoption order.

    Raises NotAllowed, and NotPossible while an adoption is what ended a time in care.
    """
    if adopted_among(same_person_ids(restriction.person)):
        raise NotPossible(
            "The record says that an adoption order ended this child’s care.",
            "If that is wrong, have the end of their care corrected first.",
        )
    return access.unseal(restriction, by=by, because=because)


def _check_adopters(adopters: int | None, sex: str, legal_status: str, on: date) -> None:
    if adopters not in (None, 1, 2):
        raise policies.OutOfRange(f"{adopters} adopters cannot be.", "A child has one adopter or two.")
    if sex:
        check_code("adoption_adopter_sex", sex, on, "the adopters' sex")
    if legal_status:
        check_code("adoption_adopter_legal_status", legal_status, on, "the adopters' legal status")
