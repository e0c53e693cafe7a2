"""What areas add to the pages they share: sections of My work and of a child's page, and the next steps."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone

from kith.record.people.models import Allocation, Person, PersonDetails, Role
from kith.web import acts, areas, urls
from kith.web.acts import ActPage
from kith.web.sections import Section, between, shown_on
from kith.web.story import source
from kith.web.story.source import versions_of
from kith.web.tests.families import the_khans, user
from kith.web.who_may import can_open_child, signed_in

TODAY = timezone.localdate()


@can_open_child
def about_child(request, person):
    return HttpResponse("about a child")


@signed_in
def about_nobody(request):
    return HttpResponse("about nobody yet")


class WithPages:
    urlpatterns = [
        *urls.urlpatterns,
        path("child/<int:person_id>/enquire/", about_child, name="enquire"),
        path("child/<int:person_id>/into-care/", about_child, name="into_care"),
        path("child/<int:person_id>/note/", about_child, name="add_note"),
        path("contact/", about_nobody, name="write_contact"),
    ]


@pytest.fixture
def bring(monkeypatch):
    """As if an area had brought these modules."""

    def brought_by(what, **content):
        real = areas.brought

        def brought(name):
            return (
                (*real(name), SimpleNamespace(__name__="kith.web.an_area.x", **content))
                if name == what
                else real(name)
            )

        for module in ("kith.web.my_work", "kith.web.story.views", "kith.web.acts", "kith.web.story.source"):
            monkeypatch.setattr(f"{module}.brought", brought)
        source.code_lists.cache_clear()

    yield brought_by
    monkeypatch.undo()
    source.code_lists.cache_clear()


def sign_in(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")


def section(name, rank, part):
    return Section(name, lambda page: part, rank)


def test_sections_stand_in_the_order_of_their_ranks_and_those_with_nothing_are_left_out():
    sections = [section("late", 50, {}), section("first", 10, {"a": 1}), section("not for you", 20, None)]
    assert [(each.template, each.part) for each in shown_on(None, sections)] == [
        ("first", {"a": 1}),
        ("late", {}),
    ]
    assert [each.template for each in between(sections, 20, 50)] == ["not for you"]


@pytest.mark.django_db
def test_an_area_adds_a_section_to_my_work_for_those_it_is_for(client, bring):
    worker = user("Sade Bankole", Role.SOCIAL_WORKER)

    def build(work):
        return {} if work.user == worker else None

    bring("my_work", SECTIONS=[Section("kith/my_work/learning.html", build, 15)])
    sign_in(client, worker)
    page = client.get("/").content.decode()
    assert page.index("What became of my decisions") < page.index("No new messages")
    sign_in(client, user("Mei", Role.ANALYST))
    assert "What became of my decisions" not in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rank, before, after",
    [
        (10, "Khan", "Where they sleep tonight"),
        (40, "Family and people", "The story"),
        (70, "The story", "Also known"),
    ],
)
def test_an_area_adds_a_section_to_a_childs_page(client, bring, rank, before, after):
    khans = the_khans(TODAY)
    bring("story", SECTIONS=[section("kith/my_work/learning.html", rank, {})])
    sign_in(client, khans.worker)
    page = client.get(f"/child/{khans.amira.pk}/").content.decode()
    at = page.index("What became of my decisions")
    assert page.index(before) < at < page.index(after)


@pytest.mark.django_db
def test_a_step_with_a_page_is_a_link_and_one_without_is_words(client, bring, settings):
    settings.ROOT_URLCONF = WithPages
    khans = the_khans(TODAY)
    bring("acts", PAGES={"start_section_47": ActPage("enquire"), "place_child": ActPage("not_there")})
    sign_in(client, khans.worker)
    page = client.get(f"/child/{khans.zara.pk}/").content.decode()
    assert (
        f'<a class="govuk-link" href="/child/{khans.zara.pk}/enquire/">Start section 47 enquiry</a>' in page
    )
    assert "What may follow too: " in page
    assert f'href="/child/{khans.zara.pk}/note/" data-key="n">Add a note</a>' in page


@pytest.mark.django_db
def test_who_may_not_do_an_act_is_not_led_to_it(client, bring, settings):
    settings.ROOT_URLCONF = WithPages
    khans = the_khans(TODAY)
    bring("acts", PAGES={"start_care": ActPage("into_care", may=lambda by, child: by == khans.manager)})
    for who, is_led in ((khans.worker, False), (khans.manager, True)):
        sign_in(client, who)
        assert ("/into-care/" in client.get(f"/child/{khans.zara.pk}/").content.decode()) is is_led


@pytest.mark.django_db
def test_the_key_that_adds_a_note_is_told_where_there_is_its_page(client):
    sign_in(client, user("Sade", Role.SOCIAL_WORKER))
    assert "<kbd>n</kbd>" in client.get("/keys/").content.decode()


def test_a_page_that_takes_no_child_is_told_of_whom(settings):
    settings.ROOT_URLCONF = WithPages
    assert ActPage("write_contact", takes_child=False).url(Person(pk=7)) == "/contact/?child=7"


def test_no_two_areas_say_where_the_same_act_is_done():
    said = [act for area in areas.brought("acts") for act in area.PAGES]
    assert len(said) == len(set(said))
    assert set(acts.pages()) == set(said)


@pytest.fixture
def details(db):
    return PersonDetails.objects.create(
        person=Person.objects.create(),
        sex="F",
        know_before_ringing="Ring her aunt",
        date_of_birth=date(2019, 3, 3),
    )


@pytest.fixture
def reader(db):
    return user("Reader")


def said_of(fact, reader):
    _, versions = versions_of(fact.person, fact._meta.label_lower, fact.thread, reader)
    return dict(versions[0].rows)


def test_a_source_keeps_back_what_its_kind_of_fact_keeps_back(details, reader, monkeypatch):
    assert "Know before ringing" in said_of(details, reader)
    monkeypatch.setattr(PersonDetails, "kept_from_source_page", frozenset({"know_before_ringing"}))
    assert "Know before ringing" not in said_of(details, reader)


def test_a_source_that_its_fact_refuses_is_not_found(details, reader, monkeypatch):
    monkeypatch.setattr(PersonDetails, "source_check", lambda fact, by: by != reader)
    with pytest.raises(Http404):
        said_of(details, reader)


def test_a_code_is_told_by_the_list_of_its_own_kind_of_fact(details, reader, bring):
    assert said_of(details, reader)["Sex"] == "Female (F)"
    allocation = Allocation(person=details.person, change_reason="CARPL", started_on=TODAY)
    assert dict(source._said(allocation, {}))["Change reason"] == "CARPL"  # a word of its own, no placement's
    bring("source", CODE_LISTS={"people.allocation": {"change_reason": "reason_placement_change"}})
    assert "CARPL" in dict(source._said(allocation, {}))["Change reason"]
    assert dict(source._said(allocation, {}))["Change reason"] != "CARPL"
