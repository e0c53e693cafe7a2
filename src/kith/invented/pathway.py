"""A family's way through social care, from the first contact to the last day, by declared rates.

Each referral takes one course: no further action, not in need, help, an enquiry, a protection plan, care.
Brothers and sisters share what is done together; what differs is drawn for each.
Source of the rates: `data/rates.csv`.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from kith.invented.allocation import allocate
from kith.invented.care import Period, plan_period, short_breaks
from kith.invented.care_acts import write_period
from kith.invented.families import Child
from kith.invented.leaving import leave_care
from kith.invented.rates import rates, rows
from kith.invented.story import (
    Story,
    days,
    give_pupil_number,
    live_at,
    register,
    return_year,
    working_day,
    working_day_before,
)
from kith.standards.working_days import add_months, add_working_days

_SOURCES = (
    "6",
    "2A",
    "3F",
    "3E",
    "3A",
    "3B",
    "5A",
    "5B",
    "5C",
    "5D",
    "1A",
    "1B",
    "1C",
    "1D",
    "7",
    "8",
    "4",
    "9",
    "10",
)
_SOURCE_WEIGHTS = (29, 18, 6, 4, 2, 3, 6, 3, 3, 2, 6, 2, 1, 1, 5, 3, 2, 3, 1)
_NEEDS = ("N1", "N5", "N4", "N2", "N6", "N3", "N8", "N7")
_NEED_WEIGHTS = (56, 16, 11, 5, 4, 4, 3, 1)
_CATEGORIES = ("NEG", "EMO", "PHY", "SAB")
_CATEGORY_WEIGHTS = (50, 38, 8, 4)
_FACTORS = {row["code"]: int(row["weight"]) for row in rows("factors")}
_ONLY_TEENAGERS = frozenset(row["code"] for row in rows("factors") if int(row["from_age"]) > 0)
_ORDER = list(_FACTORS)
_MOST_REFERRALS = 9


@dataclass(slots=True)
class Need:
    """One episode of need of one child while it is being told."""

    child: Child
    referral: str
    start: date
    conference: str  # reference of the conference that made a plan; empty: none did
    assessed: date
    free: date  # the first day on which a plan may begin
    ends: date
    reason: str = "RC7"


def tell_family(story: Story, first: date, course: str | None = None) -> None:
    """The whole history of a family that first comes to notice on `first`; `course` sets the first one."""
    family = story.family
    _become_known(story, first)
    day: date | None = first
    for _ in range(_MOST_REFERRALS):
        if day is None:
            break
        children = _who(story, day)
        if not children:
            break
        _referral(story, children, day, course or _course(story, children))
        course = None
        day = _again(story)
    for child in family.children:
        give_pupil_number(story, child, story.free_from.get(child.key, first))
    _change_names(story, first)
    _partners_leave(story, first)


def tell_unaccompanied(story: Story, first: date) -> None:
    """The history of a child who came alone: referred and looked after on one day."""
    register(story, first)
    _referral(story, story.family.children, first, "care")


def _become_known(story: Story, first: date) -> None:
    """Register the family: with the referral, or with an earlier contact that led to nothing."""
    on = working_day_before(first - days(story.rng.randint(20, 300)))
    children = story.family.children
    if not story.chance("contact_alone") or any(child.begins_on >= on for child in children):
        register(story, first)
        return
    register(story, on)
    _contact(story, children, on, story.rng.choice(("ADVICE_FLAG", "NFA_FLAG", "NFA_FLAG")), _source(story))


def _source(story: Story) -> str:
    return story.rng.choices(_SOURCES, _SOURCE_WEIGHTS)[0]


def _contact(story: Story, children: list[Child], on: date, outcome: str, source: str) -> dict[str, str]:
    together = story.event(children)
    by = story.world.staff.on_day(story.rng, "assessment", on)
    references = {}
    for child in children:
        references[child.key] = story.reference(child, "K")
        story.add(
            on,
            child,
            "receive_contact",
            by=by,
            together=together,
            reference=references[child.key],
            source=source,
            outcome=outcome,
        )
    return references


def _who(story: Story, day: date) -> list[Child]:
    """The children a referral on the day is about: all who are at home, or one of them."""
    free = [
        child
        for child in story.family.children
        if child.key not in story.gone
        and story.free_from.get(child.key, date.min) < day
        and child.age_on(day) < 17
        and (child.expected_on is not None or child.begins_on < day)
    ]
    is_expecting = any(child.sex == "U" for child in free)
    if len(free) > 1 and not is_expecting and not story.chance("whole_family_referred"):
        return [story.rng.choice(free)]
    return free


def first_course(rng: Random) -> str:
    """The course of a family's first referral, by the declared shares."""
    return _draw(rng, _shares())


