"""Family help that some families have before a referral, and some after their case has closed.

It is told for the time in which no child of the family has a case. A lead is named and reviews are held.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TypedDict

from kith.invented.diary import Act
from kith.invented.families import Child
from kith.invented.rates import rates, rows
from kith.invented.rooms import Room, Rows, Told
from kith.invented.spells import Spell, spells
from kith.invented.workers import Worker
from kith.standards.working_days import add_working_days

_NEEDS = ("parenting", "school", "housing", "money", "health", "relationships", "domestic_abuse")
_NEED_WEIGHTS = (30, 18, 12, 12, 12, 10, 6)
_STAY = {"RC7", "RC8", "RC9"}  # closed for these, a child stays with the family and in the area
_TO_HELP = "RC9"
_LEAST = timedelta(days=45)  # a time without a case that is shorter has no help in it
_UP_TO = 16  # years old when help begins
_LEADS = "family_help_lead"  # code list `working_relationship_roles`


class BeginHelp(TypedDict):
    """A family accepts help on `Act.on` for these children."""

    reference: str
    hour: int
    children: list[str]
    need: str  # code list `help_needs`
    agreed_by: str
    agreed_how: str


class NameHelpLead(TypedDict):
    """Somebody leads the help, and is each child's worker in it."""

    help: str
    children: list[str]
    worker: str  # `Worker.key`
    registration: str
    team: str  # their own


class AgreeHelpPlan(TypedDict):
    """The family's plan with its first goal and action."""

    help: str
    goal: str
    action: str
    due_on: date
    review_on: date


class ReviewHelp(TypedDict):
    """The family and those who help it looked at the plan again."""

    help: str
    what_changed: str
    next_on: date


class CloseHelp(TypedDict):
    """The help ends for every child."""

    help: str
    children: list[str]
    reason: str  # code list `help_end_reasons`
    in_place_now: str


def tell(told: Told, rng: Random) -> Iterator[Act]:
    """The help of a family in each time in which none of its children has a case."""
    cases = spells(told.acts, "receive_referral", "close_referral", "referral")
    registered = {act.person: act.on for act in told.acts if act.act == "register_person"}
    closed = {act.facts["referral"]: act.facts["reason"] for act in told.acts if act.act == "close_referral"}
    for number, (first, until, before) in enumerate(_free_times(cases, registered), start=1):
        if until - first < _LEAST:
            continue
        reasons = {one.child: closed.get(one.reference, "") for one in before}
        chance = "help_before_a_referral" if not before else (
            "help_after_closing_to_help" if _TO_HELP in reasons.values() else "help_after_closing"
        )  # fmt: skip
        begins = add_working_days(first, rng.randint(3, 12))
        children = [
            child
            for child in told.family.children
            if _may_be_helped(child, begins, registered) and reasons.get(child.key, "RC7") in _STAY
        ]
        if children and begins < told.until and rng.random() < rates()[chance]:
            yield from _help(told, rng, f"{children[0].key}H{number}", children, begins, until)


def _free_times(
    cases: Sequence[Spell], registered: dict[str, date]
) -> Iterator[tuple[date, date, list[Spell]]]:
    """When no child of the family has a case: from a day, up to a day, and the cases that were before."""
    first = min(registered.values())
    for case in sorted(cases, key=lambda one: one.start):
        yield first, case.start, [one for one in cases if one.end <= first]
        first = max(first, case.end)
    yield first, date.max, [one for one in cases if one.end <= first]


def _may_be_helped(child: Child, on: date, registered: dict[str, date]) -> bool:
    is_born = child.born_on is not None and child.born_on < on
    return is_born and registered[child.key] < on and child.age_on(on) <= _UP_TO


