"""What is open for a child for whom nothing goes on: told, ended with one reason, and opened again.

A death and a pregnancy that ends come here. What brothers and sisters share goes on for them; the child's own
part ends. Each version that ends says why in the same words, so that a mistake is put right in one act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.assessment import services as assessment
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.care.models import MissingEpisode, PeriodOfCare
from kith.record.care.services import looking_after as care
from kith.record.chronology import entering
from kith.record.chronology.permissions import allows, check_can_act
from kith.record.chronology.services import tell
from kith.record.clocks.queries import clocks_for
from kith.record.facts import Ending, Matter, Part, Version
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.queries import referrals_of
from kith.record.help import queries as help_queries
from kith.record.help import services as help_room
from kith.record.help.models import HelpEpisode
from kith.record.owed import queries as owed_queries
from kith.record.owed import services as owed
from kith.record.pathway import left_since
from kith.record.pathway.closing import close_case, last_day_of, still_open
from kith.record.people import queries as people
from kith.record.people import staff
from kith.record.people.models import Allocation, Person, PersonDetails, User
from kith.record.planning import services as planning
from kith.record.planning.models import PlanKind, Planned
from kith.record.protection import services as protection
from kith.record.protection.models import Conference, EmergencyStep, ProtectionPlan, TransferIn
from kith.record.protection.queries import meetings_of
from kith.record.versions import current_facts, history, kinds_about_people
from kith.standards.dates import day_in_words
from kith.standards.working_days import legal_day

CALLED_OFF = "A conference you were to chair is called off. Read why before you tell anybody."
SPELLS: tuple[tuple[Any, str, str], ...] = (  # what ends by itself, in words, and the day it began
    (Assessment, "The assessment", "started_on"),
    (ChildInNeedPlan, "The child in need plan", "started_on"),
    (ProtectionPlan, "The child protection plan", "started_on"),
    (TransferIn, "The protection plan of another area", "notified_on"),
    (HelpEpisode, "Family help", "started_on"),
    (PeriodOfCare, "The time in care", "started_on"),
    (MissingEpisode, "The time missing or away", "started_on"),
)
OVER = ("ended_on", "authorised_on")


@dataclass(frozen=True)
class Why:
    """Why nothing goes on for a child: `because` in words, and what each list of reasons calls it.

    `care` is "" where no child can be in care.
    """

    because: str
    help: str  # code list `help_end_reasons`
    plan: str  # one of `ProtectionPlan.End`
    case: str  # code list `cin_closure_reason`
    care: str = ""  # code list `reason_episode_ceased`


DIED = Why("Died", help="died", plan=ProtectionPlan.End.DIED, case="RC2", care="E2")
PREGNANCY_ENDED = Why(
    "The pregnancy ended", help="pregnancy_ended", plan=ProtectionPlan.End.OTHER, case="RC7"
)


@dataclass(frozen=True)
class OpenFor:
    """What is open for somebody, in sentences: what ends by itself, and what waits to be closed.

    `due` is what clocks ask for, which ends by itself too; `workers` are who works with them.
    """

    ends: list[str]
    due: list[str]
    case: list[str]
    workers: list[str]

    def __bool__(self) -> bool:
        return bool(self.ends or self.due or self.case or self.workers)


def open_for(child: Person) -> OpenFor:
    """What is open for a child today, and who works with them."""
    ids, now = people.same_person_ids(child), timezone.now()
    owed_lines = [f"Owed: {line.words} ({line.who})." for line in owed_queries.owed_for(ids, now)]
    due = list(dict.fromkeys(line.what for line in clocks_for(child, now) if line.is_open))
    case = [each for one in _cases(ids) for each in _of_case(one)]
    return OpenFor([*_that_end(ids), *owed_lines], due, case, [str(one) for one in workers(child)])


def workers(child: Person) -> list[Any]:
    """The workers, or else the teams, who work with a child, each once."""
    held = people.workers_of(people.same_person_ids(child))
    return list(dict.fromkeys(one.worker or one.team for one in held if one.worker or one.team))


def _that_end(ids: Sequence[int]) -> Iterator[str]:
    for kind, what, began in SPELLS:
        for one in current_facts(kind, ids):
            if not any(getattr(one, name, None) for name in OVER):
                yield f"{what}, begun on {day_in_words(getattr(one, began))}."
    for part in current_facts(Planned, ids):
        if part.ended_on is None:
            yield f"Their part in a {PlanKind(part.kind).label.lower()}."
    for step in current_facts(EmergencyStep, ids):
        if step.ended_at is None:
            yield f"{EmergencyStep.Kind(step.kind).label}, since {day_in_words(step.began_on)}."
    for _, conference in meetings_of(ids):
        if conference.state == Conference.State.PLANNED:
            yield f"The conference planned for {day_in_words(legal_day(conference.planned_for))}."


def _cases(ids: Sequence[int]) -> list[Referral]:
    return [one for one in referrals_of(ids, timezone.localdate()) if one.closed_on is None]


def _of_case(referral: Referral) -> list[str]:
    """A case, and its enquiries: all else under it ends by itself."""
    enquiries = [each for each in still_open(referral) if each.startswith("The section 47 enquiry")]
    return [f"The case, open since {day_in_words(referral.received_on)}.", *enquiries]


def end_what_was_for(*, child: Person, on: date, why: Why, by: User) -> None:
    """End everything that goes on for a child but the case; whoever was to chair a conference is told.

    For the act that says that nothing goes on, in its own transaction, which has checked who may.
    """
    because = why.because
    for conference in protection.leave_conferences(child=child, because=because, by=by):
        if conference.chair and conference.chair != by:
            messages.tell([conference.chair], CALLED_OFF, link=messages.page("conference", conference.thread))
    assessment.leave_unfinished(child=child, on=on, because=because, by=by)
    assessment.end_with(child=child, on=on, because=because, by=by)
    protection.give_way(child=child, on=on, because=because, by=by, reason=why.plan)
    protection.end_powers(child=child, on=on, because=because, by=by)
    planning.give_way(person=child, on=on, because=because, by=by)
    help_room.give_way(person=child, on=on, reason=why.help, because=because, by=by)
    if why.care:
        care.end_with_life(child=child, on=on, reason=why.care, because=because, by=by)
    owed.fall_away_for(person_ids=people.same_person_ids(child), because=because, by=by)


def check_can_close(by: User, child: Person) -> None:
    """Whoever may close cases and works with the child closes what is open where nothing goes on."""
    check_can_act("close_cases", by, [child])


def can_close(by: User, child: Person) -> bool:
    return allows(check_can_close, by, child)


def close(*, child: Person, on: date, why: Why, by: User, closes_case: bool, ends_work: bool) -> None:
    """Close the case, and end the work of whoever is allocated, where that is said.

    For the same act, after `end_what_was_for`. Raises NotAllowed, WrongDate.
    """
    if closes_case or ends_work:
        check_can_close(by, child)
    if closes_case:
        close_the_case(child=child, on=on, why=why, by=by)
    if ends_work:
        end_the_work(child=child, why=why, by=by)


def close_the_case(*, child: Person, on: date, why: Why, by: User) -> list[Referral]:
    """Return the cases of a child that are closed, each on the last day of anything in it.

    Raises NotAllowed, WrongDate.
    """
    closed = []
    for referral in _cases(people.same_person_ids(child)):
        protection.end_with(child=child, under=referral.thread, on=on, because=why.because, by=by)
        last = max(on, last_day_of(referral))
        closed.append(close_case(referral=referral, on=last, reason=why.case, by=by, because=why.because))
    return closed


def end_the_work(*, child: Person, why: Why, by: User) -> None:
    """Nobody is allocated to a child from today. It comes last of all: it may close the record."""
    for ended in staff.end_work_with(child, by=by, on=timezone.localdate(), because=why.because):
        tell(ended)


def written_down_at(details: PersonDetails, field: str) -> datetime:
    """When it was written down that nothing goes on: the first of the latest versions that have this day."""
    told = takewhile(lambda one: getattr(one, field) is not None, history(details))
    return min(one.recorded_at for one in told)


def open_again(*, child: Person, why: Why, since: datetime, because: str, by: User) -> None:
    """Open again what ended `since` then because nothing went on for a child, which was a mistake.

    What ended before for a reason in the same words stays ended, and what somebody has changed since stays as
    it is now. Work of somebody who has left is their team's. For the act that takes it back, in its own
    transaction, which has checked who may. Raises VersionClash.
    """
    ids = people.same_person_ids(child)
    threads = _parts_again(ids, why, since, by)
    for kind in kinds_about_people():
        for fact in _ended_by(kind, why, since).filter(person__in=ids):
            if isinstance(fact, Assessment):
                assessment.open_again(assessment=fact, because=because, by=by)
            elif isinstance(fact, Allocation) and left_since.is_left(fact):
                left_since.pass_on_allocation(fact, by)
            else:
                entering.as_before(fact, by=by, act="opened_again", because=because)
    for matters in _kinds_of_matters():
        theirs = Q(thread__in=threads)
        if any(field.name == "only_for" for field in matters._meta.fields):
            theirs |= Q(only_for__in=ids)
        for matter in _ended_by(matters, why, since).filter(theirs):
            otherwise = left_since.held_otherwise(matter, child, by)
            entering.as_before_matter(
                matter, by=by, act="opened_again", because=because, persons=[child.pk], **otherwise
            )


def _parts_again(ids: Sequence[int], why: Why, since: datetime, by: User) -> set[int]:
    """Put back the parts that somebody left; the threads of all matters they have or had a part in."""
    threads: set[int] = set()
    kinds: list[Any] = [kind for kind in kinds_about_people() if issubclass(kind, Part)]
    for kind in kinds:
        left = kind.objects.filter(person__in=ids, superseded_by=None, superseded_at__gte=since)
        for part in left.filter(ended_because=why.because, ended_as=Ending.CONTINUED):
            entering.come_back(part, by=by, act="opened_again")
        threads.update(kind.objects.filter(person__in=ids).values_list("matter_thread", flat=True))
    return threads


def _ended_by(kind: type[Version], why: Why, since: datetime) -> Any:
    """The current versions of a kind that an ending for this reason has made since then."""
    ended = kind.current.filter(supersedes__ended_because=why.because, supersedes__superseded_at__gte=since)
    return ended.filter(supersedes__ended_as=Ending.CONTINUED).select_related("supersedes")


def _kinds_of_matters() -> list[type[Matter]]:
    return [kind for kind in apps.get_models() if issubclass(kind, Matter)]


def who_has_to_know(child: Person, by: User | None = None) -> list[User]:
    """Who works with a child or leads their family's help, and their managers; `by` knows already.

    Nobody from whom the child is kept is among them.
    """
    ids = people.same_person_ids(child)
    held = people.workers_of(ids)
    found = [one.worker for one in held if one.worker]
    found += people.managers_of({one.team_id for one in held if one.team_id})
    help = help_queries.family_of(child.pk, timezone.localdate())
    if help and help.lead:
        found.append(help.lead)
    return [user for user in may_know(found, [child]) if user != by]
