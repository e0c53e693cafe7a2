"""Opening a centre, running what is open there, and counting who came."""

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.centres import permissions, policies, queries
from kith.record.centres.models import Centre, OpenSession, WhoCame
from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.people.models import User
from kith.record.said import check_said
from kith.standards.dates import long_date


@transaction.atomic
def open_centre(*, name: str, address: str, postcode: str, by: User, **more: Any) -> Centre:
    """Return a family centre; the one of that name that is open, where there is one.

    `more` are `district`, `phone` and `access`. Raises NotAllowed, NotSaid.
    """
    permissions.check_can_run(by)
    called = check_said(name, "The name")
    if there := Centre.current.filter(name__iexact=called, closed_on=None).first():
        return there  # type: ignore[no-any-return]
    centre = Centre(
        name=called,
        address=check_said(address, "The address"),
        postcode=check_said(postcode, "The postcode").upper(),
        **more,
    )
    return enter_matter(centre, by=by, act="open_centre")


@transaction.atomic
def close_centre(*, centre: Centre, on: date, by: User, expected: int | None = None) -> Centre:
    """Return the centre, closed from a day; what was open there is held no more from then on.

    Whoever had asked for a place on a later day is among `queries.to_tell`. Raises NotAllowed, NotHeld,
    WrongTimes, VersionClash.
    """
    permissions.check_can_run(by)
    policies.check_open(queries.centre_of(centre.thread) or centre)
    policies.check_near(on, timezone.localdate())
    for session in OpenSession.current.filter(centre_thread=centre.thread):
        if session.ended_on is None or session.ended_on > on:
            end_session(session=session, on=max(on, session.started_on), by=by)
    return carry_on_matter(centre, by=by, act="close_centre", expected=expected, closed_on=on)


@transaction.atomic
def run_session(
    *,
    centre: Centre,
    name: str,
    repeats: str,
    started_on: date,
    opens_at: time,
    closes_at: time,
    is_bookable: bool,
    by: User,
    places: int | None = None,
    **more: Any,
) -> OpenSession:
    """Return something open to families at a centre from a day, once or again and again.

    `more` are `what`, `for_whom`, `languages` and `access`. Sent twice, it is one. Raises NotAllowed,
    NotSaid, NotHeld, WrongTimes.
    """
    permissions.check_can_run(by)
    policies.check_open(centre)
    policies.check_times(opens_at, closes_at)
    policies.check_places(is_bookable, places)
    same = {
        "centre_thread": centre.thread,
        "name": check_said(name, "The name"),
        "repeats": OpenSession.Repeats(repeats),
        "started_on": started_on,
        "opens_at": opens_at,
    }
    if there := OpenSession.current.filter(**same, ended_on=None).first():
        return there  # type: ignore[no-any-return]
    session = OpenSession(
        **same, closes_at=closes_at, is_bookable=is_bookable, places=places if is_bookable else None, **more
    )
    return enter_matter(session, by=by, act="run_session")


@transaction.atomic
def end_session(*, session: OpenSession, on: date, by: User, expected: int | None = None) -> OpenSession:
    """Return the session, held no more from a day. Raises NotAllowed, WrongTimes, VersionClash."""
    permissions.check_can_run(by)
    policies.check_near(on, timezone.localdate())
    if on < session.started_on:
        raise policies.WrongTimes("It would end before it began.", "Check the day.")
    return carry_on_matter(session, by=by, act="end_session", expected=expected, ended_on=on)


@transaction.atomic
def leave_out(*, session: OpenSession, on: date, by: User, expected: int | None = None) -> OpenSession:
    """Return the session, not held on one of its days; who had a place then is among `queries.to_tell`.

    Raises NotAllowed, NotHeld, VersionClash.
    """
    permissions.check_can_run(by)
    policies.check_held(session, on)
    days = sorted({*session.not_on, on.isoformat()})
    return carry_on_matter(session, by=by, act="leave_out_session", expected=expected, not_on=days)


@transaction.atomic
def hold_after_all(*, session: OpenSession, on: date, by: User, expected: int | None = None) -> OpenSession:
    """Return the session, held after all on a day that was left out.

    Raises NotAllowed, NotHeld, VersionClash.
    """
    permissions.check_can_run(by)
    if on.isoformat() not in session.not_on:
        raise policies.NotHeld(f"{long_date(on)} was not left out.", "Look at the session again.")
    days = [day for day in session.not_on if day != on.isoformat()]
    return carry_on_matter(session, by=by, act="hold_session_after_all", expected=expected, not_on=days)


@transaction.atomic
def count_who_came(
    *,
    session: OpenSession,
    held_on: date,
    adults: int,
    under_5: int,
    five_and_over: int,
    by: User,
    first_time: int | None = None,
) -> WhoCame:
    """Return how many came to a session on a day; no names. The same numbers again are the same count.

    Raises NotAllowed, NotHeld, NotSaid, AlreadyCounted.
    """
    permissions.check_can_run(by)
    policies.check_held(session, held_on)
    if held_on > timezone.localdate():
        raise policies.NotHeld("That day has not come yet.", "Count who came on the day, or after it.")
    numbers = {"adults": adults, "under_5": under_5, "five_and_over": five_and_over, "first_time": first_time}
    policies.check_counts(numbers.values())
    OpenSession.objects.select_for_update().get(pk=session.pk)  # of two at once, the second sees the first
    if before := queries.counted(session, held_on):
        if all(getattr(before, name) == number for name, number in numbers.items()):
            return before
        raise policies.AlreadyCounted(
            f"This day was counted before: {before.in_all} came.", "Correct that count if it is wrong."
        )
    came = WhoCame(session_thread=session.thread, held_on=held_on, **numbers)
    return enter_matter(came, by=by, act="count_who_came")


@transaction.atomic
def correct_count(*, count: WhoCame, by: User, expected: int | None = None, **numbers: Any) -> WhoCame:
    """Return a count put right; what was counted first stays readable. Raises NotAllowed, NotSaid,
    VersionClash."""
    permissions.check_can_run(by)
    policies.check_counts(numbers.values())
    return carry_on_matter(
        count, by=by, act="correct_count", ended_as="corrected", expected=expected, **numbers
    )
