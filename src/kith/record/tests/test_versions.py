"""A fact's versions: nothing is overwritten, and two savers see the clash."""

from datetime import date

import pytest

from kith.record import versions
from kith.record.facts import Ending
from kith.record.people.models import Person, PersonName, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@example.org", name="Ada Osei")


@pytest.fixture
def name() -> PersonName:
    return PersonName.objects.create(
        person=Person.objects.create(), given_names="Amira", family_name="Kahn", source_rows=[7]
    )


def test_a_correction_keeps_the_old_version_readable(name, ada):
    new = versions.supersede(name, by=ada, ended_as=Ending.CORRECTED, because="Misspelt", family_name="Khan")
    old = PersonName.objects.get(pk=name.pk)
    assert (new.family_name, new.given_names, new.thread) == ("Khan", "Amira", old.thread)
    assert (old.family_name, old.ended_as, old.ended_because) == ("Kahn", "corrected", "Misspelt")
    assert new.recorded_by == ada and old.superseded_at == new.recorded_at
    assert list(PersonName.current.all()) == [new]
    assert versions.history(new) == [new, old]


def test_a_new_version_keeps_its_source_rows_and_leaves_the_batch(name, ada):
    new = versions.supersede(name, by=ada, ended_on=date(2026, 3, 2), ended_as=Ending.CONTINUED)
    assert new.source_rows == [7] and new.batch is None


def test_the_second_of_two_savers_sees_what_the_first_saved(name, ada):
    seen_by_both = name.pk
    versions.supersede(name, by=ada, expected=seen_by_both, family_name="Khan")
    with pytest.raises(versions.VersionClash) as clash:
        versions.supersede(name, by=None, expected=seen_by_both, family_name="Kane")
    assert clash.value.saved_by == ada
    assert clash.value.changed == {"family_name": ("Kahn", "Khan")}
    assert "Ada Osei saved this at" in str(clash.value) and "“Khan”" in str(clash.value)
    assert [n.family_name for n in PersonName.current.all()] == ["Khan"]


def test_saving_what_was_taken_away_meanwhile_is_a_clash(name, ada):
    versions.enter_in_error(name, because="Wrong child")
    with pytest.raises(versions.VersionClash, match="taken out of the record"):
        versions.supersede(name, by=ada, family_name="Khan")


def test_entered_in_error_leaves_no_current_version_and_stays_readable(name):
    versions.enter_in_error(name, because="Wrong child")
    assert not PersonName.current.exists()
    assert PersonName.objects.get().ended_as == Ending.ENTERED_IN_ERROR


@pytest.mark.parametrize("field", ["no_such_field", "thread", "recorded_at", "superseded_at"])
def test_a_field_that_is_not_the_facts_own_is_refused(name, ada, field):
    with pytest.raises(ValueError, match=field):
        versions.supersede(name, by=ada, **{field: 1})
    assert PersonName.current.count() == 1
