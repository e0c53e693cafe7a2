"""Asking for contacts and referrals."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from kith.record.chronology.words import long_date
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.policies import NotOpen
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


def referral_of_each(children: Sequence[Person], on: date) -> dict[int, Referral]:
    """The open referral of each child, by person id: the work of other rooms hangs on it.

    Raises NotOpen unless every one of the children has one on that day.
    """
    opened = open_referrals(children, on)
    if missing := len({child.pk for child in children} - set(opened)):
        who = "This child has" if len(children) == 1 else f"{missing} of these children have"
        raise NotOpen(f"{who} no case open on {long_date(on)}.", "Record a referral first, or check the day.")
    return opened
