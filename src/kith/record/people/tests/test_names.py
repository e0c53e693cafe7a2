"""Names made alike: accents, marks, scripts and sounds."""

import pytest

from kith.record.people import names
from kith.record.people.models import Person, PersonName


@pytest.mark.parametrize(
    "written, alike",
    [
        ("Siân", "sian"),  # an accent
        ("O’Brien", "obrien"),  # a typographic apostrophe
        ("O'Brien", "obrien"),
        ("Ó Súilleabháin-Kahn", "o suilleabhain kahn"),  # hyphen, space and accents
        ("  Van   der Berg ", "van der berg"),
        ("Łukasz Ødegård", "lukasz odegard"),  # letters that do not come apart
        ("Nguyễn", "nguyen"),  # two marks on one letter
        ("Мария", "mariya"),
        ("Χρήστος", "christos"),
        ("محمد", "mhmd"),
        ("김", "김"),  # a script without a table stays
        ("Straße", "strasse"),
        ("", ""),
        ("'; DROP TABLE--", "drop table"),
        ("\x00\u202e", ""),
    ],
)
def test_names_are_made_alike(written, alike):
    assert names.normalise(written) == alike


@pytest.mark.parametrize(
    "one, other",
    [
        ("Siobhan", "Shavon"), ("Mohammed", "Muhammad"), ("Mohamed", "محمد"), ("Niamh", "Neve"),
        ("Khan", "Kahn"), ("McDonald", "MacDonald"), ("Catherine", "Kathryn"), ("Sean", "Shaun"),
        ("Jeffrey", "Geoffrey"), ("Stephen", "Steven"), ("Aoife", "Eefa"), ("Chowdhury", "Choudhry"),
        ("Hussain", "Hussein"), ("Philip", "Filip"), ("Caoimhe", "Keeva"), ("Yusuf", "Youssef"),
    ],
)  # fmt: skip
def test_names_said_alike_share_a_sound(one, other):
    assert names.sounds_like(names.normalise(one)) == names.sounds_like(names.normalise(other)) != ""


@pytest.mark.parametrize("one, other", [("Mohammed", "Matt"), ("Khan", "Cohen-Smith"), ("Ali", "Alma")])
def test_names_said_differently_do_not(one, other):
    assert names.sounds_like(names.normalise(one)) != names.sounds_like(names.normalise(other))


@pytest.mark.django_db
def test_keys_are_kept_in_step_also_when_written_in_bulk():
    person = Person.objects.create()
    PersonName.objects.bulk_create([PersonName(person=person, given_names="Zoë Ann", family_name="O'Brien")])
    name = PersonName.objects.get()
    assert (name.given_key, name.family_key) == ("zoe", "obrien")
    name.family_name = "Smith-Jones"
    name.save()
    assert PersonName.objects.get().family_key == "smith jones"
