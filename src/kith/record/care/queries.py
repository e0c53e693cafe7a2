"""Asking about care: the open period, status and placement of a child, and what else is open."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from django.db.models import Q, QuerySet

from kith.record.care.models import (
    AdoptionDecision,
    CareReview,
    LegalStatus,
    LibertyOrder,
    MissingEpisode,
    PeriodOfCare,
    Placement,
    ReturnInterview,
)
from kith.record.facts import Fact, is_in_force
from kith.record.people.models import Person
from kith.record.people.records import records_of
from kith.record.versions import current_facts

AnyFact = TypeVar("AnyFact", bound=Fact)
AnySpell = TypeVar("AnySpell", PeriodOfCare, LegalStatus, Placement, MissingEpisode)
AnyOfPeriod = TypeVar("AnyOfPeriod", LegalStatus, Placement)


def periods_open_on(on: date) -> "QuerySet[PeriodOfCare]":
    """Periods of care in force on `on`, as a query over everybody."""
    open_on: QuerySet[PeriodOfCare] = PeriodOfCare.current.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on
    )
    return open_on


def periods_known_on(records: Iterable[Person], on: date) -> list[PeriodOfCare]:
    """The periods of care of a person's records that had started by `on`, the last one last."""
    known = _in_order(PeriodOfCare, (record.pk for record in records))
    return [period for period in known if period.started_on <= on]


def periods_of(person_ids: Iterable[int], on: date) -> list[PeriodOfCare]:
    """The periods of care of these people in force on `on`, the latest last."""
    return [period for period in _in_order(PeriodOfCare, person_ids) if is_in_force(period, on)]


def statuses_in(periods: Sequence[PeriodOfCare], person_ids: Iterable[int]) -> dict[int, list[LegalStatus]]:
    """The legal statuses of these people in each of these periods, by its thread, the latest last."""
    return _by_period(LegalStatus, periods, person_ids)


def reviews_held(person_ids: Iterable[int]) -> dict[int, list[date]]:
    """The days on which the care of each of these people was reviewed, the first day first."""
    held: dict[int, list[date]] = {}
    for review in current_facts(CareReview, person_ids):
        held.setdefault(review.person_id, []).append(review.held_on)
    return {pk: sorted(days) for pk, days in held.items()}


def missing_episodes(person_ids: Iterable[int]) -> list[MissingEpisode]:
    """Every time these people were missing or away, the latest last."""
    return _in_order(MissingEpisode, person_ids)


def _in_order(kind: type[AnySpell], person_ids: Iterable[int]) -> list[AnySpell]:
    return sorted(current_facts(kind, person_ids), key=lambda spell: (spell.started_on, spell.pk))


def _by_period(
    kind: type[AnyOfPeriod], periods: Sequence[PeriodOfCare], person_ids: Iterable[int]
) -> dict[int, list[AnyOfPeriod]]:
    found: dict[int, list[AnyOfPeriod]] = {period.thread: [] for period in periods}
    for spell in _in_order(kind, person_ids) if periods else []:
        if spell.period_thread in found:
            found[spell.period_thread].append(spell)
    return found


def open_period(child: Person) -> PeriodOfCare | None:
    """The period of care that goes on, or None when the child is not looked after; the latest of several."""
    return _latest(PeriodOfCare.current.filter(person=child, ended_on=None))


def last_period(child: Person) -> PeriodOfCare | None:
    """The period of care that started last, open or not."""
    return _latest(PeriodOfCare.current.filter(person=child))


def open_status(period: PeriodOfCare) -> LegalStatus | None:
    """The legal status in force in a period of care."""
    return _latest(LegalStatus.current.filter(period_thread=period.thread, ended_on=None))


def open_placement(period: PeriodOfCare) -> Placement | None:
    """The placement in force in a period of care."""
    return _latest(Placement.current.filter(period_thread=period.thread, ended_on=None))


def open_missing(child: Person) -> MissingEpisode | None:
    """The episode of being missing or away that goes on, under any of the child's records."""
    records = records_of([child])[child.pk]
    return _latest(MissingEpisode.current.filter(person__in=records, ended_on=None))


def interview_after(episode: MissingEpisode) -> ReturnInterview | None:
    """The return interview offered after a time missing, as it stands."""
    return _latest_offer(ReturnInterview.current.filter(episode_thread=episode.thread))


def interviews_of(person_ids: Iterable[int]) -> dict[int, ReturnInterview]:
    """The return interviews of these people, by the thread of the time missing they followed."""
    return {one.episode_thread: one for one in current_facts(ReturnInterview, person_ids)}


def _latest_offer(found: "QuerySet[ReturnInterview]") -> ReturnInterview | None:
    return found.order_by("offered_at", "pk").last()


def open_liberty_order(child: Person) -> LibertyOrder | None:
    """The deprivation of liberty order in force."""
    return _latest(LibertyOrder.current.filter(person=child, ended_on=None))


def standing_adoption_decision(child: Person) -> AdoptionDecision | None:
    """The decision that the child should be placed for adoption, when it was not reversed."""
    decisions = AdoptionDecision.current.filter(person=child, reversed_on=None)
    return decisions.order_by("-decided_on", "-pk").first()


