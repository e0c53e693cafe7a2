"""Giving what figures are compared with: what is taken, refused in plain words, and then told."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kith.record.audit.models import Entry
from kith.record.figures import comparisons, services
from kith.record.figures.queries import lookups_folder
from kith.record.importer.tests.made import bring, episode, header, returns
from kith.record.people.models import Role, User, UserRole

pytestmark = pytest.mark.django_db
PAGE = reverse("beside")
HOSTILE = "<script>alert(1)</script>"
POPULATIONS = "authority,year,breakdown,group,children\n999,2026,,,20000\n999,2026,ethnicity,White,15000\n"
AREAS = f'postcode,area,decile\nAB1,"{HOSTILE}",1\nEF3,=cmd|calc,9\n'
NEIGHBOURS = "authority,neighbour\n301,302\n301,303\n"


@pytest.fixture
def analyst(client, tmp_path, settings):
    """An analyst signed in, of an authority with one child in care."""
    settings.HOME = tmp_path / "home"
    (tmp_path / "returns").mkdir()
    for year in (2025, 2026):
        bring(
            returns(tmp_path / "returns", year, header=[header("7")], episodes=[episode("7", "01/05/2022")])
        )
    user = User.objects.create_user("mei@example.test", None, name="Mei Tanaka")
    UserRole.objects.create(user=user, role=Role.ANALYST, started_on=date(2015, 1, 1))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def give(client, what, body, name="given.csv"):
    data = body.encode() if isinstance(body, str) else body
    return client.post(PAGE, {"what": what, "file": SimpleUploadedFile(name, data)})


def words(client):
    return client.get(PAGE).content.decode()


def refused(answer):
    assert answer.status_code == 422
    return answer.content.decode()


def test_populations_are_given_listed_and_used_at_once(client, analyst):
    services.take()
    figure = reverse("figure", args=["children_in_care"])
    assert "0.5 per 10,000 children" not in client.get(figure).content.decode()
    assert give(client, "populations", POPULATIONS).status_code == 302
    assert "by Mei Tanaka. Years to 31 March 2026, by ethnic group" in words(client)
    assert "0.5 per 10,000 children" in client.get(figure).content.decode()
    entry = Entry.objects.get(act="comparison_given")
    assert (entry.actor_id, entry.about["what"], entry.about["replaced"]) == (
        analyst.pk,
        "populations",
        False,
    )


def test_a_file_in_the_place_of_another_says_so(client, analyst):
    give(client, "populations", POPULATIONS)
    give(client, "populations", POPULATIONS.replace("20000", "30000"))
    assert "It stands in the place of the file given before." in words(client)
    assert "30000" in (lookups_folder() / "populations.csv").read_text()


def test_hostile_words_in_an_area_are_shown_as_words_and_start_no_formula(client, analyst):
    give(client, "areas", AREAS)
    services.take()
    address = reverse("figure", args=["children_in_care"])
    page = client.get(address, {"by": "area"}).content.decode()
    assert "&lt;script&gt;" in page
    assert HOSTILE not in page
    give(client, "areas", AREAS.replace("AB1", "ZZ9").replace("EF3", "AB1"))
    services.take()
    file = client.get(
        reverse("figure_file", args=["children_in_care", "csv"]), {"for": "inside", "by": "area"}
    )
    assert "'=cmd|calc" in file.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "what, body, says",
    [
        ("populations", b"PK\x03\x04" + bytes(90), "This is a spreadsheet or zip file"),
        ("neighbours", b"PK\x03\x04" + bytes(90), "This is a spreadsheet or zip file"),
        ("published", b"PK\x03\x04" + bytes(90), "This is a spreadsheet or zip file"),
        ("populations", "authority,year,children\n999,2026\n", "line 2"),
        ("populations", "authority,year,children\n999,2026,many\n", "its children is no whole number"),
        ("populations", f"authority,year,children\n999,2026,{2**63 - 1}\n", "more children than England"),
        ("populations", "authority,year,children\n301,2026,5\n", "has to say 999"),
        ("populations", "authority,children\n999,5\n", "has no column year"),
        ("populations", POPULATIONS.replace("White", HOSTILE), "is no group of ethnicity"),
        ("populations", POPULATIONS.replace("ethnicity", "colour"), "names no breakdown"),
        ("areas", "postcode,area,decile\nAB1,North,11\n", "its decile is not a number from 1 to 10"),
        ("areas", "postcode,area\n", "no line below"),
        ("areas", "postcode,area\nAB1,No\x1brth\n", "signs that no table has"),
        ("neighbours", "authority,neighbour\n301,301\n", "as its own neighbour"),
        ("populations", "authority,year,children,Year\n999,2026,5,6\n", "the heading YEAR more than once"),
        ("areas", 'postcode,area,area\nAB1,"North",South\n', "the heading AREA more than once"),
        ("areas", "postcode,area,,\nAB1,North,,\n", "the heading (blank) more than once"),
        ("areas", "postcode,area,line\nAB1,,5\n", "line 2: it lacks a postcode or area"),
        ("neighbours", NEIGHBOURS + "1,2\n" * 300_000, "holds more than 1 MB"),
        ("published", "a,b\n1,2\n", "no column time_period"),
        ("populations", "<!doctype html><title>Sign in</title>", "This is a web page"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_nothing_is_kept(
    client, analyst, what, body, says
):
    page = refused(give(client, what, body))
    assert says in page
    assert HOSTILE not in page
    assert not (lookups_folder() / comparisons.KINDS[what].file).exists()
    assert not Entry.objects.filter(act="comparison_given").exists()


@pytest.mark.parametrize("what", comparisons.KINDS)
@pytest.mark.parametrize("inside", [{}, {"a.csv": NEIGHBOURS}])
def test_a_zip_file_is_refused_and_the_pages_of_figures_still_open(client, analyst, what, inside):
    services.take()
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as made:
        for name, text in inside.items():
            made.writestr(name, text)
    assert "This is a zip file. Unpack it" in refused(give(client, what, body.getvalue(), "given.ZIP"))
    assert client.get(reverse("figure", args=["children_in_care"])).status_code == 200


def test_a_column_called_line_does_no_harm(client, analyst):
    assert give(client, "areas", "postcode,area,line\nAB1,North,5\n").status_code == 302


def test_a_refused_file_leaves_the_one_before_in_its_place(client, analyst):
    give(client, "populations", POPULATIONS)
    refused(give(client, "populations", "authority,year,children\n999,2026,many\n"))
    assert (lookups_folder() / "populations.csv").read_text() == POPULATIONS


def test_half_a_file_is_told_of(client, analyst):
    give(client, "populations", POPULATIONS.removesuffix("15000\n") + "150")
    assert "The last line has no end. Check that the file is whole." in words(client)


def test_more_than_ten_megabytes_are_refused(client, analyst):
    line = "AB1 2CD,A long name of an area,1\n"
    body = "postcode,area,decile\n" + line * (11 * 1024 * 1024 // len(line))
    assert "holds more than 10 MB" in refused(give(client, "areas", body))


def test_an_empty_file_and_no_choice_are_asked_for(client, analyst):
    page = refused(client.post(PAGE, {"file": SimpleUploadedFile("given.csv", b"")}))
    assert "Choose what the file is of" in page
    assert "The file is empty" in page


def test_neighbours_that_name_none_of_ours_are_told_of(client, analyst):
    give(client, "neighbours", NEIGHBOURS)
    page = words(client)
    assert "1 authority with its neighbours, and 0 neighbours of this one" in page
    assert "It names no neighbour of 999." in page


def test_nobody_else_gives_what_figures_are_compared_with(client, analyst):
    UserRole.objects.update(role=Role.SENIOR_MANAGER)
    assert give(client, "populations", POPULATIONS).status_code == 403
    assert not lookups_folder().exists()
