"""Asking about visits and notes: when a child was seen, and alone; what a visit says to whoever reads it.

The clocks of every room ask here when a visit met them, so that all of them count alike: made in person,
this child seen (a child not yet born by their mother), by a visitor who counts, and dated by the day it
was made, whenever it was written down.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from kith.record.audit.models import Entry
from kith.record.people.models import User
from kith.record.people.queries import same_person_ids
from kith.record.versions import current_facts, current_matters, parts_of
from kith.record.visits.models import How, Note, NoteAbout, Seen, Visit
from kith.standards.clocks import Moment, day_of
from kith.standards.tables import day, holds_on, rows

_WHO_COUNTS = Path(__file__).parent / "data" / "visitors_who_count.csv"


def visits_of(person_ids: Iterable[int]) -> list[Seen]:
    """What every visit was to each of these people, the latest last; tried and unseen ones too."""
    return sorted(current_facts(Seen, person_ids), key=lambda seen: (seen.visited_on, seen.pk))


def met(person_ids: Iterable[int], clock: str = "") -> dict[int, list[Moment]]:
    """When each of these people was seen by somebody in person, the first time first.

    With a clock, only the visits of those whose role counts for it (data/visitors_who_count.csv).
    """
    ids = [*person_ids]
    found: dict[int, list[Moment]] = {pk: [] for pk in ids}
    for seen in visits_of(ids):
        if _is_met(seen) and (not clock or _counts(seen, clock)):
            found[seen.person_id].append(seen.moment)
    return found


def met_first(since: Mapping[int, date], clock: str = "", *, among: Iterable[int] = ()) -> dict[int, Moment]:
    """When each of these people was first seen in person from their day in `since` on.

    `among` are all of whom a page asks about, read with them at once.
    """
    found = met([*since, *among], clock)
    return {
        pk: moments[0]
        for pk, start in since.items()
        if (moments := [at for at in found[pk] if day_of(at) >= start])
    }


def last_seen(person_ids: Iterable[int]) -> dict[int, date]:
    """The last day on which each of these people was seen in person; those never seen are left out."""
    return {pk: day_of(moments[-1]) for pk, moments in met(person_ids).items() if moments}


def last_seen_alone(person_ids: Iterable[int]) -> dict[int, date]:
    """The last day on which each of these people was seen alone, in person."""
    alone = [seen for seen in visits_of(person_ids) if _is_met(seen) and seen.is_seen_alone]
    return {seen.person_id: seen.visited_on for seen in alone}


def met_since(since: Mapping[int, Moment]) -> dict[int, date]:
    """The latest day from their moment on that a visit met each of these people, for those it met.

    Whether it was after the moment is told by `is_since`.
    """
    latest = {pk: moments[-1] for pk, moments in met(since).items() if moments}
    return {pk: day_of(at) for pk, at in latest.items() if is_since(at, since[pk])}


def is_since(at: Moment, start: Moment) -> bool:
    """Whether `at` is from `start` on: of its very day and without an hour, it may have come before."""
    if not isinstance(start, datetime):
        return day_of(at) >= start
    return at >= start if isinstance(at, datetime) else at > day_of(start)


def was_seen_alone(person_ids: Iterable[int], on: date) -> bool | None:
    """Whether a visit on that day saw this person alone; None where no visit met them or said so."""
    met = [seen.is_seen_alone for seen in visits_of(person_ids) if _is_met(seen) and seen.visited_on == on]
    return max((said for said in met if said is not None), default=None)


def nobody_in(person_ids: Iterable[int]) -> dict[int, int]:
    """How many times in a row, up to now, nobody was in when each of these people was visited."""
    tried: dict[int, int] = {}
    for one in visits_of(person_ids):
        tried[one.person_id] = tried.get(one.person_id, 0) + 1 if one.how == How.NOBODY_IN else 0
    return {pk: times for pk, times in tried.items() if times}


def notes_of(person_ids: Iterable[int]) -> list[NoteAbout]:
    """What every note was about each of these people, the latest last."""
    return sorted(current_facts(NoteAbout, person_ids), key=lambda one: (one.noted_on, one.pk))


def visit(thread: int) -> Visit | None:
    """The visit of this thread as it stands, or None."""
    return current_matters(Visit, [thread]).get(thread)


def note(thread: int) -> Note | None:
    """The note of this thread as it stands, or None."""
    return current_matters(Note, [thread]).get(thread)


def children_of(matter: Visit | Note) -> list[Seen] | list[NoteAbout]:
    """Each child's part of a visit or a note, with the child, the first recorded first."""
    if isinstance(matter, Visit):
        return parts_of(Seen, [matter.thread], "person")[matter.thread]
    return parts_of(NoteAbout, [matter.thread], "person")[matter.thread]


def who_has_opened(part: Seen | NoteAbout) -> list[tuple[str, datetime]]:
    """Who has opened the record that a part stands on, from when it was written until it was taken off.

    A record that was merged is opened as the one it is kept under: those looks count too.
    """
    versions = type(part).objects.filter(thread=part.thread).order_by("pk")
    first, last = versions.first() or part, versions.last() or part
    ids = same_person_ids(part.person)
    looks = Entry.objects.filter(person_id__in=ids, act="record_opened", at__gte=first.recorded_at)
    if last.superseded_at is not None:
        looks = looks.filter(at__lte=last.superseded_at)
    found = list(looks.order_by("at", "pk").values_list("actor_id", "at"))
    actors = User.objects.filter(pk__in={actor for actor, _ in found})
    names = dict(actors.values_list("pk", "name"))
    return [(names.get(actor, "Kith"), at) for actor, at in found]


def days_late(matter: Visit | Note) -> int:
    """How many days after it was made a visit or a note was first written down."""
    first = type(matter).objects.filter(thread=matter.thread).order_by("pk").first() or matter
    return max(timedelta(0), (matter.first_written_at or first.recorded_at) - matter.at).days


def _is_met(seen: Seen) -> bool:
    return seen.how == How.IN_PERSON and bool(seen.is_seen or seen.is_mother_seen)


def _counts(seen: Seen, clock: str) -> bool:
    """Whether the visitor counts for a clock; a file tells of no visitor, and its visits count as told."""
    return not seen.visitor_roles or bool({*seen.visitor_roles} & _roles(clock, seen.visited_on))


def is_a_visitor(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles makes visits that some clock counts, as data/visitors_who_count.csv
    says."""
    return bool({role for _, role, _, _ in _who_counts()} & {*roles})


def _roles(clock: str, on: date) -> set[str]:
    return {role for name, role, first, last in _who_counts() if name == clock and holds_on(on, first, last)}


@cache
def _who_counts() -> tuple[tuple[str, str, date | None, date | None], ...]:
    return tuple((row["clock"], row["role"], day(row["from"]), day(row["to"])) for row in rows(_WHO_COUNTS))
