"""Invented families: children, parents, brothers and sisters of every kind, relatives, homes."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from kith.invented.names import Culture, a_culture, ethnicity, family_name, given_name
from kith.invented.places import Places
from kith.invented.rates import rates
from kith.standards import dates

_DISABILITIES = ("LD", "AUT", "BEH", "COMM", "MOB", "PC", "INC", "HAND", "HEAR", "VIS", "CON", "DDA")
_DISABILITY_WEIGHTS = (42, 40, 24, 22, 20, 12, 10, 6, 6, 6, 8, 14)


@dataclass(slots=True)
class Person:
    """Somebody in a family. `key` is the child's id at the authority, or a relative's key."""

    key: str
    given_names: str
    family_name: str
    sex: str
    ethnicity: str
    born_on: date | None
    culture: Culture


@dataclass(slots=True)
class Child(Person):
    """A child, or a young person who was one."""

    expected_on: date | None = None  # unborn when first known
    disabilities: list[str] = field(default_factory=lambda: ["NONE"])
    is_unaccompanied: bool = False
    mother: Person | None = None
    father: Person | None = None

    @property
    def is_disabled(self) -> bool:
        return self.disabilities != ["NONE"]

    @property
    def begins_on(self) -> date:
        """The birthday, or the day the birth is expected."""
        day = self.born_on or self.expected_on
        assert day is not None
        return day

    def age_on(self, on: date) -> int:
        """Age in whole years; below 0 before birth."""
        born = self.begins_on
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def turns(self, age: int) -> date:
        """The day on which the child reaches this age."""
        return dates.turns(self.begins_on, age)


@dataclass(frozen=True, slots=True)
class Tie:
    """`other` is `kind` to `person`; parental responsibility where it was told."""

    person: Person
    other: Person
    kind: str  # code list `family_relationships`
    parental_responsibility: bool | None = None
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(slots=True)
class Family:
    """One household with its relatives. `postcode` and `lines` are the children's home."""

    children: list[Child]
    adults: list[Person]
    ties: list[Tie]
    postcode: str
    lines: str
    second_home: tuple[str, str] | None = None  # lines, postcode: the other parent's
    is_confidential: bool = False
    kin: Person | None = None  # a relative who could look after the children
    kin_postcode: str = ""  # where they live, once somebody is placed there


class Keys:
    """Child ids and relatives' keys, one after another."""

    def __init__(self) -> None:
        self._children = 100_000
        self._relatives = 500_000

    def child(self) -> str:
        """The next child id: at most 20 letters and digits, as the returns want it."""
        self._children += 1
        return f"NB{self._children}"

    def relative(self) -> str:
        """The next key of a relative."""
        self._relatives += 1
        return f"NBR{self._relatives}"


def a_birthday(rng: Random, on: date, youngest: float, oldest: float) -> date:
    """A birthday of somebody who on the day is between the two ages, in years."""
    return on - timedelta(days=int(rng.uniform(youngest, oldest) * 365.25) + 1)