def _help(
    told: Told, rng: Random, reference: str, children: Sequence[Child], begins: date, until: date
) -> Iterator[Act]:
    keys = [child.key for child in children]
    lead = told.staff.on_day(rng, "plan", begins)
    ends = add_working_days(begins, rng.randint(35, 150))
    is_cut_short = ends >= until
    if is_cut_short:
        ends = add_working_days(until, -1)

    def act(on: date, name: str, facts: object) -> Act:
        assert isinstance(facts, dict)
        return Act(on, keys[0], name, facts, lead.key)

    yield act(begins, "begin_help", dict(_begun(told, rng, reference, keys)))
    named = add_working_days(begins, rng.choice((1, 2, 3, 4, 5, 8)))
    planned = add_working_days(named, rng.randint(3, 10))
    if named < ends:
        yield act(named, "name_help_lead", dict(_lead(reference, keys, lead)))
    if planned < ends:
        review = add_working_days(planned, 30)
        facts = AgreeHelpPlan(
            help=reference,
            goal=_words(rng, "goal"),
            action=_words(rng, "action"),
            due_on=add_working_days(planned, rng.randint(5, 25)),
            review_on=review,
        )
        yield act(planned, "agree_help_plan", dict(facts))
        yield from (act(on, "review_help", facts) for on, facts in _reviews(rng, reference, planned, ends))
    if named < ends:
        reason = "more_help" if is_cut_short else rng.choice(("helped", "helped", "family_stopped"))
        closed = CloseHelp(
            help=reference, children=keys, reason=reason, in_place_now="The school knows whom to ring."
        )
        yield act(ends, "close_help", dict(closed))


def _begun(told: Told, rng: Random, reference: str, keys: list[str]) -> BeginHelp:
    adults = told.family.adults
    return BeginHelp(
        reference=reference,
        hour=rng.choice((9, 11, 14, 16)),
        children=keys,
        need=rng.choices(_NEEDS, _NEED_WEIGHTS)[0],
        agreed_by=f"{adults[0].given_names} {adults[0].family_name}" if adults else "The young person",
        agreed_how=rng.choice(("visit", "visit", "phone")),
    )


def _lead(reference: str, keys: list[str], lead: Worker) -> NameHelpLead:
    return NameHelpLead(
        help=reference,
        children=keys,
        worker=lead.key,
        registration=lead.registration,
        team=lead.team,
    )


def _reviews(
    rng: Random, reference: str, planned: date, ends: date
) -> Iterator[tuple[date, dict[str, object]]]:
    on = planned
    while True:
        late = rng.random() < rates()["late_help_review"]
        on = add_working_days(on, rng.randint(31, 38) if late else rng.randint(22, 29))
        if on >= ends:
            return
        next_on = add_working_days(on, 30)
        facts = ReviewHelp(help=reference, what_changed=_words(rng, "what_changed"), next_on=next_on)
        yield on, dict(facts)


def _words(rng: Random, kind: str) -> str:
    return rng.choice(_sentences(kind))


@cache
def _sentences(kind: str) -> tuple[str, ...]:
    return tuple(row["words"] for row in rows("help_words") if row["kind"] == kind)


def _fold_begin(to: Rows, act: Act) -> None:
    for child in act.facts["children"]:
        to.named[f"{act.facts['reference']} {child}"] = to.add(
            "ssd_early_help_episodes",
            earl_episode_id=to.number(child, "ssd_early_help_episodes"),
            earl_person_id=child,
            earl_episode_start_date=act.on,
            earl_episode_end_date=None,
            earl_episode_reason=act.facts["need"],
            earl_episode_end_reason=None,
            earl_episode_organisation="la_early_help",
            earl_episode_worker_id=None,
        )


def _fold_lead(to: Rows, act: Act) -> None:
    """Who leads is each child's worker, as any other worker is."""
    facts = act.facts
    worker = facts["registration"] or facts["worker"]
    for child in facts["children"]:
        to.named[f"{facts['help']} {child}"]["earl_episode_worker_id"] = worker
        to.named[f"{facts['help']} {child} lead"] = to.add(
            "ssd_involvements",
            invo_involvements_id=to.number(child, "ssd_involvements"),
            invo_person_id=child,
            invo_professional_id=worker,
            invo_professional_role_id=_LEADS,
            invo_professional_team=facts["team"],
            invo_involvement_start_date=act.on,
            invo_involvement_end_date=None,
            invo_worker_change_reason=None,
        )


def _fold_close(to: Rows, act: Act) -> None:
    for child in act.facts["children"]:
        episode = to.named[f"{act.facts['help']} {child}"]
        episode |= {"earl_episode_end_date": act.on, "earl_episode_end_reason": act.facts["reason"]}
        to.named[f"{act.facts['help']} {child} lead"]["invo_involvement_end_date"] = act.on


ROOM = Room(
    "help",
    {
        "begin_help": BeginHelp,
        "name_help_lead": NameHelpLead,
        "agree_help_plan": AgreeHelpPlan,
        "review_help": ReviewHelp,
        "close_help": CloseHelp,
    },
    tell,
    {"begin_help": _fold_begin, "name_help_lead": _fold_lead, "close_help": _fold_close},
)
