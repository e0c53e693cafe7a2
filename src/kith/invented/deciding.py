"""Who decides: the worker who has the child, the manager of their team, or a manager at the front door.

Known only when the whole diary is: a story is told before its workers are drawn.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from kith.invented.diary import Act
from kith.invented.workers import Staff, Worker

DECISIONS = frozenset(
    {
        "receive_referral",
        "close_referral",
        "authorise_assessment",
        "conclude_section_47",
        "hold_initial_conference",
        "start_child_in_need_plan",
    }
)


def with_deciders(diary: Iterable[Act], staff: Staff, rng: Random) -> list[Act]:
    """The same acts in their order (by day), each of DECISIONS by somebody whose decision it is that day."""
    deciders = _Deciders(staff, rng)
    return [deciders.pass_on(act) for act in diary]


class _Deciders:
    """Who has each child, by role, and who received each referral, as the diary goes on."""

    def __init__(self, staff: Staff, rng: Random) -> None:
        self._staff = staff
        self._rng = rng
        self._by_key = {worker.key: worker for worker in staff.workers}
        self._working: defaultdict[str, dict[str, Worker]] = defaultdict(dict)
        self._received: dict[str, str] = {}  # by referral, and by event while it is one for several

    def pass_on(self, act: Act) -> Act:
        """The act, with who decides it where it is a decision."""
        if act.act == "allocate_worker":
            self._working[act.person][act.facts["role"]] = self._by_key[act.facts["worker"]]
        elif act.act == "end_allocation":
            self._working[act.person].pop(act.facts["role"], None)
        elif act.act == "receive_referral":
            return replace(act, by=self._receiver(act))
        elif act.act in ("close_referral", "authorise_assessment"):
            return replace(act, by=self._manager(act))
        elif act.act in ("conclude_section_47", "start_child_in_need_plan"):
            return replace(act, by=self._worker(act))
        return act  # a conference has its chair already

    def _receiver(self, act: Act) -> str:
        """A manager at the front door, the same for all the children of one referral."""
        by = self._received.get(act.together) or self._at_the_front_door(act)
        self._received[act.facts["reference"]] = by
        if act.together:
            self._received[act.together] = by
        return by

    def _at_the_front_door(self, act: Act) -> str:
        return self._rng.choice(self._staff.managers("assessment", act.on)).key

    def _manager(self, act: Act) -> str:
        """The manager of the team that has the child; while nobody has, whoever received the referral."""
        working = self._working[act.person]
        worker = working.get("social_worker") or next(iter(working.values()), None)
        if worker:
            return self._staff.manager_of(worker.team, act.on).key
        return self._received.get(act.facts.get("referral", "")) or self._at_the_front_door(act)

    def _worker(self, act: Act) -> str:
        worker = self._working[act.person].get("social_worker")
        return worker.key if worker else self._manager(act)
