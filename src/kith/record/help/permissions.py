"""Who may answer a family that asks for help, help it, and decide what goes beyond help."""

from collections.abc import Iterable

from kith.record.access import permissions as access
from kith.record.chronology.permissions import allows, check_can_act
from kith.record.help.models import HelpEpisode
from kith.record.once import asking_once
from kith.record.people.models import Person, User
from kith.record.people.permissions import can, check_can
from kith.record.planning.models import Basis
from kith.record.refusals import NotAllowed


def check_can_answer(by: User) -> None:
    """Raise NotAllowed unless `by` may answer families that ask for help; a request is about nobody known."""
    check_can("answer_help_requests", by)


def check_can_treat_as_contact(by: User) -> None:
    """Raise NotAllowed unless `by` may say that a request is for the front door: a manager may."""
    check_can("decide_contacts", by)


def can_treat_as_contact(by: User) -> bool:
    return can("decide_contacts", by)


def check_can_make_contact(by: User) -> None:
    """Raise NotAllowed unless `by` answers families and may write down what the front door has to decide."""
    check_can("answer_help_requests", by)
    check_can("receive_referrals", by)


def can_make_contact(by: User) -> bool:
    return can("answer_help_requests", by) and can("receive_referrals", by)


def check_can_begin(by: User, people: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` may begin help for these people.

    Nobody works with a family yet that has just asked: the power is enough, but for a restricted record.
    Whoever begins is not tied to the children by it (`own_beginnings`).
    """
    check_can_act("give_family_help", by, people, is_independent=True)


def can_begin(by: User, people: Iterable[Person]) -> bool:
    return allows(check_can_begin, by, people)


def check_can_help(by: User, people: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` helps families, and works with every one of these people."""
    check_can_act("give_family_help", by, people)


def can_help(by: User, people: Iterable[Person]) -> bool:
    return allows(check_can_help, by, people)


def check_can_name_lead(by: User, people: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` may say who leads the help for these people: a manager may."""
    check_can_act("allocate", by, people)


def can_name_lead(by: User, people: Iterable[Person]) -> bool:
    return allows(check_can_name_lead, by, people)


def check_can_decide_step_up(by: User, people: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` may decide whether social workers have to help: a manager may."""
    check_can_act("decide_contacts", by, people)


def can_decide_step_up(by: User, people: Iterable[Person]) -> bool:
    return allows(check_can_decide_step_up, by, people)


@asking_once
def check_can_write(by: User, people: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` may write in the help of this family.

    Whoever works with one of its children may; but where one of them is kept from `by`, what is written of
    all may tell of that one.
    """
    everybody = list(people)
    if any(access.is_restricted(by, person) for person in everybody):
        raise NotAllowed("Part of this family’s help is kept from you.", "Ask your manager who holds it.")
    known = [person for person in everybody if access.can_open(by, person)]
    check_can_act("give_family_help", by, known or everybody)


def can_write(by: User, people: Iterable[Person]) -> bool:
    return allows(check_can_write, by, people)


def check_can_close(by: User, episodes: Iterable[HelpEpisode]) -> None:
    """Raise NotAllowed where help is under section 17 and `by` is no manager: that ends an act of law."""
    if any(one.basis == Basis.SECTION_17 for one in episodes):
        check_can("decide_contacts", by)


def can_close(by: User, episodes: Iterable[HelpEpisode]) -> bool:
    return allows(check_can_close, by, episodes)