def _course(story: Story, children: list[Child]) -> str:
    shares = _shares()
    if any(story.plans.get(child.key) for child in children):
        shares["protection_plan"] *= 1.8
        shares["care"] *= 1.8
    return _draw(story.rng, shares)


def _shares() -> dict[str, float]:
    return {
        name: rates()[name]
        for name in (
            "no_further_action",
            "not_in_need",
            "section_47_without_conference",
            "conference_without_plan",
            "protection_plan",
            "care",
        )
    }


def _draw(rng: Random, shares: dict[str, float]) -> str:
    """A course by its share; what is left over is help."""
    names = [*shares, "help"]
    return rng.choices(names, [*shares.values(), 1 - sum(shares.values())])[0]


def _again(story: Story) -> date | None:
    """The day of the family's next referral, or None."""
    closed = [day for key, day in story.free_from.items() if key not in story.gone]
    if not closed or min(closed) > story.world.until:
        return None
    chance = story.rng.random()
    if chance < rates()["refer_again_within_a_year"]:
        gap = story.rng.randint(6, 330)
    elif chance < rates()["refer_again_within_a_year"] + rates()["refer_again_later"]:
        gap = story.rng.randint(366, 1500)
    else:
        return None
    base = min(closed)
    if story.rng.random() < 0.3:
        _move_house(story, base + days(2))
    return _a_day(story, base + days(gap))


def _move_house(story: Story, on: date) -> None:
    family, places = story.family, story.world.places
    family.lines, family.postcode = places.lines(story.rng), places.postcode(story.rng)
    at_home = [child.key for child in family.children if story.free_from.get(child.key, date.min) < on]
    for person in [*(adult.key for adult in family.adults[:1]), *at_home]:
        live_at(story, person, on, "home", family.lines, family.postcode)


def _a_day(story: Story, day: date) -> date:
    """The day, or mostly the next working day: few referrals come on a day off."""
    return day if story.rng.random() < 0.07 else working_day(day)


def _referral(story: Story, children: list[Child], day: date, course: str) -> None:
    source = "7" if children[0].is_unaccompanied else _source(story)
    contacts = _contact(story, children, day, "NEW_REFERRAL_FLAG", source)
    need = "N8" if children[0].is_unaccompanied else story.rng.choices(_NEEDS, _NEED_WEIGHTS)[0]
    is_stopped = course == "no_further_action"
    together = story.event(children)
    by = story.world.staff.of_role(story.rng, "team_manager", day)
    needs = []
    for child in children:
        reference = story.reference(child, "R")
        own_need = "N2" if child.is_disabled and story.rng.random() < 0.4 else need
        story.add(
            day,
            child,
            "receive_referral",
            by=by,
            together=together,
            reference=reference,
            contact=contacts[child.key],
            source=source,
            primary_need=None if is_stopped else own_need,
            is_no_further_action=is_stopped,
        )
        needs.append(Need(child, reference, day, "", day, day, day))
    if is_stopped:
        for one in needs:
            if one.child.sex == "U":
                story.gone.add(one.child.key)
            _close(story, one)
        return
    _assess(story, needs, course)
    _TELL[course](story, needs)


