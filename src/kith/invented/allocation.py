"""Who works with a child, from day to day: spells with no gap and no overlap, and why each began."""

from datetime import date
from random import Random

from kith.invented.families import Child
from kith.invented.rates import rates
from kith.invented.story import Story, days
from kith.invented.workers import Worker

_SHORTEST = days(14)
_REASONS = ("MANAGE", "ABSENC", "ORGRST", "CHCHAN", "PCCHAN", "OTHERS")
_REASON_WEIGHTS = (55, 18, 10, 5, 7, 5)


def allocate(
    story: Story, child: Child, stages: list[tuple[str, date]], end: date, role: str = "social_worker"
) -> None:
    """Workers for a child through `stages` (stage of the pathway, first day) up to `end`."""
    reason = "FCONTA"
    worker: Worker | None = None
    for number, (stage, start) in enumerate(stages):
        until = stages[number + 1][1] if number + 1 < len(stages) else end
        if until - start < days(3) and number + 1 < len(stages):
            stages[number + 1] = (stages[number + 1][0], start)
            continue
        worker = _spells(story, child, stage, (start, until), role, reason, worker)
        reason = "TSPROC"
    if worker is not None:
        story.add(end, child, "end_allocation", by=worker, role=role)


def _spells(
    story: Story,
    child: Child,
    stage: str,
    span: tuple[date, date],
    role: str,
    reason: str,
    before: Worker | None,
) -> Worker:
    day, until = span
    while True:
        worker = story.world.staff.on_day(story.rng, stage, day)
        if worker is not before:
            story.add(
                day,
                child,
                "allocate_worker",
                by=worker,
                worker=worker.key,
                registration=worker.registration,
                team=worker.team,
                role=role,
                change_reason=reason,
            )
        before = worker
        change = day + _SHORTEST + days(story.rng.expovariate(rates()["worker_changes_a_year"]) * 365)
        leaves = worker.ended_on
        if leaves is not None and leaves <= min(change, until):
            day, reason = max(leaves, day + days(1)), "LEFTRL"
        else:
            day, reason = change, _reason(story.rng)
        if day + days(2) >= until:
            return worker


def _reason(rng: Random) -> str:
    return rng.choices(_REASONS, _REASON_WEIGHTS)[0]
