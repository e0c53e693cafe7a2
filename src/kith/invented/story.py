"""One family's acts as they are written down, and what every part of the pathway needs to write them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from kith.invented.care import Period
from kith.invented.diary import Act
from kith.invented.families import Child, Family, FamilyMaker, Keys, Tie
from kith.invented.homes import Homes
from kith.invented.places import Places
from kith.invented.rates import rates
from kith.invented.workers import Staff, Worker
from kith.standards.working_days import is_working_day


@dataclass(slots=True)
class World:
    """What all families share: places, homes, staff, keys, pupil numbers, and the last day told."""

    places: Places
    homes: Homes
    staff: Staff
    keys: Keys
    makers: FamilyMaker
    until: date
    pupil_numbers: set[str] = field(default_factory=set)


class Story:
    """The acts of one family. What would happen after the last day of the diary is left out."""

    def __init__(self, world: World, rng: Random, family: Family, number: int) -> None:
        self.world = world
        self.rng = rng
        self.family = family
        self.acts: list[Act] = []
        self.last_day = date.min
        self._number = number
        self._events = 0
        self.free_from: dict[str, date] = {}  # by child: the day after which a referral may come
        self.gone: set[str] = set()  # children who will not be referred again
        self.plans: dict[str, int] = {}  # by child: protection plans so far
        self.in_care: list[Period] = []  # of every child, in the order in which they were planned
        self.told_permanence: set[str] = set()  # children whose homes before care are written down
        self.counts: dict[str, int] = {}

    def add(
        self,
        on: date,
        child: Child | str,
        act: str,
        by: Worker | None = None,
        together: str = "",
        **facts: Any,
    ) -> None:
        """Write one act down."""
        if on > self.last_day:
            self.last_day = on
        if on <= self.world.until:
            person = child if isinstance(child, str) else child.key
            self.acts.append(Act(on, person, act, facts, by.key if by else "", together))

    def event(self, children: list[Child]) -> str:
        """A new text for an event that these children share; empty for one child alone."""
        if len(children) < 2:
            return ""
        self._events += 1
        return f"E{self._number:06d}-{self._events}"

    def reference(self, child: Child, letter: str) -> str:
        """A new reference of this child: the letter says of what."""
        key = f"{child.key}{letter}"
        self.counts[key] = self.counts.get(key, 0) + 1
        return f"{key}{self.counts[key]}"

    def chance(self, rate: str) -> bool:
        """Whether something of this rate happens."""
        return self.rng.random() < rates()[rate]


def days(count: float) -> timedelta:
    """A span of whole days."""
    return timedelta(days=int(count))


def working_day(day: date) -> date:
    """The day itself, or the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def return_year(day: date) -> int:
    """The END year of the return that the day falls in: 1 April 2025 is 2026."""
    return day.year + (day.month >= 4)


def register(story: Story, on: date) -> None:
    """The family becomes known: everyone, who they are to each other, and where they live."""
    for adult in story.family.adults:
        story.add(
            on,
            adult.key,
            "register_person",
            **_person(adult.given_names, adult.family_name, adult.sex, adult.ethnicity, adult.born_on),
            first_language=adult.culture.language,
            is_child=False,
            expected_date_of_birth=None,
            disabilities=[],
            upn=None,
            upn_unknown=None,
            former_upn=None,
        )
    for child in story.family.children:
        _register_child(story, child, on)
    for tie in story.family.ties:
        story.add(on, tie.person.key, "relate", **_tie(tie))
    _live(story, on)


def _person(given: str, family: str, sex: str, group: str, born: date | None) -> dict[str, Any]:
    return {
        "given_names": given,
        "family_name": family,
        "sex": sex,
        "ethnicity": group,
        "date_of_birth": born,
    }


def _register_child(story: Story, child: Child, on: date) -> None:
    unborn = child.expected_on is not None
    born = None if unborn else child.born_on
    number, unknown, former = None, "UN1", None
    if child.is_unaccompanied:
        unknown = "UN3"
    elif not unborn and child.age_on(on) >= 4:
        number, unknown = _pupil_number(story, child), ""
        if story.chance("late_school_number"):
            number, unknown = None, story.rng.choice(("UN2", "UN3", "UN5"))
        elif story.rng.random() < 0.02:
            former = _pupil_number(story, child)
    story.add(
        on,
        child,
        "register_person",
        **_person(
            "" if unborn else child.given_names,
            child.family_name,
            "U" if unborn else child.sex,
            child.ethnicity,
            born,
        ),
        is_child=True,
        expected_date_of_birth=child.expected_on,
        first_language=child.culture.language,
        disabilities=child.disabilities,
        upn=number,
        upn_unknown=unknown or None,
        former_upn=former,
    )


def give_pupil_number(story: Story, child: Child, known_until: date) -> None:
    """A child first known when under four gets a number on turning four, if still known then."""
    starts = child.turns(4)
    registered = next(act for act in story.acts if act.act == "register_person" and act.person == child.key)
    if registered.facts["upn_unknown"] == "UN1" and registered.on < starts <= known_until:
        story.add(starts, child, "record_identifier", kind="upn", value=_pupil_number(story, child))


def _pupil_number(story: Story, child: Child) -> str:
    """A number with the right check letter, of a school that does not exist (9000 and over)."""
    while True:
        year = (child.begins_on.year + 4) % 100
        school = story.rng.randint(9000, 9999)
        authority = story.rng.choice(story.world.places.la_codes)
        digits = f"{authority}{school}{year:02d}{story.rng.randint(1, 999):03d}"
        if digits not in story.world.pupil_numbers:
            story.world.pupil_numbers.add(digits)
            return check_letter(digits) + digits


def check_letter(digits: str) -> str:
    """The check letter of a unique pupil number, from its twelve digits (returns.md, common rules)."""
    total = sum(int(digit) * place for place, digit in enumerate(digits, start=2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23]


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "other": tie.other.key,
        "kind": tie.kind,
        "has_parental_responsibility": tie.parental_responsibility,
        "started_on": tie.started_on,
    }


def _live(story: Story, on: date) -> None:
    family = story.family
    for person in [*family.adults[:1], *family.children]:
        live_at(story, person.key, on, "home", family.lines, family.postcode)
    if family.second_home:
        for child in family.children:
            live_at(story, child.key, on, "second_home", *family.second_home)


def live_at(story: Story, person: str, on: date, kind: str, lines: str, postcode: str) -> None:
    """Write down where somebody lives."""
    story.add(
        on,
        person,
        "live_at",
        kind=kind,
        lines=lines,
        postcode=postcode,
        is_confidential=story.family.is_confidential,
    )
