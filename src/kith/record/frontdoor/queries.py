"""Asking for contacts and referrals."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from kith.record.frontdoor.models import Referral
from kith.record.people.models import Person


def open_referrals(children: Iterable[Person], on: date) -> dict[int, Referral]:
    """The referral open on `on` for each child that has one, by person id; the latest where two are."""
    found = referrals_open_on(on).filter(person__in=[child.pk for child in children])
    return {referral.person_id: referral for referral in found.order_by("received_on", "pk")}


def referrals_open_on(on: date) -> QuerySet[Referral]:
    """Referrals that need work on `on`: received by then, not closed before, not left with no action."""
    still_open = Q(closed_on=None) | Q(closed_on__gte=on)
    open_on: QuerySet[Referral] = Referral.current.filter(still_open, received_on__lte=on)
    return open_on.exclude(is_no_further_action=True)


def referral_threads(children: Iterable[Person], on: date) -> dict[int, int]:
    """The thread of the open referral of each child that has one: what other rooms' work hangs on."""
    return {pk: referral.thread for pk, referral in open_referrals(children, on).items()}