def _assess(story: Story, needs: list[Need], course: str) -> None:
    """One assessment of all the children, with each child's own factors."""
    rng, day = story.rng, needs[0].start
    together = story.event([one.child for one in needs])
    start = add_working_days(day, rng.choice((0, 0, 1, 1, 2)))
    length = rng.randint(46, 70) if story.chance("late_assessment") else int(rng.triangular(8, 45, 40))
    done = add_working_days(start, length)
    by = story.world.staff.on_day(rng, "assessment", start)
    manager = story.world.staff.of_role(rng, "team_manager", done)
    nothing = course == "not_in_need" and rng.random() < 0.35
    shared = set(rng.choices(_ORDER, list(_FACTORS.values()), k=rng.choice((1, 2, 2, 3, 4))))
    for one in needs:
        _unborn(story, one, course)
        reference = story.reference(one.child, "A")
        story.add(
            start, one.child, "start_assessment", by, together, reference=reference, referral=one.referral
        )
        story.add(
            done,
            one.child,
            "authorise_assessment",
            manager,
            together,
            assessment=reference,
            factors=["21"] if nothing else _factors(story, one.child, shared, start),
            reviewed_on=add_working_days(start, 10) if rng.random() < 0.3 and length > 12 else None,
            is_no_further_action=course == "not_in_need",
        )
        one.assessed = done
        one.free = done + days(rng.randint(1, 5))
        one.ends = one.free


def _factors(story: Story, child: Child, shared: set[str], on: date) -> list[str]:
    found = set(shared)
    if story.rng.random() < 0.3:
        found.add(story.rng.choices(_ORDER, list(_FACTORS.values()))[0])
    if child.is_unaccompanied:
        found = {"9A"} | (found & {"4A", "12A", "20"})
    if child.age_on(on) < 11:
        found -= _ONLY_TEENAGERS
    if child.is_disabled:
        found.add("5A" if "LD" in child.disabilities else "6A")
    return [code for code in [*_ORDER, "9A"] if code in found] or ["20"]


def _unborn(story: Story, one: Need, course: str) -> None:
    """Write down the birth of a child who was unborn when referred (once)."""
    child = one.child
    if child.expected_on is None or child.sex != "U" or child.key in story.gone:
        return
    if child.born_on is None:
        if course in ("not_in_need", "no_further_action"):
            story.gone.add(child.key)  # the family is not heard of again, and neither is the birth
            return
        born = child.expected_on + days(story.rng.randint(-9, 9))
        if return_year(born) != return_year(one.start):
            born = child.expected_on
        child.born_on = max(born, one.start + days(5))
        child.sex = "M" if story.rng.random() < 0.52 else "F"
        names = child.culture.boys if child.sex == "M" else child.culture.girls
        child.given_names = story.rng.choice(names)
        story.add(
            child.born_on,
            child,
            "record_birth",
            date_of_birth=child.born_on,
            sex=child.sex,
            given_names=child.given_names,
            family_name=child.family_name,
        )


def _not_in_need(story: Story, needs: list[Need]) -> None:
    reason = "RC8" if story.rng.random() < 0.6 else "RC9"
    for one in needs:
        one.reason = reason
        _close(story, one)


def _help(story: Story, needs: list[Need]) -> None:
    """A child-in-need plan for most; a few died, or moved to another authority."""
    length = _help_length(story)
    for one in needs:
        if one.child.is_disabled and story.rng.random() < 0.6:
            _long_help(story, one)
            continue
        if story.rng.random() < 0.85:
            one.ends = _help_plan(story, one, one.free, length)
        if story.rng.random() < 0.03:
            one.reason = "RC5"
            story.gone.add(one.child.key)
        elif story.chance("death"):
            _die(story, one, one.ends)
        _close(story, one)


def _help_length(story: Story) -> int:
    rng = story.rng
    kind = rng.random()
    if kind < 0.48:
        return rng.randint(25, 150)
    return rng.randint(150, 380) if kind < 0.9 else rng.randint(380, 900)


def _long_help(story: Story, one: Need) -> None:
    """A disabled child with a plan for years, some with short breaks."""
    start = one.free
    length = story.rng.randint(250, 1200)
    end = min(start + days(length), one.child.turns(18) - days(3))
    if end < start + days(30):
        _close(story, one)
        return
    if one.child.age_on(start) >= 3 and story.chance("short_breaks"):
        breaks = short_breaks(story.rng, story.world.homes, one.child, start + days(20), end - days(10))
        for period in breaks:
            write_period(story, period, "")
        story.gone.add(one.child.key)  # so that no care under another status falls in the same year
    one.ends = _help_plan(story, one, start, (end - start).days)
    one.reason = "RC6" if one.child.age_on(one.ends) >= 17 else "RC7"
    _close(story, one)


