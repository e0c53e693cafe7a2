"""A baby who is expected, and born: on record before birth, tied to the mother, with the midwife.

A return is told of an unborn child by the day expected and no day of birth, and of the sex as not known.
Source: CIN census rules 8525 and 8750.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kith.record.chronology.permissions import check_can_act
from kith.record.chronology.policies import WrongDate, life_of, life_told, lives_of
from kith.record.pathway.services import record_birth
from kith.record.people import services as people
from kith.record.people.family import ties_of
from kith.record.people.models import Person, PersonDetails, PersonName, User
from kith.record.people.permissions import check_can
from kith.record.people.queries import same_person_ids
from kith.record.people.services import NewPerson, NewTie, register_family
from kith.record.refusals import NotPossible
from kith.record.sharing import services as sharing
from kith.standards.dates import day_in_words

MOST_AT_ONCE = 5
LONGEST_AHEAD, LONGEST_PAST = timedelta(weeks=43), timedelta(weeks=6)  # of the day expected, from today
EARLIEST, LATEST = timedelta(weeks=20), timedelta(weeks=6)  # of a birth, before and after the day expected
MOTHER, OWN_CHILD, SIBLING = "mother", "own_child", "sibling"  # code list `family_relationships`
MIDWIFE = "midwife"  # code list `working_relationship_roles`


class AlreadyExpected(NotPossible):
    """A baby of a mother of whom one is on record as expected."""


class NotExpected(NotPossible):
    """A birth, or a scan, of somebody who is not on record as expected."""


@transaction.atomic
def expect(
    *, mother: Person, expected_on: date, family_name: str, by: User, how_many: int = 1
) -> list[Person]:
    """Return the babies a mother expects, on record and tied to her; twins are tied to each other.

    Raises NotAllowed, AlreadyExpected, NotPossible and WrongDate.
    """
    check_can("keep_people", by)
    _check_expected(expected_on, timezone.localdate())
    if not 1 <= how_many <= MOST_AT_ONCE:
        raise NotPossible(f"Say from 1 to {MOST_AT_ONCE} babies.", "Check the number.")
    lives_of([mother])  # locked: pressed twice, the second sees the first
    if before := expected_of(mother):
        day = life_of(before[0]).expected_on or expected_on
        raise AlreadyExpected(
            f"A baby of hers is on record already, expected on {day_in_words(day)}.",
            "Open that child’s page: the day can be mended there, and one more baby added.",
        )
    return _put_on_record(mother, [], expected_on, family_name, how_many, by)


def _put_on_record(
    mother: Person, twins: list[Person], expected_on: date, family_name: str, how_many: int, by: User
) -> list[Person]:
    first = len(twins) + 1
    keys = [
        f"Baby {number}" if len(twins) + how_many > 1 else "Baby" for number in range(first, first + how_many)
    ]
    details = {"family_name": family_name.strip(), "sex": "U", "expected_date_of_birth": expected_on}
    new = [NewPerson(key, is_child=True, details={**details, "given_names": key}) for key in keys]
    everybody: list[str | Person] = [*twins, *keys]
    born_together = [
        NewTie(key, other, SIBLING, is_born_together=True)
        for place, key in enumerate(keys)
        for other in everybody[: len(twins) + place]
    ]
    of_mother = [NewTie(key, mother, MOTHER, has_parental_responsibility=True) for key in keys]
    made = register_family(
        by=by, people=new, ties=[*of_mother, *born_together], address=None, on=timezone.localdate()
    )
    return [made[key] for key in keys]


def expected_of(mother: Person) -> list[Person]:
    """The children of a mother who are on record as expected and not yet born, the first recorded first."""
    ids = [tie.person_id for tie in ties_of(mother) if tie.kind == OWN_CHILD]
    held = Person.objects.in_bulk(ids)
    return [held[pk] for pk in sorted(held) if life_told(held[pk]).is_unborn]


def mother_of(child: Person) -> Person | None:
    """The mother of a child, where their tie is on record."""
    found = next((tie.person_id for tie in ties_of(child) if tie.kind == MOTHER), None)
    return Person(pk=found) if found else None


def expected_with(child: Person) -> list[Person]:
    """Who is expected together with an unborn child, that child first."""
    mother = mother_of(child)
    others = expected_of(mother) if mother else []
    return [child, *(other for other in others if other.pk != child.pk)]


@transaction.atomic
def one_more(*, child: Person, family_name: str, by: User) -> Person:
    """Return one more baby who is expected together with this one. Raises NotAllowed, NotExpected."""
    check_can_act("keep_people", by, [child])
    life, mother = life_of(child), mother_of(child)
    if life.expected_on is None or not life.is_unborn or mother is None:
        raise NotExpected(
            "This child is not on record as expected by a mother.", "Say who the mother is first."
        )
    twins = expected_with(child)
    if len(twins) >= MOST_AT_ONCE:
        raise NotPossible(f"{MOST_AT_ONCE} are expected already.", "Check the number.")
    (made,) = _put_on_record(mother, twins, life.expected_on, family_name, 1, by)
    return made


@transaction.atomic
def mend_expected(
    *, child: Person, expected_on: date, by: User, expected: int | None = None
) -> PersonDetails:
    """Return the details of an unborn child with the day that a scan told, of those expected together too.

    Raises NotAllowed, NotExpected, WrongDate and VersionClash.
    """
    check_can_act("keep_people", by, [child])
    _check_unborn(child)
    _check_expected(expected_on, timezone.localdate())
    own, *_ = (
        people.correct_details(
            each, by=by, because="Told by a scan", expected_date_of_birth=expected_on,
            expected=expected if each.pk == child.pk else None,
        )
        for each in expected_with(child)
    )  # fmt: skip
    return own


@transaction.atomic
def name_midwife(*, child: Person, name: str, by: User, phone: str = "", booked_at: str = "") -> None:
    """Write down the midwife of an unborn child, and of those expected together, and where birth is booked.

    Raises NotAllowed, NotExpected and NotSaid.
    """
    check_can_act("keep_people", by, [child])
    _check_unborn(child)
    job = f"Midwife, {booked_at.strip()}" if booked_at.strip() else "Midwife"
    midwife = sharing.add_professional(name=name, by=by, job=job[:100], phone=phone.strip())
    for each in expected_with(child):
        sharing.name_professional(person=each, professional=midwife, by=by, role=MIDWIFE)


@transaction.atomic
def born(
    *, child: Person, on: date, sex: str, by: User, given_names: str = "", family_name: str = ""
) -> PersonDetails:
    """Return the details of a child who was expected, born on a day; all that is on record stays theirs.

    A name that is not given stays as it was: a baby may have none yet.

    Raises NotAllowed, NotExpected, NotPossible and WrongDate.
    """
    check_can_act("keep_people", by, [child])
    _check_unborn(child)
    expected_on = life_of(child).expected_on
    if expected_on and not expected_on - EARLIEST <= on <= expected_on + LATEST:
        raise WrongDate(
            f"{day_in_words(on)} is far from {day_in_words(expected_on)}, the day expected.",
            "Check the day; if the day expected is wrong, mend that first.",
        )
    before = PersonName.current.filter(
        person__in=same_person_ids(child), kind=PersonName.Kind.LEGAL, ended_on=None
    ).first()
    given = given_names.strip() or (before.given_names if before else "")
    family = family_name.strip() or (before.family_name if before else "")
    return record_birth(child=child, on=on, sex=sex, by=by, given_names=given, family_name=family)


def _check_unborn(child: Person) -> None:
    if not life_of(child).is_unborn:
        raise NotExpected("This child is not on record as expected.", "Look at the child’s page again.")


def _check_expected(day: date, today: date) -> None:
    if not today - LONGEST_PAST <= day <= today + LONGEST_AHEAD:
        raise WrongDate(f"Nobody is expected on {day_in_words(day)}.", "Check the day and the year.")
