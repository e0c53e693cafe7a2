"""Visits to brothers and sisters together, while they are assessed or have a plan, and a note now and then.

Not on the first or last day of anything: which plan a visit counts for would hang on the hour. Nor on the
last day told, whose hours may not have come.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, TypedDict

from kith.invented.diary import Act
from kith.invented.families import Child
from kith.invented.rates import rates, rows
from kith.invented.rooms import Room, Rows, Told
from kith.invented.spells import Spell, rounds, spells
from kith.standards.working_days import add_working_days

_YES_OR_NO = {True: "Y", False: "N", None: None}
_HOURS = (10, 11, 13, 14, 15, 16, 16, 17)
_TALKS_FROM = 4  # years old
_LONG_ASSESSMENT = timedelta(days=15)  # in which most children are seen a second time


class SawOne(TypedDict):
    """What a visit was to one child. `counts_as`, `plan`, `care`: what the record has to find by itself."""

    child: str  # the child's key
    seen: str  # alone | not_alone | not_seen | mother_seen; empty where nobody was in
    own_words: str
    why_not_seen: str
    is_bedroom_seen: bool | None
    counts_as: str  # protection | care | child_in_need, or empty
    plan: str  # reference of that plan
    care: str  # reference of the time in care, also where the visit counts as something closer; or empty


class WriteVisit(TypedDict):
    """A visit on `Act.on` to these children, each seen in their own way."""

    hour: int
    how: str  # in_person | video | nobody_in
    what_happened: str
    what_next: str
    saw: list[SawOne]


class WriteNote(TypedDict):
    """A note on `Act.on` about these children."""

    hour: int
    kind: str
    words: str
    children: list[str]


class _Plans:
    """A family's plans and care, by day."""

    def __init__(self, told: Told) -> None:
        acts = told.acts
        self.protection = spells(acts, "start_protection_plan", "end_protection_plan", "plan")
        self.need = spells(acts, "start_child_in_need_plan", "end_child_in_need_plan", "plan")
        self.care = spells(acts, "start_care", "end_care")
        self._closest_first = (
            ("protection", self.protection), ("care", self.care), ("child_in_need", self.need)
        )  # fmt: skip
        self._edges = {
            (spell.child, day)
            for _, some in self._closest_first
            for spell in some
            for day in (spell.start, spell.end)
        }

    def is_edge(self, child: str, on: date) -> bool:
        """Whether something of the child's begins or ends on the day."""
        return (child, on) in self._edges

    def counts_as(self, child: str, on: date) -> tuple[str, str]:
        """The kind and reference of the closest plan the child has on the day; empty for none."""
        for kind, some in self._closest_first:
            for spell in some:
                if spell.child == child and spell.is_inside(on):
                    return kind, spell.reference
        return "", ""

    def in_care(self, child: str, on: date) -> str:
        """The reference of the time in care that the day lies within; empty for none."""
        held = (spell.reference for spell in self.care if spell.child == child and spell.is_inside(on))
        return next(held, "")


def tell(told: Told, rng: Random) -> Iterator[Act]:
    """The visits to a family: while it is assessed, then of each plan, and to each child in care."""
    plans = _Plans(told)
    visited: set[date] = set()
    for on, children in [
        *_of_assessments(told, rng, plans),
        *_rounds(told, rng, plans.protection, (8, 8, 9, 10, 10), ("late_protection_visit", 11, 18)),
        *_rounds(told, rng, plans.need, (16, 18, 19, 20), ("late_need_visit", 21, 32)),
        *_in_care(told, rng, plans),
    ]:
        there = [child for child in children if not plans.is_edge(child, on)]
        if there and on < told.until and on not in visited:
            visited.add(on)
            yield from _visit(told, rng, plans, there, on)


def _of_assessments(told: Told, rng: Random, plans: _Plans) -> Iterator[tuple[date, list[str]]]:
    """The first time that each assessment's children are seen, and for long ones a second time."""
    referred = {act.facts["reference"]: act.on for act in told.acts if act.act == "receive_referral"}
    events: dict[Any, list[Spell]] = {}
    for spell in spells(told.acts, "start_assessment", "authorise_assessment", "assessment"):
        if not plans.counts_as(spell.child, spell.start)[0]:
            events.setdefault((spell.start, spell.together or spell.reference), []).append(spell)
    for together in events.values():
        one, children = together[0], [spell.child for spell in together]
        late = rng.random() < rates()["late_first_visit"]
        after = rng.randint(6, 9) if late else rng.choice((1, 2, 3, 3, 4, 5))
        first = max(one.start, add_working_days(referred[one.facts["referral"]], after))
        yield min(first, one.end), children
        second = add_working_days(first, rng.randint(8, 12))
        if one.end - one.start > _LONG_ASSESSMENT and rng.random() < 0.7 and second < one.end:
            yield second, children


def _in_care(told: Told, rng: Random, plans: _Plans) -> Iterator[tuple[date, list[str]]]:
    """The days on which each child in care is visited where they live: soon, then within six weeks."""
    for child in dict.fromkeys(spell.child for spell in plans.care):
        own = [spell for spell in plans.care if spell.child == child]
        for day, _ in rounds(own, told.until, lambda is_first: _until_next(rng, is_first)):
            yield day, [child]


def _until_next(rng: Random, is_first: bool) -> int:
    """Working days to the next visit in care."""
    if is_first:
        return rng.choice((2, 3, 4))
    return rng.randint(31, 45) if rng.random() < rates()["late_care_visit"] else rng.choice((22, 25, 27, 29))