def _help_plan(story: Story, one: Need, start: date, length: int) -> date:
    """Write down a child-in-need plan, with a new assessment in long ones; the day it ends."""
    reference = story.reference(one.child, "N")
    by = story.world.staff.on_day(story.rng, "plan", start)
    story.add(start, one.child, "start_child_in_need_plan", by, reference=reference, referral=one.referral)
    end = working_day(start + days(length))
    if length > 200 and story.rng.random() < 0.45:
        again = story.reference(one.child, "A")
        begun = working_day(start + days(length // 2))
        done = min(add_working_days(begun, story.rng.randint(15, 44)), end)
        story.add(begun, one.child, "start_assessment", by, reference=again, referral=one.referral)
        story.add(
            done,
            one.child,
            "authorise_assessment",
            by,
            assessment=again,
            factors=_factors(story, one.child, {"4B"}, begun),
            reviewed_on=None,
            is_no_further_action=False,
        )
    story.add(end, one.child, "end_child_in_need_plan", by, plan=reference)
    return end


def _die(story: Story, one: Need, on: date) -> None:
    story.add(on, one.child, "record_death", date_of_death=on)
    story.gone.add(one.child.key)
    one.reason = "RC2"


def _enquire(story: Story, needs: list[Need], is_conference: bool) -> tuple[date, dict[str, str]]:
    """A section 47 enquiry about all the children; the day it ended, and its references by child."""
    rng = story.rng
    together = story.event([one.child for one in needs])
    start = add_working_days(needs[0].start, rng.choice((0, 1, 2, 3, 6, 10)))
    done = add_working_days(start, rng.randint(4, 10 if is_conference else 14))
    by = story.world.staff.on_day(rng, "assessment", start)
    is_joint = story.chance("joint_enquiry")
    outcome = rng.choice(("NFA_FLAG", "PROV_OF_SERVICES_FLAG", "NFA_CONTINUE_SINGLE_FLAG"))
    references = {}
    for one in needs:
        references[one.child.key] = story.reference(one.child, "E")
        story.add(
            start,
            one.child,
            "start_section_47",
            by,
            together,
            reference=references[one.child.key],
            referral=one.referral,
            is_joint=is_joint,
            conference_target_on=add_working_days(start, 15),
        )
        story.add(
            done,
            one.child,
            "conclude_section_47",
            by,
            together,
            enquiry=references[one.child.key],
            is_conference_required=is_conference,
            outcome="CP_CONFERENCE_FLAG" if is_conference else outcome,
        )
        one.free = max(one.free, done + days(1))
    return start, references


def _enquiry_only(story: Story, needs: list[Need]) -> None:
    _enquire(story, needs, is_conference=False)
    _then_help(story, needs, 0.62)


def _then_help(story: Story, needs: list[Need], share: float) -> None:
    goes_on = story.rng.random() < share
    length = _help_length(story)
    for one in needs:
        one.ends = max(one.ends, one.free)
        if goes_on:
            one.ends = _help_plan(story, one, one.free, length)
        _close(story, one)


def _confer(story: Story, needs: list[Need], planned: set[str]) -> date:
    """An initial conference on all the children; its day. `planned` are the keys of those with a plan."""
    rng = story.rng
    enquiries: dict[str, str] = {}
    if story.chance("conference_by_transfer"):
        held = add_working_days(needs[0].start, rng.randint(5, 15))
    else:
        day, enquiries = _enquire(story, needs, is_conference=True)
        late = story.chance("late_conference")
        held = add_working_days(day, rng.randint(16, 26) if late else rng.randint(11, 15))
    together = story.event([one.child for one in needs])
    chair = story.world.staff.of_role(rng, "reviewing_officer", held)
    for one in needs:
        reference = story.reference(one.child, "I")
        is_plan = one.child.key in planned
        story.add(
            held,
            one.child,
            "hold_initial_conference",
            chair,
            together,
            reference=reference,
            referral=one.referral,
            enquiry=enquiries.get(one.child.key),
            is_plan_made=is_plan,
        )
        one.conference = reference if is_plan else ""
        one.free = max(one.free, held + days(1))
    return held


def _conference_only(story: Story, needs: list[Need]) -> None:
    _confer(story, needs, set())
    _then_help(story, needs, 0.9)


def _plan(story: Story, needs: list[Need]) -> None:
    """Protection plans that end at a review, then help, then closed."""
    planned = {one.child.key for one in needs if story.rng.random() < 0.95} or {needs[0].child.key}
    held = _confer(story, needs, planned)
    reviews = story.rng.choices((1, 2, 3, 4, 5), (24, 46, 19, 7, 4))[0]
    length = story.rng.randint(50, 150)
    category = story.rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0]
    dates = _review_days(story, held, reviews)
    together = story.event([one.child for one in needs])
    for one in needs:
        if one.conference:
            end = _protection_plan(story, one, held, dates, None, category, together)
            one.free = max(one.free, end + days(1))
        one.ends = _help_plan(story, one, one.free, length)
        _close(story, one)


def _review_days(story: Story, held: date, number: int) -> list[date]:
    """Review conferences: within three months, then within six, a few late."""
    found: list[date] = []
    day, months = held, 3
    for _ in range(number):
        due = add_months(day, months)
        if story.chance("late_plan_review"):
            day = working_day(due + days(story.rng.randint(2, 20)))
        else:
            day = working_day_before(due - days(story.rng.randint(0, 9)))
        found.append(day)
        months = 6
    return found


def _protection_plan(
    story: Story,
    one: Need,
    held: date,
    reviews: list[date],
    until: date | None,
    category: str,
    together: str,
) -> date:
    """Write down a plan from its conference to its last review, or to `until`; the day it ends."""
    child, rng = one.child, story.rng
    before = story.plans.get(child.key, 0)
    if before == 0 and story.chance("second_plan_in_another_authority"):
        before = 1
    story.plans[child.key] = before + 1
    reference = story.reference(child, "P")
    by = story.world.staff.of_role(rng, "reviewing_officer", held)
    story.add(
        held,
        child,
        "start_protection_plan",
        by,
        together,
        reference=reference,
        referral=one.referral,
        conference=one.conference,
        category=category,
        previous_plans=before,
    )
    end = until or reviews[-1]
    for day in reviews:
        if held < day <= end:
            if rng.random() < 0.06:
                category = rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0]
            story.add(day, child, "hold_plan_review", by, together, plan=reference, category=category)
    story.add(end, child, "end_protection_plan", by, together, plan=reference)
    return end


