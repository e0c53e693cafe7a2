"""A child who is missing: reported, back, seen to be safe, and offered somebody to talk to."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kith.record.care import permissions, policies
from kith.record.care.models import MissingEpisode, Reply, ReturnInterview
from kith.record.care.queries import interview_after, open_missing, open_period
from kith.record.chronology.entering import carry_on, enter
from kith.record.chronology.policies import check_code, life_of
from kith.record.people.models import Person, User
from kith.record.people.records import lock_people
from kith.standards.working_days import legal_day


@transaction.atomic
def report_missing(
    *,
    child: Person,
    at: datetime,
    kind: str,
    by: User,
    last_seen: str = "",
    police_reference: str = "",
    risk: str = "",
    who_was_told: str = "",
) -> MissingEpisode:
    """Report any child, in care or not, as missing (M) or away from their placement (A) from that moment.

    `risk` is how the police grade it, "" while nobody has said.

    Raises NotAllowed, NotLookedAfter, NotSaid, WrongDate, WrongCode, AlreadyMissing.
    """
    permissions.check_can_report_missing(by, child)
    policies.check_moment(at, timezone.now())
    policies.check_grade(risk)
    lock_people([child])
    on = legal_day(at)
    policies.check_in_life(on, life_of(child), "going missing")
    if kind == policies.AWAY_FROM_PLACEMENT:
        policies.check_looked_after(open_period(child), on)
    check_code("missing_type", kind, on, "a way of being missing")
    policies.check_can_go(on, open_missing(child))
    episode = MissingEpisode(
        person=child,
        kind=kind,
        started_on=on,
        started_at=at,
        last_seen=last_seen,
        police_reference=police_reference,
        risk=risk,
        who_was_told=who_was_told.strip(),
    )
    return enter(episode, by=by, act="report_missing")


@transaction.atomic
def say_of_missing(
    *,
    episode: MissingEpisode,
    by: User,
    risk: str = "",
    who_was_told: str = "",
    last_seen: str = "",
    police_reference: str = "",
    expected: int | None = None,
) -> MissingEpisode:
    """Return a time missing with what is known of it now: the grade changes as hours go by.

    Raises NotAllowed, NotSaid, VersionClash.
    """
    permissions.check_can_report_missing(by, episode.person)
    policies.check_grade(risk)
    return carry_on(
        episode,
        by=by,
        act="say_of_missing",
        expected=expected,
        risk=risk,
        who_was_told=who_was_told.strip(),
        last_seen=last_seen,
        police_reference=police_reference,
    )


@transaction.atomic
def report_back(
    *, child: Person, at: datetime, by: User, found_where: str = "", is_seen: bool | None = None
) -> MissingEpisode:
    """The child came back or was found at that moment. `is_seen`: somebody has seen that they are safe.

    Raises NotAllowed, NotMissing, WrongDate.
    """
    permissions.check_can_report_missing(by, child)
    policies.check_moment(at, timezone.now())
    episode = policies.check_can_return(legal_day(at), open_missing(child))
    if episode.started_at:
        policies.check_after(at, episode.started_at)
    return carry_on(
        episode,
        by=by,
        act="report_back",
        ended_on=legal_day(at),
        ended_at=at,
        found_where=found_where,
        checked_at=at if is_seen else None,
    )


@transaction.atomic
def see_that_they_are_safe(*, episode: MissingEpisode, at: datetime, by: User) -> MissingEpisode:
    """Somebody saw, after the child came back, that they are safe and well.

    Raises NotAllowed, NotMissing, WrongDate, VersionClash.
    """
    permissions.check_can_report_missing(by, episode.person)
    policies.check_came_back(episode)
    policies.check_moment(at, timezone.now())
    if episode.ended_at:
        policies.check_after(at, episode.ended_at)
    return carry_on(episode, by=by, act="see_that_they_are_safe", checked_at=at)


@transaction.atomic
def offer_interview(
    *, episode: MissingEpisode, at: datetime, by: User, reply: str = "", because: str = ""
) -> ReturnInterview:
    """Offer a child who came back a talk with somebody independent; with their reply, where they gave one.

    Offered again, it is the same offer, with the newer reply. Raises NotAllowed, NotMissing, NotSaid,
    WrongDate.
    """
    permissions.check_can_interview(by, episode.person)
    policies.check_came_back(episode)
    policies.check_moment(at, timezone.now())
    if reply:
        policies.check_reply(reply, because)
    if before := interview_after(episode):
        return carry_on(before, by=by, act="offer_interview", reply=reply, reply_because=because)
    interview = ReturnInterview(
        person=episode.person,
        episode_thread=episode.thread,
        offered_at=at,
        reply=reply,
        reply_because=because,
    )
    return enter(interview, by=by, act="offer_interview")


@transaction.atomic
def hold_interview(
    *,
    interview: ReturnInterview,
    at: datetime,
    held_by: str,
    by: User,
    said: str = "",
    shared_with: str = "",
    expected: int | None = None,
) -> ReturnInterview:
    """Write down the talk: who held it, what the child said, and with whom anything of it is shared.

    Raises NotAllowed, NotSaid, NotPossible, WrongDate, VersionClash.
    """
    permissions.check_can_interview(by, interview.person)
    policies.check_held(interview, held_by)
    policies.check_moment(at, timezone.now())
    policies.check_after(at, interview.offered_at)
    return carry_on(
        interview,
        by=by,
        act="hold_interview",
        expected=expected,
        reply=Reply.ACCEPTED,
        held_at=at,
        held_by=held_by.strip(),
        said=said,
        shared_with=shared_with,
    )
