"""When a conference may be held: three days inside its clock, with a room and a chair who are free."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice

from kith.record.clocks.queries import local_limits
from kith.record.people.local import local_list
from kith.record.people.models import Person, Role, User
from kith.record.people.queries import holders_of, same_person_ids
from kith.record.protection.clock_facts import REPORTS, REPORTS_OF_REVIEW
from kith.record.protection.models import Conference
from kith.record.protection.policies import NotIndependent, check_independent
from kith.record.protection.queries import meetings_of
from kith.standards.clocks import Clock, ProposedDay, clock, due_on, in_force, propose_dates
from kith.standards.dates import long_date
from kith.standards.working_days import add_working_days, in_london, legal_day

OFFERED = 3
HOUR = time(10, 0)  # of a day offered; another hour may be typed
CHAIRS = 12  # so many chairs are looked at
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Slot:
    """A day and hour on offer. `value` is what the form sends."""

    at: datetime
    room: str
    chair: User | None
    papers_by: date
    are_papers_in_time: bool
    is_late: bool

    @property
    def value(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M}"

    @property
    def words(self) -> str:
        """The day, the room and the chair, and what is not as it should be."""
        told = [f"{long_date(self.at.date())}, {self.at:%H:%M}", self.room]
        told.append(f"chair {self.chair}" if self.chair else "no chair found yet")
        told.append(
            f"papers with the family by {long_date(self.papers_by)}"
            if self.are_papers_in_time
            else "papers cannot be there in time"
        )
        return ", ".join(part for part in [*told, "after the limit" if self.is_late else ""] if part)


def slots_for(
    started_on: date, limit: str, children: Sequence[Person], today: date, *, kind: str
) -> list[Slot]:
    """Three days on which a conference may be held; after the limit where none is left before it."""
    papers = _papers(kind, today)
    allowed = local_list("conference_days", today)
    proposed = [
        day
        for day in propose_dates(
            started_on,
            clock(limit),
            papers=papers,
            papers_from=add_working_days(today, 1),
            not_before=today + timedelta(days=1),
        )
        if DAYS[day.day.weekday()] in allowed
    ]
    is_late = not proposed
    days = _three(proposed) if proposed else _next(today, papers)
    taken = _taken([day.day for day in days])
    chairs = chairs_for(children, today)
    return [_slot(day, taken, chairs, today, is_late) for day in days]


def _three(days: Sequence[ProposedDay]) -> list[ProposedDay]:
    """The first, a middle and the last day on which papers can be in time; else the last days there are."""
    good = [day for day in days if day.are_papers_in_time] or list(days[-OFFERED:])
    if len(good) <= OFFERED:
        return list(good)
    return [good[0], good[len(good) // 2], good[-1]]


def _papers(kind: str, today: date) -> Clock:
    """How long before a conference its papers are with the family, as this authority sets it."""
    limit = REPORTS_OF_REVIEW if kind == Conference.Kind.REVIEW else REPORTS
    return in_force(clock(limit), local_limits(), today)


def _next(today: date, papers: Clock) -> list[ProposedDay]:
    """The next working days on which papers can be in time: late, and as soon as they can be read."""
    days = (add_working_days(today, number) for number in count(1))
    proposed = (ProposedDay(day, due_on(papers, day) or day, True) for day in days)
    return list(islice((one for one in proposed if one.papers_by > today), OFFERED))


def _taken(days: Collection[date]) -> list[Conference]:
    planned = Conference.current.filter(state=Conference.State.PLANNED).select_related("chair")
    return [one for one in planned if legal_day(one.planned_for) in days]


def chairs_for(children: Sequence[Person], today: date) -> list[User]:
    """Chairs who are independent of every child: the children's own first, then by name."""
    own = own_chairs(children)
    holders = holders_of([Role.REVIEWING_OFFICER])
    first = [one for one in own if holders.filter(pk=one.pk).exists()]
    others = holders.exclude(pk__in=[one.pk for one in first]).order_by("name", "pk")[:CHAIRS]
    return [one for one in [*first, *others] if is_independent(one, children, today)]


def chair_options(chairs: Iterable[User]) -> list[tuple[str, str]]:
    """These chairs as a form offers them."""
    return [(str(one.pk), one.name or one.email) for one in chairs]


def by_choice(chairs: Iterable[User], said: str) -> User | None:
    """The chair whom a form's answer names; None where it names none of these."""
    return next((one for one in chairs if str(one.pk) == said), None)


def own_chairs(children: Iterable[Person]) -> list[User]:
    """Who chaired the last conference held about each of these children, the latest first, each once."""
    last: dict[int, Conference] = {}
    for part, one in meetings_of([pk for child in children for pk in same_person_ids(child)]):
        if one.state == Conference.State.HELD and one.chair_id:
            before = last.get(part.person_id)
            if before is None or _held(one) > _held(before):
                last[part.person_id] = one
    latest = sorted(last.values(), key=_held, reverse=True)
    return list({one.chair_id: one.chair for one in latest if one.chair}.values())


def _held(one: Conference) -> datetime:
    return one.held_at or one.planned_for


def is_independent(chair: User, children: Sequence[Person], on: date) -> bool:
    """Whether this chair works with none of the children, nor with who does."""
    try:
        check_independent(chair, children, on)
    except NotIndependent:
        return False
    return True


def _slot(
    day: ProposedDay, taken: Sequence[Conference], chairs: Sequence[User], today: date, is_late: bool
) -> Slot:
    at = in_london(day.day, HOUR)
    that_day = [one for one in taken if legal_day(one.planned_for) == day.day]
    rooms = [one for one in local_list("conference_rooms", today) if one not in {c.room for c in that_day}]
    busy = {one.chair_id for one in that_day}
    chair = next((one for one in chairs if one.pk not in busy), None)
    return Slot(at, rooms[0] if rooms else "", chair, day.papers_by, day.are_papers_in_time, is_late)