class FamilyMaker:
    """Makes families at a day, when they first come to notice."""

    def __init__(self, keys: Keys, places: Places) -> None:
        self._keys = keys
        self._places = places

    def family(self, rng: Random, on: date, ages: list[float], unborn: date | None = None) -> Family:
        """A family whose children have these ages on the day; `unborn` adds one expected on that day."""
        mother = self._adult(rng, a_culture(rng), "F", on, 19 + max([*ages, 0.0]), 42)
        fathers = [self._partner(rng, mother, on, ages)]
        if rng.random() < 0.35 and len(ages) > 1:
            fathers.append(self._partner(rng, mother, on, ages))
        family = Family([], [mother, *fathers], [], self._places.postcode(rng), self._places.lines(rng))
        self._add_children(rng, family, on, ages, unborn)
        self._tie_parents(rng, family, fathers[-1])
        self._tie_siblings(family)
        self._add_relatives(rng, family, on)
        if rng.random() < rates()["two_homes"]:
            family.second_home = (self._places.lines(rng), self._places.postcode(rng))
        family.is_confidential = rng.random() < rates()["confidential_address"]
        return family

    def alone(self, rng: Random, on: date) -> Family:
        """A child who came to England with no family, aged 14 to 17."""
        culture = a_culture(rng, alone=True)
        sex = "M" if rng.random() < 0.9 else "F"
        child = Child(
            self._keys.child(),
            given_name(rng, culture, sex),
            family_name(rng, culture),
            sex,
            rng.choices(culture.ethnicities, culture.ethnicity_weights)[0],
            a_birthday(rng, on, 14.6, 17.6),
            culture,
            is_unaccompanied=True,
        )
        return Family([child], [], [], self._places.postcode(rng), self._places.lines(rng))

    def _adult(
        self, rng: Random, culture: Culture, sex: str, on: date, youngest: float, oldest: float
    ) -> Person:
        return Person(
            self._keys.relative(),
            given_name(rng, culture, sex),
            family_name(rng, culture),
            sex,
            rng.choices(culture.ethnicities, culture.ethnicity_weights)[0],
            a_birthday(rng, on, youngest, max(oldest, youngest + 4)),
            culture,
        )

    def _partner(self, rng: Random, mother: Person, on: date, ages: list[float]) -> Person:
        same = rng.random() < 0.86
        culture = mother.culture if same else a_culture(rng)
        return self._adult(rng, culture, "M", on, 19 + max([*ages, 0.0]), 50)

    def _add_children(
        self, rng: Random, family: Family, on: date, ages: list[float], unborn: date | None
    ) -> None:
        mother, fathers = family.adults[0], family.adults[1:]
        oldest_first = sorted(ages, reverse=True)
        for number, age in enumerate(oldest_first):
            father = fathers[0] if len(fathers) == 1 or number == 0 else fathers[1]
            born = on - timedelta(days=int(age * 365.25))
            family.children.append(self._child(rng, mother, father, born, None))
        if unborn is not None:
            family.children.append(self._child(rng, mother, fathers[-1], None, unborn))
        if len(ages) > 1 and rng.random() < rates()["twins"]:
            family.children[1].born_on = family.children[0].born_on
            family.children[1].father = family.children[0].father

    def _child(
        self, rng: Random, mother: Person, father: Person, born: date | None, expected: date | None
    ) -> Child:
        sex = "U" if born is None else ("M" if rng.random() < 0.54 else "F")
        culture = mother.culture if rng.random() < 0.5 else father.culture
        surname = father.family_name if rng.random() < 0.55 else mother.family_name
        child = Child(
            self._keys.child(),
            given_name(rng, culture, sex),
            surname,
            sex,
            ethnicity(rng, mother.culture, father.culture),
            born,
            culture,
            expected_on=expected,
            mother=mother,
            father=father,
        )
        if born is not None and rng.random() < rates()["disabled"]:
            number = rng.choice((1, 1, 2, 2, 3))
            found = set(rng.choices(_DISABILITIES, _DISABILITY_WEIGHTS, k=number))
            child.disabilities = [code for code in _DISABILITIES if code in found]
        return child

    def _tie_parents(self, rng: Random, family: Family, at_home: Person) -> None:
        for child in family.children:
            mother, father = child.mother, child.father
            assert mother is not None and father is not None
            family.ties.append(Tie(child, mother, "mother", True))
            family.ties.append(Tie(child, father, "father", rng.random() < 0.72))
            if father is not at_home:
                kind = "step_parent" if rng.random() < 0.5 else "partner_of_parent"
                holds = kind == "step_parent" and rng.random() < 0.15
                family.ties.append(Tie(child, at_home, kind, holds))

    def _tie_siblings(self, family: Family) -> None:
        for child in family.children:
            for other in family.children:
                if other is not child:
                    kind = "sibling" if other.father is child.father else "half_sibling"
                    family.ties.append(Tie(child, other, kind))

    def _add_relatives(self, rng: Random, family: Family, on: date) -> None:
        mother = family.adults[0]
        if rng.random() < 0.55:
            age = 20 + (on - (mother.born_on or on)).days / 365.25
            grandmother = self._adult(rng, mother.culture, "F" if rng.random() < 0.8 else "M", on, age, 72)
            grandmother.family_name = mother.family_name
            self._add(family, grandmother, "grandparent")
            family.kin = grandmother
        if rng.random() < 0.3:
            aunt = self._adult(rng, mother.culture, "F" if rng.random() < 0.7 else "M", on, 22, 48)
            aunt.family_name = mother.family_name
            self._add(family, aunt, "aunt_uncle")
            family.kin = family.kin or aunt
        if len(family.adults) > 2 and rng.random() < 0.25:
            step = self._adult(rng, family.adults[-1].culture, "M", on, 3, 16)
            step.family_name = family.adults[-1].family_name
            self._add(family, step, "step_sibling")
        if family.kin is None and rng.random() < 0.4:
            friend = self._adult(rng, a_culture(rng), "F", on, 28, 60)
            self._add(family, friend, "family_friend")
            family.kin = friend

    def _add(self, family: Family, adult: Person, kind: str) -> None:
        family.adults.append(adult)
        family.ties.extend(Tie(child, adult, kind) for child in family.children)
