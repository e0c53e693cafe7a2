"""Receiving contacts and referrals about children who are on record, and closing a case."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from kith.record.chronology.entering import carry_on, enter_each
from kith.record.chronology.policies import (
    check_children,
    check_code,
    check_day,
    life_of,
    lives_of,
)
from kith.record.frontdoor import permissions, policies
from kith.record.frontdoor.models import Contact, Referral
from kith.record.frontdoor.queries import open_referrals, referrals_after
from kith.record.owed.services import settle
from kith.record.people.deciding import decided, team_then
from kith.record.people.models import Person, User


@transaction.atomic
def receive_contact(
    *,
    children: Sequence[Person],
    on: date,
    source: str,
    outcome: str,
    by: User,
    reference: str = "",
    message_thread: int | None = None,
) -> list[Contact]:
    """Write down one message about one or several children; one contact a child, in their order.

    `message_thread` is that of the message as it was told, where it was written down whole.
    Raises NotAllowed, NoChildren, WrongDate, WrongCode.
    """
    permissions.check_can_receive(by)
    _check_days(children, on)
    check_code("referral_source", source, on, "where the message came from")
    check_code("contact_outcome", outcome, on, "what came of a contact")
    return enter_each(
        [
            Contact(
                person=child,
                received_on=on,
                source=source,
                outcome=outcome,
                reference=reference,
                message_thread=message_thread,
            )
            for child in children
        ],
        by=by,
        act="receive_contact",
    )


@transaction.atomic
def receive_referral(
    *,
    children: Sequence[Person],
    on: date,
    source: str,
    by: User,
    is_no_further_action: bool,
    primary_need: str | None = None,
    contacts: Sequence[Contact] = (),
    reference: str = "",
    is_need_owed: bool = False,
) -> list[Referral]:
    """Begin one episode of need for each of the children, who were referred together.

    `contacts` are those that became this referral, matched by child. With `is_need_owed` the need may be
    said later: the act that asks for it leaves it owed. Raises NotAllowed, NoChildren,
    WrongDate, WrongCode, NeedMissing, AlreadyOpen.
    """
    permissions.check_can_receive(by)
    _check_days(children, on)
    need = primary_need or ""
    policies.check_referral(
        on=on,
        source=source,
        primary_need=need,
        is_no_further_action=is_no_further_action,
        is_need_owed=is_need_owed,
    )
    if not is_no_further_action:
        policies.check_none_open(open_referrals(children, on))
        policies.check_none_later(referrals_after(children, on))
    contact_of = {contact.person_id: contact.thread for contact in contacts}
    return enter_each(
        [
            Referral(
                person=child,
                received_on=on,
                source=source,
                primary_need=need,
                is_no_further_action=is_no_further_action,
                contact_thread=contact_of.get(child.pk),
                reference=reference,
                **decided(by, child, on),
            )
            for child in children
        ],
        by=by,
        act="receive_referral",
    )


def _check_days(children: Sequence[Person], on: date) -> None:
    check_children(children)
    for life in lives_of(children).values():
        check_day(on, life)


@transaction.atomic
def close_referral(*, referral: Referral, on: date, reason: str, by: User, because: str = "") -> Referral:
    """End an episode of need; its new version. `because` is why, in words beside the code of the reason.

    Raises NotAllowed, NotOpen, WrongDate, WrongCode, VersionClash.
    """
    permissions.check_can_close(by, referral)
    check_day(on, life_of(referral.person), is_an_ending=True)
    policies.check_closing(referral, on, reason)
    closed = carry_on(
        referral,
        by=by,
        act="close_referral",
        because=because.strip(),
        closed_on=on,
        closure_reason=reason,
        closed_because=because.strip(),
        closed_by=by,
        closed_by_reference="",
        closing_team=team_then(by, referral.person, on),
        closing_team_reference="",
    )
    settle(what="undo_case", of=referral, done=closed, by=by)
    return closed


@transaction.atomic
def say_need(*, referral: Referral, primary_need: str, by: User, expected: int | None = None) -> Referral:
    """Say the main need of an open referral, which may have been owed; its new version.

    Raises NotAllowed, NotOpen, WrongCode, VersionClash.
    """
    permissions.check_can_say_need(by, referral)
    if referral.closed_on is not None:
        policies.check_closing(referral, referral.closed_on, referral.closure_reason)
    check_code("need_codes", primary_need, referral.received_on, "a primary need")
    said = carry_on(referral, by=by, act="say_need", expected=expected, primary_need=primary_need)
    settle(what="primary_need", of=referral, done=said, by=by)
    return said
