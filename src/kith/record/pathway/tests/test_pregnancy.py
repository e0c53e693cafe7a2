"""A baby expected and born: on record once, twins together, and what a return is told stays right."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.chronology.policies import WrongDate
from kith.record.extract.queries import extract
from kith.record.pathway import pregnancy
from kith.record.pathway.pregnancy import AlreadyExpected, NotExpected
from kith.record.people.models import Person, PersonDetails
from kith.record.people.queries import name_of, shown
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.sharing.queries import professionals_of
from kith.record.tests.practice import refused, worked_with
from kith.record.versions import VersionClash

TODAY = timezone.localdate
SOON = TODAY() + timedelta(weeks=10)


@pytest.fixture
def mother(someone, worker, team):
    return worked_with(someone("Sana", "Khan", date_of_birth=date(1995, 1, 1), sex="F"), worker, team)


def expect(mother, worker, team, how_many=1):
    made = pregnancy.expect(mother=mother, expected_on=SOON, family_name="Khan", how_many=how_many, by=worker)
    return [worked_with(baby, worker, team) for baby in made]


def told_in_return(child):
    """What the dataset tells of a child: sex, day of birth, day expected."""
    row = extract([child.pk])["ssd_person"].row(0, named=True)
    return row["pers_sex"], row["pers_dob"], row["pers_expected_dob"]


def test_a_baby_is_on_record_before_birth_tied_to_the_mother_and_told_of_as_unborn(mother, worker, team):
    (baby,) = expect(mother, worker, team)
    assert pregnancy.expected_of(mother) == [baby]
    assert pregnancy.mother_of(baby) == mother
    details = PersonDetails.current.get(person=baby)
    assert (details.sex, details.expected_date_of_birth, details.date_of_birth) == ("U", SOON, None)
    assert told_in_return(baby) == ("U", None, SOON)
    assert name_of(baby) == "Baby Khan"


def test_birth_makes_the_child_of_what_is_on_record(mother, worker, team):
    (baby,) = expect(mother, worker, team)
    people = Person.objects.count()
    pregnancy.born(child=baby, on=TODAY(), sex="F", given_names="Noor", by=worker)
    told = PersonDetails.current.get(person=baby)
    assert (told.sex, told.date_of_birth, told.expected_date_of_birth) == ("F", TODAY(), None)
    assert told_in_return(baby) == ("F", TODAY(), None)
    assert (name_of(baby), Person.objects.count()) == ("Noor Khan", people)
    assert pregnancy.expected_of(mother) == []
    with refused(NotExpected, "not on record as expected"):  # pressed twice
        pregnancy.born(child=baby, on=TODAY(), sex="F", by=worker)


def test_twins_are_told_of_once_and_each_is_born_apart(mother, worker, team):
    one, two = expect(mother, worker, team, how_many=2)
    assert [name_of(each) for each in (one, two)] == ["Baby 1 Khan", "Baby 2 Khan"]
    assert pregnancy.expected_with(two) == [two, one]
    pregnancy.mend_expected(child=two, expected_on=SOON + timedelta(days=4), by=worker)
    pregnancy.name_midwife(child=one, name="Ivy Midwife", phone="01632 960300", booked_at="St Ann", by=worker)
    days = {each.expected_date_of_birth for each in shown([one.pk, two.pk]).values()}
    assert days == {SOON + timedelta(days=4)}
    for each in professionals_of([one.pk, two.pk], TODAY()).values():
        assert [(named.professional.name, named.professional.job) for named in each] == [
            ("Ivy Midwife", "Midwife, St Ann")
        ]
    pregnancy.born(child=one, on=TODAY(), sex="M", given_names="Ali", by=worker)
    assert pregnancy.expected_of(mother) == [two]


def test_a_scan_shows_one_more(mother, worker, team):
    (baby,) = expect(mother, worker, team)
    more = pregnancy.one_more(child=baby, family_name="Khan", by=worker)
    assert pregnancy.expected_of(mother) == sorted([baby, more], key=lambda each: each.pk)
    assert name_of(more) == "Baby 2 Khan"


def test_one_pregnancy_is_put_on_record_once(mother, worker, team):
    expect(mother, worker, team)
    with refused(AlreadyExpected, "on record already"):
        expect(mother, worker, team)


@pytest.mark.parametrize("days", [-365, 365, -43_000])
def test_nobody_is_expected_in_another_year(mother, worker, days):
    with pytest.raises(WrongDate):
        pregnancy.expect(
            mother=mother, expected_on=TODAY() + timedelta(days=days), family_name="K", by=worker
        )
    assert pregnancy.expected_of(mother) == []


@pytest.mark.parametrize("how_many", [0, 6])
def test_nobody_expects_none_or_six(mother, worker, how_many):
    with pytest.raises(NotPossible):
        pregnancy.expect(mother=mother, expected_on=SOON, family_name="K", how_many=how_many, by=worker)


@pytest.mark.parametrize("on", [TODAY() + timedelta(days=1), SOON - timedelta(weeks=21), date(1900, 1, 1)])
def test_a_birth_is_on_a_day_that_can_be(mother, worker, team, on):
    (baby,) = expect(mother, worker, team)
    with pytest.raises(NotPossible):
        pregnancy.born(child=baby, on=on, sex="F", by=worker)


def test_a_child_who_is_born_is_not_born_again(amira, undated, worker):
    for child in (amira, undated):
        with pytest.raises(NotExpected):
            pregnancy.born(child=child, on=TODAY(), sex="F", by=worker)
        with pytest.raises(NotExpected):
            pregnancy.mend_expected(child=child, expected_on=SOON, by=worker)


def test_who_may_not_does_not(mother, worker, team, stranger, analyst):
    (baby,) = expect(mother, worker, team)
    with pytest.raises(NotAllowed):
        pregnancy.expect(mother=mother, expected_on=SOON, family_name="K", by=analyst)
    for act, said in (
        (pregnancy.born, {"on": TODAY(), "sex": "F"}),
        (pregnancy.mend_expected, {"expected_on": SOON}),
        (pregnancy.one_more, {"family_name": "K"}),
        (pregnancy.name_midwife, {"name": "Ivy"}),
    ):
        with pytest.raises(NotAllowed):
            act(child=baby, by=stranger, **said)


def test_two_who_mend_the_day_at_once_see_both(mother, worker, team):
    (baby,) = expect(mother, worker, team)
    seen = PersonDetails.current.get(person=baby).pk
    pregnancy.mend_expected(child=baby, expected_on=SOON + timedelta(days=1), by=worker, expected=seen)
    with pytest.raises(VersionClash):
        pregnancy.mend_expected(child=baby, expected_on=SOON, by=worker, expected=seen)
