"""Allegations against people who work with children: told in one press, kept apart, passed to the officer."""

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.frontdoor import permissions, policies
from kith.record.frontdoor.models import Allegation, Message
from kith.record.frontdoor.queries import is_about
from kith.record.people.models import Role, User
from kith.record.people.queries import holders_of


@transaction.atomic
def tell_allegation(
    *, adult_name: str, what_was_said: str, by: User, adult_work: str = "", message: Message | None = None
) -> Allegation:
    """Return an allegation, told to every custodian at once but to nobody whom it is about.

    The notice names nobody. Raises NotAllowed, NothingSaid.
    """
    permissions.check_can_write_down(by)
    told = Allegation(
        adult_name=policies.check_said(adult_name)[:200],
        adult_work=adult_work.strip()[:300],
        what_was_said=policies.check_said(what_was_said),
        message_thread=message.thread if message else None,
    )
    enter_matter(told, by=by, act="tell_allegation")
    custodians = holders_of([Role.CUSTODIAN])
    messages.tell(
        [one for one in custodians if not is_about(told.adult_name, one)],
        "An allegation against somebody who works with children waits for you.",
        link=messages.page("allegations"),
    )
    return told


@transaction.atomic
def pass_to_officer(
    *, allegation: Allegation, passed_to: str, by: User, expected: int | None = None
) -> Allegation:
    """Return an allegation that a custodian has given to the officer for allegations.

    Raises NotAllowed, NothingSaid, VersionClash.
    """
    permissions.check_can_hold_allegations(by, allegation)
    return carry_on_matter(
        allegation,
        by=by,
        act="pass_allegation",
        expected=expected,
        passed_at=timezone.now(),
        passed_to=policies.check_said(passed_to)[:200],
    )