def _care(story: Story, needs: list[Need]) -> None:
    """Care for the children, some after a protection plan; then home, another family, or 18."""
    rng = story.rng
    held: date | None = None
    if needs[0].child.is_unaccompanied:
        start = needs[0].start
    elif story.chance("plan_before_care"):
        held = _confer(story, needs, {one.child.key for one in needs})
        start = held + days(rng.randint(40, 400))
    else:
        if rng.random() < 0.5:
            _enquire(story, needs, is_conference=False)
        start = needs[0].start + days(rng.choice((0, 0, 1, 3, 10, 25, 45)))
    reviews = _review_days(story, held, 4) if held else []
    category = rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0]
    together = story.event([one.child for one in needs])
    if held and rng.random() < 0.5:
        _pre_proceedings(story, needs, held, start)
    periods = _periods(story, needs, start)
    for one in needs:
        period = periods.get(one.child.key)
        if held and one.conference:
            until = (period.start if period else start) + days(rng.randint(1, 25))
            until = min(until, period.end) if period else until
            end = _protection_plan(story, one, held, reviews, until, category, together)
            one.free = max(one.free, end + days(1))
        if period is None:
            one.ends = _help_plan(story, one, one.free, 90)
            _close(story, one)
        else:
            _in_care(story, one, period, together if len(periods) > 1 else "")


def _periods(story: Story, needs: list[Need], start: date) -> dict[str, Period]:
    """A period of care for each child who can have one; brothers and sisters mostly start on one day, and in
    many families those in care at one time share their homes.
    """
    found: dict[str, Period] = {}
    is_together = story.chance("siblings_placed_together")
    for one in needs:
        begins = max(start, one.child.begins_on + days(1)) if one.child.expected_on else start
        if len(needs) > 2 and one.child.age_on(begins) >= 14 and story.rng.random() < 0.4:
            continue
        others = story.in_care if is_together else ()
        period = plan_period(story.rng, story.world.homes, story.family, one.child, begins, others)
        if period is not None:
            found[one.child.key] = period
            story.in_care.append(period)
    return found