def _latest(found: "QuerySet[AnyFact]") -> AnyFact | None:
    return found.order_by("-started_on", "-pk").first()


def placements_on(person_ids: Iterable[int], on: date) -> dict[int, Placement]:
    """Where each of these people was placed on `on`; those not looked after are left out."""
    return _in_open_care(Placement, person_ids, on)


def statuses_on(person_ids: Iterable[int], on: date) -> dict[int, LegalStatus]:
    """Under what each of these people was looked after on `on`; those not looked after are left out."""
    return _in_open_care(LegalStatus, person_ids, on)


def _in_open_care(kind: type[AnyOfPeriod], person_ids: Iterable[int], on: date) -> dict[int, AnyOfPeriod]:
    """What was in force on `on` in a period of care that was, by person id; the latest where two were."""
    ids = list(person_ids)
    of_periods = _by_period(kind, periods_of(ids, on), ids).values()
    found = [spell for spells in of_periods for spell in spells if is_in_force(spell, on)]
    return {spell.person_id: spell for spell in sorted(found, key=lambda one: (one.started_on, one.pk))}


def missing_on(person_ids: Iterable[int], on: date) -> dict[int, MissingEpisode]:
    """Who of these people was missing or away on `on`, and since when."""
    return {one.person_id: one for one in missing_episodes(person_ids) if is_in_force(one, on)}


def times_missing(person_ids: Iterable[int], since: date, until: date) -> int:
    """How many times this person, under all these ids, went missing or away in these days, both included."""
    return sum(since <= one.started_on <= until for one in missing_episodes(person_ids))


def episode_of(thread: int) -> MissingEpisode | None:
    """The time missing of a thread as it stands; None where there is none."""
    found: MissingEpisode | None = MissingEpisode.current.filter(thread=thread).first()
    return found


READ_TOGETHER = (PeriodOfCare, Placement, MissingEpisode)


def read_together(person_ids: Iterable[int]) -> None:
    """Read at once, for all these people, what `placements_on`, `missing_on` and `last_left` pick from.

    Worth it while one page is read (`kith.record.once`) that asks about some of them, then about others.
    """
    ids = list(person_ids)
    for kind in READ_TOGETHER:
        current_facts(kind, ids)


ADOPTED = frozenset({"E11", "E12"})  # code list `reason_episode_ceased`


def adopted_among(person_ids: Iterable[int]) -> set[int]:
    """Those of these records whose care an adoption order ended, whenever that was."""
    ended = PeriodOfCare.current.filter(person__in=list(person_ids), end_reason__in=ADOPTED)
    return set(ended.values_list("person_id", flat=True))


def last_leaving_codes(person_ids: Iterable[int], on: date) -> dict[int, str]:
    """Why the last time in care of each of these people ended, for those who have left care by `on`."""
    return {pk: one.end_reason for pk, one in last_left(person_ids, on).items()}


def last_left(person_ids: Iterable[int], on: date) -> dict[int, PeriodOfCare]:
    """The last time in care of each of these people, of those who have left care by `on`."""
    known = _in_order(PeriodOfCare, person_ids)
    last = {period.person_id: period for period in known if period.started_on <= on}
    return {pk: one for pk, one in last.items() if one.ended_on and one.ended_on <= on}


class Change(Enum):
    """What a placement changed for the child, beside the one before it in the same period of care."""

    NEW_CARERS = "new carers"  # a move; so is the first placement of a period
    SAME_HOME = "same carers in the same place"  # only its kind or its status changed: no move
    SAME_CARERS = "same carers in another place"
    SHORT_STAY = "away for a short time"
    BACK = "back with the same carers"


STATUS_ONLY = "PLACE"  # code list `reason_placement_change`
SHORT_STAYS = "T"  # the first letter of its codes in the list `placement_type`


def placement_changes(person_ids: Iterable[int]) -> dict[int, Change]:
    """What each placement of these people changed, by its thread.

    A short stay away is no change of carers: what follows it is held against what came before it.
    """
    found = _in_order(Placement, person_ids)
    changes: dict[int, Change] = {}
    last: dict[int, Placement] = {}  # the last home of each period, short stays aside
    away: set[int] = set()  # periods whose last placement is a short stay
    for placement in found:
        period = placement.period_thread
        if placement.placement_type.startswith(SHORT_STAYS):
            changes[placement.thread] = Change.SHORT_STAY
            away.add(period)
            continue
        changes[placement.thread] = _change(last.get(period), placement, is_back=period in away)
        last[period] = placement
        away.discard(period)
    return changes


def _change(before: Placement | None, now: Placement, *, is_back: bool) -> Change:
    if before is None or not _are_same_carers(before, now):
        return Change.NEW_CARERS
    is_same_place = "".join(before.postcode.split()) == "".join(now.postcode.split())
    if is_back and is_same_place:
        return Change.BACK
    return Change.SAME_HOME if is_same_place else Change.SAME_CARERS


def _are_same_carers(before: Placement, now: Placement) -> bool:
    """By the carer where one is told; else where the one before ended for a change of status only."""
    if before.carer and now.carer:
        return before.carer == now.carer
    return before.change_reason == STATUS_ONLY
