"""What there is of help: requests that wait, families that are helped, and what was written of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from kith.record.facts import Matter, is_in_force
from kith.record.help.models import (
    Agreement,
    ChildsView,
    FamilyHelp,
    FamilyMeeting,
    FamilyNeed,
    HelpEpisode,
    HelpReply,
    HelpRequest,
    HelpReview,
    SteppedUp,
    StepUp,
    TeamMember,
)
from kith.record.people import queries as people
from kith.record.people.models import Person, User
from kith.record.people.queries import in_force
from kith.record.versions import current_facts, current_matters, parts_of

ONE_ACT = timedelta(minutes=1)  # a child who is put on record as the help begins
OfFamily = TypeVar("OfFamily", Agreement, FamilyNeed, TeamMember, FamilyMeeting, HelpReview, StepUp)


def requests_waiting() -> "QuerySet[HelpRequest]":
    """The requests for help of which nobody has decided what becomes of them, the longest waiting first."""
    waiting: QuerySet[HelpRequest] = HelpRequest.current.filter(answer="")
    return waiting.order_by("asked_at", "pk")


def requests_answered(limit: int = 50) -> list[HelpRequest]:
    """The requests that were answered, the newest answer first."""
    answered = HelpRequest.current.exclude(answer="").select_related("answered_by")
    return list(answered.order_by("-answered_at", "-pk")[:limit])


def request_of(thread: int | None) -> HelpRequest | None:
    """The current version of a request, or None."""
    return current_matters(HelpRequest, [thread]).get(thread) if thread else None


def came_from_somebody_else(request: HelpRequest | None, by: User) -> bool:
    """Whether anybody but `by` stands behind a request for help: a family on the public page, a colleague."""
    if request is None:
        return False
    return HelpRequest.objects.filter(thread=request.thread).exclude(recorded_by=by).exists()


def requests_of_help(person_ids: Iterable[int]) -> list[HelpRequest]:
    """The requests that led to the help of these records, the newest first."""
    families = {one.family_thread for one in episodes_of(person_ids) if one.family_thread}
    if not families:
        return []
    asked: QuerySet[HelpRequest] = HelpRequest.current.filter(family_thread__in=families)
    return list(asked.order_by("-asked_at", "-pk"))


def requests_by_name(names: Iterable[str]) -> list[HelpRequest]:
    """The requests of somebody with one of these whole names, the newest first: not by a first name."""
    whole = [name for name in names if len(name.split()) > 1]
    if not whole:
        return []
    alike = reduce(or_, (Q(name__iexact=name) for name in whole))
    asked: QuerySet[HelpRequest] = HelpRequest.current.filter(alike)
    return list(asked.order_by("-asked_at", "-pk"))


def replies_to(threads: Iterable[int]) -> dict[int, list[HelpReply]]:
    """The tries to reach those who asked, by the request's thread, the first one first."""
    found: dict[int, list[HelpReply]] = {thread: [] for thread in threads}
    tries = HelpReply.current.filter(request_thread__in=[*found]).select_related("recorded_by")
    for reply in tries.order_by("tried_at", "pk"):
        found[reply.request_thread].append(reply)
    return found


def help_of(thread: int | None) -> FamilyHelp | None:
    """The current version of a family's help, or None."""
    return current_matters(FamilyHelp, [thread]).get(thread) if thread else None


def helps_open(on: date) -> list[FamilyHelp]:
    """The families that are helped on a day, those that wait for somebody to lead first."""
    found = FamilyHelp.current.filter(Q(ended_on=None) | Q(ended_on__gt=on)).select_related("lead")
    return sorted(found, key=lambda help: (help.lead_named_on is not None, help.accepted_at, help.pk))


def ids_helped(threads: Iterable[int]) -> dict[int, list[int]]:
    """The kept ids of the children that each family's help is for, in the order they came.

    While it goes on for one of them, whoever it ended for is left out: a pregnancy ended.
    """
    found: dict[int, list[int]] = {thread: [] for thread in threads}
    rows = HelpEpisode.current.filter(family_thread__in=[*found]).order_by("pk")
    told = list(rows.values_list("family_thread", "person_id", "ended_on"))
    goes_on = {thread for thread, _, ended_on in told if ended_on is None}
    pairs = [(thread, person) for thread, person, ended in told if not ended or thread not in goes_on]
    kept = people.kept_ids({person for _, person in pairs})
    for thread, person in pairs:
        if kept[person] not in found[thread]:
            found[thread].append(kept[person])
    return found


def people_helped(help: FamilyHelp) -> list[Person]:
    """The children that a family's help is for, as their records are kept now."""
    ids = ids_helped([help.thread])[help.thread]
    held = Person.objects.in_bulk(ids)
    return [held[pk] for pk in ids]


def episodes_of(person_ids: Iterable[int]) -> list[HelpEpisode]:
    """Every time of help that these records tell of, the first recorded first."""
    return current_facts(HelpEpisode, person_ids, "worker")


