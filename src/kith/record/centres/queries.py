"""What is open, how many came, which places are left, what was missing, and the directory."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from kith.record.centres.models import Centre, DirectoryService, OpenSession, SignUp, UnmetNeed, WhoCame
from kith.record.versions import current_matters
from kith.standards.codes import code_list
from kith.standards.dates import long_date

A_WEEK = timedelta(days=6)  # with today, seven days


@dataclass(frozen=True)
class Held:
    """A session on one day, as a family reads of it. `left` is None where anybody drops in."""

    session: OpenSession
    centre: Centre
    on: date
    left: int | None = None

    @property
    def when(self) -> str:
        return f"{long_date(self.on)}, {self.session.opens_at:%H:%M} to {self.session.closes_at:%H:%M}"

    @property
    def where(self) -> str:
        return f"{self.centre.name}, {self.centre.address}, {self.centre.postcode}"

    @property
    def how(self) -> str:
        """How one comes: by dropping in, or with a place."""
        if not self.session.is_bookable:
            return "Just come"
        return "Full" if self.left == 0 else f"Ask for a place: {self.left} left"

    def __str__(self) -> str:
        return f"{self.session.name}: {self.when}, at {self.where}. {self.how}."


def centres_open(on: date) -> list[Centre]:
    """The centres that have not closed, by name."""
    return list(Centre.current.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by("name", "pk"))


def centre_of(thread: int) -> Centre | None:
    """The current version of a centre, or None."""
    found: Centre | None = Centre.current.filter(thread=thread).first()
    return found


def session_of(thread: int) -> OpenSession | None:
    """The current version of a session, or None."""
    found: OpenSession | None = OpenSession.current.filter(thread=thread).first()
    return found


def sessions_at(centre: Centre, on: date) -> list[OpenSession]:
    """What is open at a centre and has not ended, in the order of the week."""
    rows = _not_ended(on).filter(centre_thread=centre.thread)
    return sorted(rows, key=lambda one: (one.started_on.weekday(), one.opens_at, one.pk))


def sessions_this_week(today: date, where: str = "") -> list[Held]:
    """What is open to everybody in the seven days from `today`, the soonest first.

    With `where` (a district, or the first half of a postcode) what is near it, if anything is; else all.
    """
    held = sessions_between(today, today + A_WEEK)
    near = [one for one in held if is_near(one.centre, where)]
    return near or held


def sessions_between(first: date, last: date) -> list[Held]:
    """What is open from a day to a day, both among them, with the places that are left; the soonest first."""
    centres = {one.thread: one for one in centres_open(first)}
    rows = [one for one in _not_ended(first) if one.centre_thread in centres]
    taken = _taken(rows, first, last)
    held = [
        Held(one, centres[one.centre_thread], day, _left(one, taken.get((one.thread, day), 0)))
        for one in rows
        for day in one.days_between(first, last)
    ]
    return sorted(held, key=lambda one: (one.on, one.session.opens_at, one.session.pk))


def _not_ended(on: date) -> "QuerySet[OpenSession]":
    rows: QuerySet[OpenSession] = OpenSession.current.filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return rows


def held_on(session: OpenSession, centre: Centre, on: date) -> Held:
    """A session on a day with the places left."""
    return Held(session, centre, on, _left(session, places_taken(session, on)))


def places_taken(session: OpenSession, on: date) -> int:
    """How many places of a session are taken on a day."""
    return _taken([session], on, on).get((session.thread, on), 0)


def _taken(sessions: Iterable[OpenSession], first: date, last: date) -> dict[tuple[int, date], int]:
    rows = SignUp.current.filter(
        session_thread__in=[one.thread for one in sessions if one.is_bookable],
        on__range=(first, last),
        given_back_at=None,
    )
    summed = rows.values("session_thread", "on").annotate(taken=Sum("how_many"))
    return {(row["session_thread"], row["on"]): row["taken"] for row in summed}


def _left(session: OpenSession, taken: int) -> int | None:
    return max((session.places or 0) - taken, 0) if session.is_bookable else None


def is_near(centre: Centre, where: str) -> bool:
    asked = " ".join(where.casefold().split())
    if not asked:
        return False
    first_half = asked.split()[0]
    is_of_postcode = centre.postcode.casefold().split()[:1] == [first_half]
    return is_of_postcode or bool(centre.district and centre.district.casefold() in asked)


def most_taken(session: OpenSession, today: date) -> int:
    """The most places that are taken on any one day from `today`; 0 where none is."""
    rows = SignUp.current.filter(session_thread=session.thread, on__gte=today, given_back_at=None)
    summed = rows.values("on").annotate(taken=Sum("how_many"))
    return max((row["taken"] for row in summed), default=0)


def places_to_come(session: OpenSession, today: date) -> list[SignUp]:
    """The places at a session from `today`, on days on which it is held; those given back are left out."""
    rows = SignUp.current.filter(session_thread=session.thread, on__gte=today, given_back_at=None)
    return [place for place in rows.order_by("on", "pk") if session.is_held_on(place.on)]


def sign_ups(session: OpenSession, on: date) -> list[SignUp]:
    """The places asked for at a session on a day, the first first; those given back are left out."""
    rows = SignUp.current.filter(session_thread=session.thread, on=on, given_back_at=None)
    return list(rows.order_by("recorded_at", "pk"))


def place_of(thread: int) -> SignUp | None:
    """The current version of a place, or None."""
    found: SignUp | None = SignUp.current.filter(thread=thread).first()
    return found


@dataclass(frozen=True)
class ToTell:
    """A place on a day on which the session is not held after all, or is otherwise than when it was taken."""

    place: SignUp
    session: OpenSession
    centre: Centre

    @property
    def is_held(self) -> bool:
        return self.session.is_held_on(self.place.on)


def to_tell(today: date, session: OpenSession | None = None) -> list[ToTell]:
    """Who has a place on a day to come that is not held after all or is otherwise, and was not told.

    The soonest first, of one session where it is given. Among them those who left no way to be told: a note
    on the door is all there is.
    """
    rows = SignUp.current.filter(on__gte=today, given_back_at=None, told_at=None)
    if session is not None:
        rows = rows.filter(session_thread=session.thread)
    places = list(rows.order_by("on", "recorded_at", "pk"))
    sessions = current_matters(OpenSession, {place.session_thread for place in places})
    centres = current_matters(Centre, {one.centre_thread for one in sessions.values()})
    return [
        ToTell(place, one, centres[one.centre_thread])
        for place in places
        if (one := sessions.get(place.session_thread))
        and (place.what_changed or not one.is_held_on(place.on))
    ]


def called_off(first: date, last: date) -> list[Held]:
    """What families might come to from a day to a day and is not held on its day, the soonest first."""
    days = {(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)}
    centres = {one.thread: one for one in centres_open(first)}
    found = [
        Held(one, centres[one.centre_thread], date.fromisoformat(day))
        for one in _not_ended(first)
        if one.centre_thread in centres
        for day in days & set(one.not_on)
    ]
    return sorted(found, key=lambda one: (one.on, one.session.opens_at, one.session.pk))


def counted(session: OpenSession, on: date) -> WhoCame | None:
    """How many came to a session on a day, or None where nobody counted."""
    found: WhoCame | None = WhoCame.current.filter(session_thread=session.thread, held_on=on).first()
    return found


def counts_of(session: OpenSession) -> list[WhoCame]:
    """How many came to a session each time, the latest first."""
    return list(WhoCame.current.filter(session_thread=session.thread).order_by("-held_on"))


def not_counted(session: OpenSession, today: date, weeks: int = 4) -> list[date]:
    """The days of the last weeks on which it was held and nobody counted, the latest first."""
    had = {one.held_on for one in counts_of(session)}
    days = session.days_between(today - timedelta(weeks=weeks), today)
    return [day for day in reversed(days) if day not in had]


def not_counted_of_late(today: date, weeks: int = 1) -> list[tuple[OpenSession, date]]:
    """Each session and day of the last weeks that nobody counted, the latest first."""
    first = today - timedelta(weeks=weeks)
    sessions = list(_not_ended(first))
    counts = WhoCame.current.filter(held_on__range=(first, today))
    had = set(counts.values_list("session_thread", "held_on")) if sessions else set()
    days = [(one, day) for one in sessions for day in one.days_between(first, today)]
    left = [(one, day) for one, day in days if (one.thread, day) not in had]
    return sorted(left, key=lambda each: (each[1], each[0].pk), reverse=True)


def unmet_needs() -> "QuerySet[UnmetNeed]":
    """What could not be given, the latest first."""
    rows: QuerySet[UnmetNeed] = UnmetNeed.current.all()
    return rows.order_by("-noted_on", "-pk")


@dataclass(frozen=True)
class Unmet:
    """How often one kind of help could not be given, and where: the places with the most first."""

    kind: str
    count: int
    where: list[tuple[str, int]]


def unmet_by_kind(since: date) -> list[Unmet]:
    """What could not be given since a day, by the kind of help (code list `help_needs`), the most first.

    What was kept without a kind stands under "Something else", and without a place under none.
    """
    places: dict[str, Counter[str]] = {}
    for need in unmet_needs().filter(noted_on__gte=since):
        places.setdefault(need.kind or "other", Counter())[need.district] += 1
    found = [
        Unmet(
            _kind_in_words(kind), counts.total(), [(where, n) for where, n in counts.most_common() if where]
        )
        for kind, counts in places.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.kind))


def _kind_in_words(kind: str) -> str:
    known = code_list("help_needs").find(kind)
    return known.label if known else kind


def service_with(thread: int | None) -> DirectoryService | None:
    """The current version of a service of the directory, or None."""
    found: DirectoryService | None = (
        DirectoryService.current.filter(thread=thread).first() if thread else None
    )
    return found


def directory() -> "QuerySet[DirectoryService]":
    """Every service of the directory, by name."""
    rows: QuerySet[DirectoryService] = DirectoryService.current.all()
    return rows.order_by("name", "source_id")


def service_of(source_id: str) -> DirectoryService | None:
    """The service of an id of whoever publishes it, or None."""
    found: DirectoryService | None = DirectoryService.current.filter(source_id=source_id).first()
    return found
