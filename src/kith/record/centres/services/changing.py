"""Changing details of a centre and of a session: with a reason, and whoever has a place is to be told."""

from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.centres import permissions, policies, queries
from kith.record.centres.models import Centre, OpenSession
from kith.record.chronology.entering import carry_on_matter
from kith.record.people.models import User
from kith.record.said import check_said

LONGEST = 500


@transaction.atomic
def change_centre(
    *,
    centre: Centre,
    because: str,
    by: User,
    expected: int | None = None,
    name: str,
    address: str,
    postcode: str,
    **more: Any,
) -> Centre:
    """Return the centre with other details; what stood before stays readable, with the reason for the change.

    Where it is called or lies otherwise, whoever has a place there is among `queries.to_tell`. Raises
    NotAllowed, NotHeld, NotSaid, VersionClash.
    """
    permissions.check_can_run(by)
    policies.check_open(queries.centre_of(centre.thread) or centre)
    details: dict[str, Any] = {
        "name": check_said(name, "The name"),
        "address": check_said(address, "The address"),
        "postcode": check_said(postcode, "The postcode").upper(),
    }
    reason = check_said(because, "Why it changes")
    new = carry_on_matter(
        centre, by=by, act="change_centre", ended_as="corrected", because=reason, expected=expected,
        **details, **more,
    )  # fmt: skip
    if any(getattr(centre, field) != said for field, said in details.items()):
        where = f"It is at {new.name}, {new.address}, {new.postcode}."
        for session in OpenSession.current.filter(centre_thread=centre.thread):
            _to_be_told(session, where, by)
    return new


@transaction.atomic
def change_session(
    *,
    session: OpenSession,
    because: str,
    by: User,
    expected: int | None = None,
    name: str,
    opens_at: time,
    closes_at: time,
    is_bookable: bool,
    places: int | None = None,
    **more: Any,
) -> OpenSession:
    """Return the session with other details; what stood before stays readable, with the reason.

    `more` are `what`, `for_whom`, `languages` and `access`. On which days it is held stays: another day is
    another session. Whoever has a place is among `queries.to_tell` where its name, its times or whether a
    place is needed changes. Raises NotAllowed, NotSaid, WrongTimes, NoPlaceLeft, VersionClash.
    """
    permissions.check_can_run(by)
    policies.check_times(opens_at, closes_at)
    policies.check_places(is_bookable, places)
    OpenSession.objects.select_for_update().get(pk=session.pk)  # nobody takes a place meanwhile
    if is_bookable:
        policies.check_all_fit(places or 0, queries.most_taken(session, timezone.localdate()))
    called = check_said(name, "The name")
    reason = check_said(because, "Why it changes")
    new = carry_on_matter(
        session, by=by, act="change_session", ended_as="corrected", because=reason, expected=expected,
        name=called, opens_at=opens_at, closes_at=closes_at, is_bookable=is_bookable,
        places=places if is_bookable else None, **more,
    )  # fmt: skip
    said = _changes(session, new)
    if said:
        _to_be_told(new, said, by)
    return new


def _changes(before: OpenSession, after: OpenSession) -> str:
    """What of a session a family with a place has to know, in sentences; "" where nothing."""
    told = []
    if before.name != after.name:
        told.append(f"It is called {after.name} now.")
    if (before.opens_at, before.closes_at) != (after.opens_at, after.closes_at):
        told.append(f"It is from {after.opens_at:%H:%M} to {after.closes_at:%H:%M} now.")
    if before.is_bookable and not after.is_bookable:
        told.append("Nobody needs a place any more: they can just come.")
    return " ".join(told)


def _to_be_told(session: OpenSession, what: str, by: User) -> None:
    """Each family with a place to come is still to be told of this, and of what it was not told before."""
    for place in queries.places_to_come(session, timezone.localdate()):
        told = list(dict.fromkeys(filter(None, (place.what_changed, what))))
        carry_on_matter(place, by=by, act="place_changed", what_changed=" ".join(told)[-LONGEST:])