def _pre_proceedings(story: Story, needs: list[Need], held: date, start: date) -> None:
    """Work before care proceedings, written down when it ends, before care starts."""
    begun = held + days(14)
    ended = min(begun + days(story.rng.randint(60, 110)), start - days(1))
    if ended < begun + days(21):
        return
    outcome = "ISSUE"
    together = story.event([one.child for one in needs])
    for one in needs:
        story.add(
            ended,
            one.child,
            "record_pre_proceedings",
            None,
            together,
            reference=story.reference(one.child, "O"),
            referral=one.referral,
            started_on=begun,
            letter_before_proceedings_on=begun + days(3),
            is_family_group_meeting_offered=True,
            is_family_group_meeting_held=story.rng.random() < 0.4,
            first_meeting_on=begun + days(12),
            review_meetings=story.rng.randint(0, 2),
            decided_on=ended,
            outcome=outcome,
            court_application_on=ended,
            letter_to_start_on=ended,
        )


_CLOSED_FOR = {
    "E11": "RC1",
    "E12": "RC1",
    "E2": "RC2",
    "E3": "RC5",
    "E41": "RC3",
    "E45": "RC4",
    "E46": "RC4",
    "E47": "RC4",
    "E48": "RC4",
    "E7": "RC6",
}


def _in_care(story: Story, one: Need, period: Period, together: str) -> None:
    """The period of care, and what follows it: help at home, or the case closes."""
    child = one.child
    write_period(story, period, together)
    if period.reason == "E2":
        story.add(period.end, child, "record_death", date_of_death=period.end)
    one.reason = _CLOSED_FOR.get(period.reason, "RC7")
    one.ends = max(period.end, one.free)
    goes_home = period.reason in ("E4A", "E4B", "E13") and child.turns(18) > one.ends + days(60)
    if goes_home:
        start = max(one.ends + days(1), one.free)
        room = (child.turns(18) - start).days - 5
        one.ends = _help_plan(story, one, start, min(room - 5, story.rng.randint(60, 170)))
    if goes_home and child.age_on(period.end) < 14:
        pass
    else:
        story.gone.add(child.key)
        leave_care(story, period, [period])
    _close(story, one, period)


def _close(story: Story, one: Need, period: Period | None = None) -> None:
    """Close the referral, and write down who worked with the child while it was open."""
    child = one.child
    by = story.world.staff.of_role(story.rng, "team_manager", one.ends)
    story.add(one.ends, child, "close_referral", by, referral=one.referral, reason=one.reason)
    story.free_from[child.key] = one.ends
    if one.ends <= one.start + days(3):
        return
    stages = [("assessment", one.start)]
    if period is not None and period.start <= one.start + days(7):
        stages = [("care", one.start)]
    elif one.assessed + days(5) < (period.start if period else one.ends):
        later = "disabled" if child.is_disabled and period is None else "plan"
        stages.append((later, one.assessed))
    if period is not None and stages[0][0] != "care":
        stages.append(("care", period.start))
    allocate(story, child, stages, one.ends)


def _change_names(story: Story, first: date) -> None:
    """A few children take another family name."""
    for child in story.family.children:
        known = story.free_from.get(child.key)
        if known is None or child.mother is None or child.is_unaccompanied or not story.chance("name_change"):
            continue
        other = child.mother.family_name
        if other == child.family_name and child.father is not None:
            other = child.father.family_name
        on = first + (known - first) // 2
        if other != child.family_name and on > child.begins_on:
            story.add(on, child, "change_name", given_names=child.given_names, family_name=other)


def _partners_leave(story: Story, first: date) -> None:
    """Some partners of a parent, who are nobody's parent here, leave while the family is known."""
    leaves = story.chance("partner_leaves")
    known = max(story.free_from.values(), default=first)
    on = first + (known - first) * 2 // 3
    for tie in story.family.ties:
        if tie.kind == "partner_of_parent" and leaves and on > first:
            story.add(on, tie.person.key, "end_relationship", other=tie.other.key, kind=tie.kind)


_TELL = {
    "not_in_need": _not_in_need,
    "help": _help,
    "section_47_without_conference": _enquiry_only,
    "conference_without_plan": _conference_only,
    "protection_plan": _plan,
    "care": _care,
}
