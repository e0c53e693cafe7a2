"""Asking for contacts and referrals."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from kith.record.frontdoor.models import Referral
from kith.record.people.models import Person
from kith.record.versions import current_facts


def open_referrals(children: Iterable[Person], on: date) -> dict[int, Referral]:
    """The referral open on `on` for each child that has one, by person id; the latest where two are."""
    return {one.person_id: one for one in referrals_of((child.pk for child in children), on)}


def referrals_of(person_ids: Iterable[int], on: date) -> list[Referral]:
    """The referrals of these people that are open on `on`, the latest last."""
    found = [one for one in current_facts(Referral, person_ids) if is_open_on(one, on)]
    return sorted(found, key=lambda one: (one.received_on, one.pk))


def is_open_on(referral: Referral, on: date) -> bool:
    """Whether a referral needs work on `on`: received by then, not closed before, not left with no action."""
    is_not_closed = referral.closed_on is None or referral.closed_on >= on
    return referral.received_on <= on and is_not_closed and not referral.is_no_further_action


def referrals_open_on(on: date) -> QuerySet[Referral]:
    """The same rule as `is_open_on`, as a query over everybody."""
    still_open = Q(closed_on=None) | Q(closed_on__gte=on)
    open_on: QuerySet[Referral] = Referral.current.filter(still_open, received_on__lte=on)
    return open_on.exclude(is_no_further_action=True)


def referral_threads(children: Iterable[Person], on: date) -> dict[int, int]:
    """The thread of the open referral of each child that has one: what other rooms' work hangs on."""
    return {pk: referral.thread for pk, referral in open_referrals(children, on).items()}