def _rounds(
    told: Told, rng: Random, of: Sequence[Spell], usual: Sequence[int], late: tuple[str, int, int]
) -> Iterator[tuple[date, list[str]]]:
    """The days of visits while any of these spells lasts, each with the children who have one then.

    `late` names the rate of late ones, and how many working days they take at least and at most.
    """

    def gap(_is_first: bool) -> int:
        rate, least, most = late
        return rng.randint(least, most) if rng.random() < rates()[rate] else rng.choice(usual)

    for day, now in rounds(of, told.until, gap):
        yield day, [spell.child for spell in now]


def _visit(told: Told, rng: Random, plans: _Plans, children: list[str], on: date) -> Iterator[Act]:
    hour = rng.choice(_HOURS)
    how = rng.choices(
        ("nobody_in", "video", "in_person"),
        (rates()["nobody_in"], rates()["visit_by_video"], 1 - rates()["nobody_in"]),
    )[0]
    by_key = {child.key: child for child in told.family.children}
    visit = WriteVisit(
        hour=hour,
        how=how,
        what_happened="" if how == "nobody_in" else _words(rng, "happened"),
        what_next=_words(rng, "next"),
        saw=[_saw(rng, plans, by_key[key], on, how) for key in children],
    )
    yield Act(on, children[0], "write_visit", dict(visit))
    if rng.random() < rates()["note_with_a_visit"]:
        kind = rng.choice(("note", "call"))
        note = WriteNote(hour=hour + 1, kind=kind, words=_words(rng, "note"), children=children)
        yield Act(on, children[0], "write_note", dict(note))


def _saw(rng: Random, plans: _Plans, child: Child, on: date, how: str) -> SawOne:
    seen = "" if how == "nobody_in" else _how_seen(rng, child, on)
    was_seen = seen in ("alone", "not_alone")
    talks = was_seen and child.age_on(on) >= _TALKS_FROM and rng.random() < rates()["own_words"]
    is_bedroom_seen = rng.random() < rates()["bedroom_seen"] if was_seen and how == "in_person" else None
    kind, plan = plans.counts_as(child.key, on)
    return SawOne(
        child=child.key,
        seen=seen,
        own_words=_words(rng, "child", child.age_on(on)) if talks else "",
        why_not_seen=_words(rng, "not_seen") if seen == "not_seen" and rng.random() < 0.8 else "",
        is_bedroom_seen=is_bedroom_seen,
        counts_as=kind if how == "in_person" else "",
        plan=plan,
        care=plans.in_care(child.key, on) if how == "in_person" else "",
    )


def _how_seen(rng: Random, child: Child, on: date) -> str:
    if child.born_on is None or on < child.born_on:
        return "mother_seen"
    if rng.random() < rates()["child_not_seen"]:
        return "not_seen"
    alone = child.age_on(on) >= _TALKS_FROM and rng.random() < rates()["seen_alone"]
    return "alone" if alone else "not_alone"


def _words(rng: Random, kind: str, age: int = 0) -> str:
    """A plain sentence of a kind, of those that fit an age."""
    return rng.choice(_sentences(kind, min(age, 17)))


@cache
def _sentences(kind: str, age: int) -> tuple[str, ...]:
    return tuple(
        row["words"]
        for row in rows("visit_words")
        if row["kind"] == kind and int(row["from_age"]) <= age <= int(row["to_age"])
    )


def _fold_visit(to: Rows, act: Act) -> None:
    """A row for each child whose visit was one of a plan or of care: a visit of neither is in no table."""
    for saw in act.facts["saw"]:
        if saw["counts_as"] == "child_in_need":
            to.add(
                "ssd_cin_visits",
                cinv_cin_visit_id=to.number(saw["child"], "ssd_cin_visits"),
                cinv_person_id=saw["child"],
                cinv_cin_visit_date=act.on,
                **_seen("cinv_cin_visit", saw),
            )
        elif saw["counts_as"] == "protection":
            to.add(
                "ssd_cp_visits",
                cppv_cp_visit_id=to.number(saw["child"], "ssd_cp_visits"),
                cppv_person_id=saw["child"],
                cppv_cp_plan_id=saw["plan"],
                cppv_cp_visit_date=act.on,
                **_seen("cppv_cp_visit", saw),
            )
        if saw["care"]:
            told = _seen("clav_cla_visit", saw)
            del told["clav_cla_visit_bedroom"]  # that table does not ask for it
            to.add(
                "ssd_cla_visits",
                clav_cla_visit_id=to.number(saw["child"], "ssd_cla_visits"),
                clav_person_id=saw["child"],
                clav_cla_id=saw["care"],
                clav_cla_visit_date=act.on,
                **told,
            )


def _seen(column: str, saw: SawOne) -> dict[str, str | None]:
    """Seen, seen alone and the bedroom; of a child not yet born nothing is said."""
    is_seen = None if saw["seen"] == "mother_seen" else saw["seen"] in ("alone", "not_alone")
    return {
        f"{column}_seen": _YES_OR_NO[is_seen],
        f"{column}_seen_alone": _YES_OR_NO[saw["seen"] == "alone" if is_seen else None],
        f"{column}_bedroom": _YES_OR_NO[saw["is_bedroom_seen"]],
    }


ROOM = Room(
    "visits", {"write_visit": WriteVisit, "write_note": WriteNote}, tell, {"write_visit": _fold_visit}
)
