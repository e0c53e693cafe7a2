"""Who may take messages and decide them, take referrals, and close a case."""

from collections.abc import Iterable

from kith.record.chronology.permissions import allows, check_can_act
from kith.record.frontdoor.models import Allegation, Decision, Message, Referral, Way
from kith.record.frontdoor.queries import first_written_by, is_about
from kith.record.people.models import Person, User
from kith.record.people.permissions import can, check_can
from kith.record.refusals import NotAllowed


def check_can_receive(by: User) -> None:
    """Anyone at the front door may write down a contact or a referral, whoever the child is."""
    check_can("receive_referrals", by)


def check_can_say_need(by: User, referral: Referral) -> None:
    """Whoever assesses the child, or decides messages, says what the main need is."""
    power = "decide_contacts" if can("decide_contacts", by) else "assess"
    check_can_act(power, by, [referral.person])


def check_can_read_for(by: User, child: Person) -> None:
    """Whoever works with a child says what they will do about what was told of them."""
    check_can_act("record_visits", by, [child])


def can_read_for(by: User, child: Person) -> bool:
    return allows(check_can_read_for, by, child)


def check_can_close(by: User, referral: Referral) -> None:
    """A social worker or manager who works with the child may close the case.

    A referral that social care took no action on gave nobody work with the child: the power is enough.
    """
    check_can_act("close_cases", by, [referral.person], is_independent=referral.is_no_further_action is True)


def can_close(by: User, referral: Referral) -> bool:
    return allows(check_can_close, by, referral)


def check_can_write_down(by: User | None) -> None:
    """Anyone at the front door may write a message down; from a public page nobody signed in does."""
    if by is not None:
        check_can("receive_referrals", by)


def check_can_match(by: User, person: Person | None = None) -> None:
    """Whoever receives messages may say who a child is, but for a person who is kept from them."""
    if person is None:
        check_can("receive_referrals", by)
    else:
        check_can_act("receive_referrals", by, [person], is_independent=True)


def goes_on_with(by: User, message: Message) -> bool:
    """Whether `by` wrote a message that waits: they go on with it, though it opens no record to them."""
    return message.is_waiting and first_written_by(message) == by.pk


def check_can_decide(by: User, message: Message, children: Iterable[Person] = ()) -> None:
    """A manager decides, whoever the children are, but about nobody who is kept from them.

    Nobody decides a message that they told themselves: writing down somebody's call is not that.
    """
    check_can_act("decide_contacts", by, children, is_independent=True)
    if message.way == Way.WORKER and first_written_by(message) == by.pk:
        raise NotAllowed(
            "You told this yourself, and nobody decides their own message.",
            "Ask another manager to decide it.",
        )


def can_decide(by: User, message: Message, children: Iterable[Person] = ()) -> bool:
    return allows(check_can_decide, by, message, children)


def check_can_change(by: User, message: Message, children: Iterable[Person] = ()) -> None:
    """Whoever may decide a message may change what was decided about it, whether they decided it or not."""
    check_can_decide(by, message, children)


def can_change(by: User, message: Message, children: Iterable[Person] = ()) -> bool:
    return allows(check_can_change, by, message, children)


def check_can_give(by: User, children: Iterable[Person] = ()) -> None:
    """A manager gives help in kind or in money, whoever the children are, but to nobody kept from them."""
    check_can_act("decide_contacts", by, children, is_independent=True)


def check_can_protect_at_once(by: User, children: Iterable[Person] = ()) -> None:
    """At night whoever is on duty may decide to protect, whoever the children are; a manager agrees later."""
    check_can_act("decide_urgent", by, children, is_independent=True)


def can_protect_at_once(by: User, children: Iterable[Person] = ()) -> bool:
    return allows(check_can_protect_at_once, by, children)


def check_can_agree(by: User, decision: Decision) -> None:
    """A manager agrees an urgent decision, but nobody their own."""
    check_can("decide_contacts", by)
    if decision.decided_by_id == by.pk:
        raise NotAllowed("You decided this yourself.", "Ask another manager to agree it.")


def can_agree(by: User, decision: Decision) -> bool:
    return allows(check_can_agree, by, decision)


def check_can_hold_allegations(by: User, allegation: Allegation | None = None) -> None:
    """Custodians hold allegations against people who work with children, but nobody one about themselves."""
    check_can("lift_restriction", by)
    if allegation is not None and is_about(allegation.adult_name, by):
        raise NotAllowed("There is nothing here.", "Go back to My work.")
