"""Asking for a place at a session, giving it back, and keeping what could not be given."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.access import links
from kith.record.access.models import OneTimeLink
from kith.record.centres import permissions, policies, queries
from kith.record.centres.models import OpenSession, SignUp, UnmetNeed
from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.chronology.policies import check_code
from kith.record.people.models import User
from kith.record.said import check_said
from kith.standards.dates import long_date

LINK = "place"
SENT_TWICE = timedelta(minutes=30)  # the same again: somebody pressed twice, or the line was bad


@transaction.atomic
def sign_up(
    *,
    session: OpenSession,
    on: date,
    how_many: int,
    called: str = "",
    reach: str = "",
    needs: str = "",
    by: User | None = None,
) -> SignUp:
    """Return places at a session on a day, for a family that gives no more of itself than it chooses.

    `by` is None for a family on the public page; a worker may ask for one. Sent twice with the same name, it
    is one. Raises NotBookable, NotHeld, NotSaid, NoPlaceLeft, NotAllowed.
    """
    if by is not None:
        permissions.check_can_keep_need(by)
    policies.check_how_many(how_many)
    now = OpenSession.objects.select_for_update().get(pk=session.pk)  # two who take the last place at once
    if now.superseded_at is not None:
        now = OpenSession.current.select_for_update().get(thread=session.thread)
    _check_place(now, on)
    wanted = {"session_thread": now.thread, "on": on, "called": called.strip(), "reach": reach.strip()}
    if (called.strip() or reach.strip()) and (before := _sent_before(wanted, how_many)):
        return before
    left = (now.places or 0) - queries.places_taken(now, on)
    if how_many > left:
        raise policies.NoPlaceLeft(
            f"There are {left} places left on {long_date(on)}.", "Choose fewer, or another day."
        )
    return enter_matter(SignUp(**wanted, how_many=how_many, needs=needs.strip()), by=by, act="sign_up")


def _check_place(session: OpenSession, on: date) -> None:
    if not session.is_bookable:
        raise policies.NotBookable(f"Nobody needs a place at {session}.", "Just come.")
    policies.check_place_on(session, on, timezone.localdate())


def _sent_before(wanted: dict[str, object], how_many: int) -> SignUp | None:
    since = timezone.now() - SENT_TWICE
    same = SignUp.current.filter(**wanted, how_many=how_many, given_back_at=None, recorded_at__gte=since)
    found: SignUp | None = same.first()
    return found


@transaction.atomic
def sign_up_with_link(*, session: OpenSession, on: date, **wanted: Any) -> tuple[SignUp, str]:
    """Return a place for a family on the public page, and the words of a link by which it is given back.

    `wanted` are the other arguments of `sign_up`. Raises what that raises.
    """
    place = sign_up(session=session, on=on, **wanted)
    return place, link_to(place)


def link_to(place: SignUp) -> str:
    """Return the words of a new link by which a place is given back, good until its day is over.

    For whoever just took the place: the words of a link made before are kept nowhere. Raises NotPossible
    where that day is over.
    """
    the_day_after = timezone.make_aware(datetime.combine(place.on + timedelta(days=1), time()))
    made = links.make_link(
        kind=LINK, about_table=place._meta.label_lower, about_thread=place.thread, expires_at=the_day_after,
        by=None,
    )  # fmt: skip
    return made.token


@transaction.atomic
def give_back(*, place: SignUp, by: User, expected: int | None = None) -> SignUp:
    """Return the place, free for somebody else. Raises NotAllowed, NotHeld, VersionClash."""
    permissions.check_can_keep_need(by)
    return _given_back(place, by, expected)


@transaction.atomic
def give_back_by_link(*, link: OneTimeLink) -> SignUp:
    """Return the place that a family gives back itself, by the link it got. Raises LinkEnded, NotHeld."""
    links.use_link(link)
    place = queries.place_of(link.about_thread)
    if place is None:
        raise policies.NotHeld("This place is not there any more.", "Nothing needs doing.")
    return _given_back(place, None, None)


def _given_back(place: SignUp, by: User | None, expected: int | None) -> SignUp:
    if (queries.place_of(place.thread) or place).given_back_at is not None:
        raise policies.NotHeld("This place was given back before.", "Nothing needs doing.")
    return carry_on_matter(
        place, by=by, act="give_back_place", expected=expected, given_back_at=timezone.now()
    )


@transaction.atomic
def tell_of_change(*, place: SignUp, by: User, expected: int | None = None) -> SignUp:
    """Return the place with now as the moment at which its family was told that it is not held after all.

    Where it is held and only something of it changed, nothing is left to be told of that.
    Raises NotAllowed, NotHeld, VersionClash.
    """
    permissions.check_can_keep_need(by)
    newest = queries.place_of(place.thread) or place
    session = queries.session_of(newest.session_thread)
    if session and session.is_held_on(newest.on) and newest.what_changed:
        return carry_on_matter(place, by=by, act="tell_of_change", expected=expected, what_changed="")
    if session and session.is_held_on(newest.on):
        raise policies.NotHeld(f"{session} is held on {long_date(newest.on)}.", "Nobody needs telling.")
    if newest.told_at is not None:
        return newest
    return carry_on_matter(
        place, by=by, act="tell_of_change", expected=expected, told_at=timezone.now(), what_changed=""
    )


@transaction.atomic
def keep_unmet_need(
    *,
    what: str,
    by: User,
    kind: str = "",
    district: str = "",
    ages: str = "",
    noted_on: date | None = None,
    request_thread: int | None = None,
    need_thread: int | None = None,
) -> UnmetNeed:
    """Return help that was needed and could not be given; that of one request, or one need, is kept once.

    Raises NotAllowed, NotSaid.
    """
    permissions.check_can_keep_need(by)
    needed = check_said(what, "What was needed")
    if kind:
        check_code("help_needs", kind, noted_on or timezone.localdate(), "what kind of help")
    if request_thread and (kept := UnmetNeed.current.filter(request_thread=request_thread).first()):
        return kept  # type: ignore[no-any-return]
    if need_thread and (kept := UnmetNeed.current.filter(need_thread=need_thread).first()):
        return kept  # type: ignore[no-any-return]
    need = UnmetNeed(
        what=needed[:500],
        kind=kind,
        district=district.strip(),
        ages=ages.strip(),
        noted_on=noted_on or timezone.localdate(),
        request_thread=request_thread,
        need_thread=need_thread,
    )
    return enter_matter(need, by=by, act="keep_unmet_need")
