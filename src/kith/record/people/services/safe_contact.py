"""How somebody may be reached without danger: written down, and ended."""

from datetime import date

from django.db import transaction

from kith.record import versions
from kith.record.facts import Ending
from kith.record.people import permissions, policies, queries
from kith.record.people.models import Person, SafeContact, User
from kith.record.people.services.persons import audited
from kith.record.refusals import NotPossible


@transaction.atomic
def record_safe_contact(
    person: Person,
    *,
    by: User,
    way: str,
    is_safe: bool,
    said_by: str,
    started_on: date,
    where: str = "",
    when: str = "",
    may_leave_message: bool | None = None,
    may_say_who_we_are: bool | None = None,
    who_must_not_know: str = "",
) -> SafeContact:
    """Return that `person` may be reached in this way, or never; what was said of the same before ends.

    Left out, `where` is every number or address of that way. Raises NotAllowed, NotPossible.
    """
    permissions.check_can("keep_people", by)
    if not said_by.strip():
        raise NotPossible("Nobody stands behind this.", "Write who said so: she herself, her worker.")
    kept = queries.survivor(person)
    _end_the_same(kept, way, where.strip(), started_on, by)
    made = SafeContact.objects.create(
        person=kept, recorded_by=by, way=SafeContact.Way(way), is_safe=is_safe, where=where.strip(),
        when=when, may_leave_message=may_leave_message, may_say_who_we_are=may_say_who_we_are,
        who_must_not_know=who_must_not_know, said_by=said_by, started_on=started_on,
    )  # fmt: skip
    return audited("safe_contact_recorded", made, by)


@transaction.atomic
def end_safe_contact(
    contact: SafeContact, *, by: User, on: date, because: str, expected: int | None = None
) -> SafeContact:
    """Return what was said, no longer so from a day. Raises NotAllowed, NotPossible, VersionClash."""
    permissions.check_can("keep_people", by)
    policies.check_reason(because)
    return audited("safe_contact_ended", _end(contact, on, by, because, expected), by)


def _end_the_same(person: Person, way: str, where: str, on: date, by: User) -> None:
    before = SafeContact.current.filter(
        person_id__in=queries.same_person_ids(person), way=way, where__iexact=where, ended_on=None
    )
    for contact in before:
        _end(contact, on, by, "", None)


def _end(contact: SafeContact, on: date, by: User, because: str, expected: int | None) -> SafeContact:
    policies.check_spell(contact.started_on, on)
    return versions.supersede(
        contact, by=by, ended_as=Ending.CONTINUED, because=because, expected=expected, ended_on=on
    )