def episodes_of_family(thread: int) -> list[HelpEpisode]:
    """Each child's own time in a family's help, open and ended."""
    rows = HelpEpisode.current.filter(family_thread=thread).select_related("person", "worker")
    return list(rows.order_by("pk"))


def open_episodes(persons: Iterable[Person], on: date) -> dict[int, HelpEpisode]:
    """The help that is open for each of these records on a day, by record."""
    held = episodes_of(person.pk for person in persons)
    return {one.person_id: one for one in held if is_in_force(one, on)}


def episodes_open_on(on: date) -> "QuerySet[HelpEpisode]":
    """The help in force on a day: what makes somebody count as in open work."""
    found: QuerySet[HelpEpisode] = HelpEpisode.current.filter(in_force(on))
    return found


def episodes_without_lead_on(on: date) -> "QuerySet[HelpEpisode]":
    """The help that waits for somebody to lead it: whoever answers families may open those records."""
    unled = FamilyHelp.current.filter(lead=None, lead_named_on=None, ended_on=None).values("thread")
    return episodes_open_on(on).filter(family_thread__in=unled)


def help_before(person_ids: Iterable[int]) -> dict[int, list[HelpEpisode]]:
    """The help each of these kept people had, the newest first: what an enquiry has to look at first."""
    under = people.merged_under(person_ids)
    top = {pk: kept for kept, ids in under.items() for pk in ids}
    found: dict[int, list[HelpEpisode]] = {pk: [] for pk in under}
    for episode in episodes_of(top):
        found[top[episode.person_id]].append(episode)
    return {pk: sorted(each, key=lambda one: one.started_on, reverse=True) for pk, each in found.items()}


def family_of(person_id: int, on: date) -> FamilyHelp | None:
    """The family help that is open for a kept person, or None."""
    held = [one for one in help_before([person_id])[person_id] if one.family_thread and is_in_force(one, on)]
    return help_of(held[0].family_thread) if held else None


@dataclass(frozen=True)
class Written:
    """What has been written of a family's help, beside each child's own."""

    agreements: list[Agreement]
    needs: list[FamilyNeed]
    team: list[TeamMember]
    meetings: list[FamilyMeeting]
    reviews: list[HelpReview]
    steps: list[StepUp]


def written_of(help: FamilyHelp, person_ids: Iterable[int]) -> Written:
    """What is written of a family's help, with the needs of all and of these kept people alone."""
    may_open = set(person_ids)
    needs = of_family(FamilyNeed, help.thread)
    kept = people.kept_ids({need.only_for_id for need in needs if need.only_for_id})
    return Written(
        agreements=of_family(Agreement, help.thread),
        needs=[need for need in needs if not need.only_for_id or kept[need.only_for_id] in may_open],
        team=of_family(TeamMember, help.thread),
        meetings=of_family(FamilyMeeting, help.thread),
        reviews=of_family(HelpReview, help.thread),
        steps=of_family(StepUp, help.thread),
    )


def of_family(kind: type[OfFamily], thread: int) -> list[OfFamily]:
    """What of one kind is written of a family's help, the first written first."""
    return list(kind.current.filter(family_thread=thread).order_by("pk"))


def matter_of(kind: type[Matter], thread: int) -> Any:
    """The current version of one of a family's matters, or None."""
    return current_matters(kind, [thread]).get(thread)


def views_of(help: FamilyHelp, person_ids: Iterable[int]) -> dict[int, list[ChildsView]]:
    """What each of these kept people said, the newest first."""
    found: dict[int, list[ChildsView]] = {pk: [] for pk in person_ids}
    parts = parts_of(ChildsView, [help.thread])[help.thread]
    kept = people.kept_ids({part.person_id for part in parts})
    for part in reversed(parts):
        if kept[part.person_id] in found:
            found[kept[part.person_id]].append(part)
    return found


def steps_undecided() -> list[StepUp]:
    """The step ups that wait for a manager, the longest waiting first."""
    waiting = StepUp.current.filter(decision="", withdrawn_because="")
    return list(waiting.order_by("asked_at", "pk"))


def asked_step_ups_of(user: User) -> list[StepUp]:
    """The step ups that a worker asked for and that wait for a manager, the longest waiting first."""
    asked = StepUp.objects.filter(supersedes=None, recorded_by=user).values("thread")
    waiting = StepUp.current.filter(decision="", withdrawn_because="", thread__in=asked)
    return list(waiting.order_by("asked_at", "pk"))


def ids_stepped_up(threads: Iterable[int]) -> dict[int, list[int]]:
    """The kept ids of the children that each step up is about."""
    parts = parts_of(SteppedUp, threads)
    kept = people.kept_ids({part.person_id for each in parts.values() for part in each})
    return {
        thread: list(dict.fromkeys(kept[part.person_id] for part in each)) for thread, each in parts.items()
    }
