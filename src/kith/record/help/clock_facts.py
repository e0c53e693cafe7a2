"""The clocks of help: answering a family, naming who leads, looking at the plan again, deciding on more.

How long each may take is in the standards' table; this says what starts and meets it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from kith.record.clocks.queries import local_limits
from kith.record.clocks.running import Running, is_written_here
from kith.record.facts import is_in_force
from kith.record.help import queries
from kith.record.help.models import FamilyHelp, HelpEpisode, HelpRequest, HelpReview, StepUp
from kith.record.people.local import local_time
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import plans_of
from kith.record.versions import current_matters
from kith.standards.clocks import Facts, LocalLimit, Unit, clock, due
from kith.standards.working_days import is_working_day, legal_day

SAME_DAY, NEXT_DAY = "H-1", "H-1b"
LEAD_NAMED, PLAN_REVIEWED, STEP_UP_DECIDED = "FH-01", "FH-02", "FD-04"


def answered_by(asked_at: datetime) -> str:
    """The clock by which a family that asked at this moment is answered."""
    asked = timezone.localtime(asked_at)
    last_hour = local_time("help_desk_until", asked.date())
    is_late_in_the_day = is_working_day(legal_day(asked_at)) and asked.time() >= last_hour
    return NEXT_DAY if is_late_in_the_day else SAME_DAY


def requests(threads: Sequence[int], on: date) -> Iterator[Running]:
    """A family that asked is answered: the first try to reach them meets it, and so does any answer."""
    found = current_matters(HelpRequest, threads)
    replies = queries.replies_to(found)
    for request in found.values():
        tried = [reply.tried_at for reply in replies[request.thread]]
        answers = [at for at in (*tried, request.answered_at) if at]
        yield Running(
            answered_by(request.asked_at),
            None,
            legal_day(request.asked_at),
            "help.helprequest",
            request.thread,
            met=legal_day(min(answers)) if answers else None,
            about=("help.helprequest", request.thread),
            subject=request.name or "Somebody who asked for help",
            act="Answer them",
            url_name="help_request",
        )


def families(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """For each child that is helped on `on`: who leads, when the plan is looked at again, a step up."""
    episodes = [one for one in queries.episodes_of(person_ids) if is_in_force(one, on) and one.family_thread]
    if not episodes:
        return
    helps = current_matters(FamilyHelp, {one.family_thread or 0 for one in episodes})
    for episode in episodes:
        if help := helps.get(episode.family_thread or 0):
            yield _lead(episode, help)
    yield from _reviews(episodes, helps)
    yield from _steps(episodes, helps)


def _lead(episode: HelpEpisode, help: FamilyHelp) -> Running:
    return Running(
        LEAD_NAMED,
        episode.person_id,
        legal_day(help.accepted_at),
        "help.helpepisode",
        episode.thread,
        met=help.lead_named_on,
        ended=help.ended_on,
        can_be_met=is_written_here(episode),
        act="Name who leads",
        url_name="help_lead",
        url_args=(help.thread,),
    )


def _reviews(episodes: Iterable[HelpEpisode], helps: dict[int, FamilyHelp]) -> Iterator[Running]:
    """The plan is looked at again from the day it was agreed, and then from each review as it was held."""
    by_person = {one.person_id: one for one in episodes}
    plans = plans_of(by_person, [PlanKind.FAMILY_HELP])
    held: dict[int, list[date]] = {}
    for review in HelpReview.current.filter(family_thread__in=[*helps]).order_by("held_on"):
        held.setdefault(review.family_thread, []).append(review.held_on)
    local = local_limits()
    for person_id, episode in by_person.items():
        for plan in plans.get(person_id, []):
            if plan.ended_on is None:
                thread = episode.family_thread or 0
                days = [day for day in held.get(thread, []) if day >= plan.started_on]
                yield Running(
                    PLAN_REVIEWED,
                    person_id,
                    plan.started_on,
                    "help.helpepisode",
                    episode.thread,
                    events=tuple(days),
                    own=_agreed([plan.started_on, *days][-1], plan.review_on, local),
                    can_be_met=is_written_here(episode),
                    act="Write down the review",
                    url_name="help_review",
                    url_args=(thread,),
                )
                break


def _agreed(since: date, on: date | None, local: list[LocalLimit]) -> tuple[LocalLimit, ...]:
    """The limit that the family's own day sets, where it comes before the one that holds for everybody."""
    usual = due(clock(PLAN_REVIEWED), Facts(started=since), since, local).due_on
    if on is None or usual is None or not since < on < usual:
        return ()
    before = (row for row in local if row.started_on < since)  # for the times that were before this one
    return (*before, LocalLimit(PLAN_REVIEWED, (on - since).days, Unit.CALENDAR_DAYS, since))


def _steps(episodes: Iterable[HelpEpisode], helps: dict[int, FamilyHelp]) -> Iterator[Running]:
    steps = list(StepUp.current.filter(family_thread__in=[*helps]))
    about = queries.ids_stepped_up(step.thread for step in steps) if steps else {}
    by_person = {one.person_id: one for one in episodes}
    for step in steps:
        for person_id in about[step.thread]:
            if person_id in by_person:
                yield Running(
                    STEP_UP_DECIDED,
                    person_id,
                    legal_day(step.asked_at),
                    "help.stepup",
                    step.thread,
                    met=legal_day(step.decided_at) if step.decided_at else None,
                    ended=legal_day(step.recorded_at) if step.withdrawn_because else None,
                    act="Decide",
                    url_name="help_step_up_decide",
                    url_args=(step.thread,),
                )
