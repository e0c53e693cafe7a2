"""Every address declares who may use it, and the rules hold."""

from datetime import timedelta
from inspect import getsource, unwrap

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access import links, permissions
from kith.record.audit.models import Entry
from kith.record.frontdoor.models import Contact
from kith.record.people.models import Allocation, Person, Role, User, UserRole
from kith.record.refusals import NotAllowed
from kith.record.versions import VersionClash
from kith.web import who_may
from kith.web.addresses import every_address
from kith.web.who_may import Rule

TODAY = timezone.localdate()
OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "demo_sign_in",
    "health",
    "leave_page",
    "ask_for_help",
    "asked_for_help",
    "open_sessions",
    "take_place",
    "directory_services",
    "directory_service",
    "partner_answered",
    "save_open_draft",
    "tell_us",
    "told_us",
}
OPEN_BY_LINK = {
    "how_it_felt",
    "partner_answer",
    "my_place",  # a place in an open session, given back by whoever took it
    "write_report",  # a professional's report for a conference
}


def test_every_address_declares_who_may_use_it():
    rules = {str(a.pattern): getattr(a.callback, "who_may", None) for a in every_address()}
    assert {address for address, rule in rules.items() if not isinstance(rule, Rule)} == set()


def test_nothing_is_open_to_the_world_but_what_has_to_be():
    """A page added here is read by anybody on the internet: think twice."""
    assert {a.name for a in every_address() if a.callback.who_may.who == "anyone"} == OPEN_TO_ALL


def test_nothing_opens_by_a_link_but_what_has_to():
    """A page added here is read by whoever holds its address: it shows the least."""
    assert {a.name for a in every_address() if a.callback.who_may.who == "by_link"} == OPEN_BY_LINK


@pytest.mark.parametrize("name", sorted(OPEN_BY_LINK | OPEN_TO_ALL))
def test_no_page_without_an_account_refuses_in_the_words_for_staff(name):
    """`str(refusal)` may say what stands in the record and who wrote it; `refusal.outside` never does."""
    view = next(a.callback for a in every_address() if a.name == name)
    assert "str(refusal)" not in getsource(unwrap(view))


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_allauths_other_addresses_are_not_there(name):
    assert name not in {a.name for a in every_address()}


@pytest.mark.django_db
def test_no_closed_address_answers_somebody_who_has_not_signed_in(client):
    for address in every_address():
        if address.callback.who_may.who != "anyone" and not address.pattern.converters:
            answer = client.get(reverse(address.name))
            assert answer.headers.get("Location", "").startswith("/accounts/login/"), address.name


@pytest.fixture
def worker(db):
    return User.objects.create_user("worker@northbrook.example", name="Sade Bankole")


def request_by(rf, user):
    request = rf.get("/somewhere/")
    request.user = user
    return request


def page(request, *args, **kwargs):
    return HttpResponse("opened")


def test_a_role_opens_a_page_only_while_it_is_held(rf, worker):
    view = who_may.roles(Role.ANALYST)(page)
    role = UserRole.objects.create(user=worker, role=Role.ANALYST, started_on=TODAY)
    assert view(request_by(rf, worker)).content == b"opened"
    role.started_on, role.ended_on = TODAY - timedelta(days=9), TODAY
    role.save()
    with pytest.raises(PermissionDenied, match="This page is for: data analyst"):
        view(request_by(rf, worker))


def test_a_power_opens_a_page_to_the_roles_of_the_powers_table(rf, worker):
    view = who_may.power("import_returns")(page)
    with pytest.raises(PermissionDenied, match="data analyst, system administrator"):
        view(request_by(rf, worker))
    UserRole.objects.create(user=worker, role=Role.ANALYST, started_on=TODAY)
    assert view(request_by(rf, worker)).content == b"opened"


def test_a_power_that_nobody_declared_stops_the_start():
    with pytest.raises(KeyError):
        who_may.power("fly")


def test_a_child_is_asked_about_before_the_page_is_made(rf, worker, monkeypatch):
    person = Person.objects.create()
    asked = []
    monkeypatch.setattr(permissions, "check_can_open", lambda user, child: asked.append((user, child)))
    made = who_may.can_open_child(lambda request, child: HttpResponse(f"about {child.pk}"))
    assert made(request_by(rf, worker), person_id=person.pk).content == f"about {person.pk}".encode()
    assert asked == [(worker, person)]


def test_a_child_who_may_not_be_opened_is_not_shown(rf, worker, monkeypatch):
    def refuse(user, child):
        raise NotAllowed("You do not work with this child.")

    person = Person.objects.create()
    monkeypatch.setattr(permissions, "check_can_open", refuse)
    request = request_by(rf, worker)
    with pytest.raises(NotAllowed):
        who_may.can_open_child(page)(request, person_id=person.pk)
    assert request.opening_person == person


def test_to_act_for_a_child_needs_the_power_and_the_record(rf, worker, monkeypatch):
    view = who_may.can_act_for("enquire")(lambda request, child: HttpResponse(f"about {child.pk}"))
    person = Person.objects.create()
    with pytest.raises(PermissionDenied, match="This page is for"):
        view(request_by(rf, worker), person_id=person.pk)
    UserRole.objects.create(user=worker, role=Role.SOCIAL_WORKER, started_on=TODAY)
    request = request_by(rf, worker)
    with pytest.raises(NotAllowed):
        view(request, person_id=person.pk)
    assert request.opening_person == person
    Allocation.objects.create(person=person, worker=worker, started_on=TODAY)
    assert view(request_by(rf, worker), person_id=person.pk).content == f"about {person.pk}".encode()
    assert Entry.objects.filter(act="record_opened", person_id=person.pk).exists()


def test_an_independent_chair_acts_with_the_power_alone(rf, worker):
    view = who_may.can_act_for("chair_conferences", independent=True)(page)
    person = Person.objects.create()
    UserRole.objects.create(user=worker, role=Role.REVIEWING_OFFICER, started_on=TODAY)
    assert view(request_by(rf, worker), person_id=person.pk).content == b"opened"
    assert Entry.objects.filter(act="opened_for_one_act", person_id=person.pk).exists()


def test_a_page_about_several_shows_those_one_works_with(rf, worker):
    mine, other = Person.objects.create(), Person.objects.create()
    loaded = {5: ("the conference", [mine.pk, other.pk])}

    @who_may.can_open_matter(lambda thread: loaded.get(thread))
    def conference(request, matter, children, part):
        return HttpResponse(f"{matter} {list(children.people) == [mine.pk]} {part}")

    UserRole.objects.create(user=worker, role=Role.SOCIAL_WORKER, started_on=TODAY)
    with pytest.raises(NotAllowed):
        conference(request_by(rf, worker), thread=5, part=2)
    Allocation.objects.create(person=mine, worker=worker, started_on=TODAY)
    assert conference(request_by(rf, worker), thread=5, part=2).content == b"the conference True 2"
    with pytest.raises(Http404):
        conference(request_by(rf, worker), thread=6, part=2)


def test_a_page_about_several_may_ask_for_a_power_too(rf, worker):
    view = who_may.can_open_matter(lambda thread: ("a message", []), power="decide_contacts")(page)
    with pytest.raises(PermissionDenied, match="head of service or director, team manager"):
        view(request_by(rf, worker), thread=5)
    UserRole.objects.create(user=worker, role=Role.TEAM_MANAGER, started_on=TODAY)
    assert view(request_by(rf, worker), thread=5).content == b"opened"


class TestByLink:
    """Somebody without an account: what their link opens, and what is said where it opens nothing."""

    @pytest.fixture
    def made(self, db):
        return links.make_link(
            kind="partner_answer", about_table="sharing.ask", about_thread=7,
            expires_at=timezone.now() + timedelta(days=1), by=None,
        )  # fmt: skip

    @staticmethod
    def follow(rf, token, kind="partner_answer", method="get", data=None):
        request = getattr(rf, method)("/answer/", data)
        request.user = AnonymousUser()
        view = who_may.by_link(kind)(lambda request, link: HttpResponse(f"about {link.about_thread}"))
        return view(request, token=token)

    def test_a_link_opens_its_page_which_no_browser_keeps_and_no_site_hears_of(self, rf, made):
        answer = self.follow(rf, made.token)
        assert answer.content == b"about 7"
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
        assert answer["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("token", ["word", "x" * 4000, "é\x00", "' or 1=1"])
    def test_a_link_that_is_not_ours_is_not_found(self, rf, made, token, method):
        answer = self.follow(rf, token, method=method)
        assert answer.status_code == 404 and "not one of ours" in answer.content.decode()
        assert "My work" not in answer.content.decode()  # no way into Kith from here

    def test_a_link_to_another_page_is_told_apart_from_no_other(self, rf, made):
        wrong, none = self.follow(rf, made.token, kind="how_it_felt"), self.follow(rf, "word")
        assert wrong.status_code == 404 and wrong.content == none.content

    def test_a_used_link_is_over_in_plain_words(self, rf, made):
        links.use_link(made.link)
        answer = self.follow(rf, made.token)
        assert answer.status_code == 410 and "the answer has reached us" in answer.content.decode()

    def test_an_answer_sent_twice_at_once_is_taken_once(self, rf, made):
        def answer_it(request, link):
            links.use_link(link)
            links.use_link(link)

        request = rf.post("/answer/")
        request.user = AnonymousUser()
        assert who_may.by_link("partner_answer")(answer_it)(request, token=made.token).status_code == 410

    @pytest.mark.parametrize("ends", [links.use_link, lambda link: links.withdraw_link(link, by=None)])
    def test_what_is_written_while_a_link_ends_is_not_lost(self, rf, made, ends):
        ends(made.link)
        said = {"report": "Ada is <b>often</b> tired", "feeling": "harder", "csrfmiddlewaretoken": "a1b2"}
        page = self.follow(rf, made.token, method="post", data=said)
        text = page.content.decode()
        assert page.status_code == 410 and page["Cache-Control"] == "no-store"
        assert "Ada is &lt;b&gt;often&lt;/b&gt; tired" in text
        assert "a1b2" not in text and text.count("<textarea") == 1
        assert "What you wrote" not in self.follow(rf, made.token).content.decode()

    def test_a_clash_tells_nothing_of_what_stands_in_the_record_nor_who_wrote_it(self, rf, made):
        def clash(request, link):
            seen = Contact(source="1A", recorded_at=timezone.now())
            theirs = Contact(source="5B", reference="SECRET", recorded_by=User(name="Mo Manager"))
            raise VersionClash(seen, theirs)

        request = rf.post("/answer/", {"report": "Ada is often tired"})
        request.user = AnonymousUser()
        answer = who_may.by_link("partner_answer")(clash)(request, token=made.token)
        page = answer.content.decode()
        assert answer.status_code == 409 and "Somebody else changed this" in page and "often tired" in page
        assert "SECRET" not in page and "Mo Manager" not in page and "5B" not in page

    def test_nothing_is_shown_back_where_the_link_is_not_ours(self, rf, made):
        page = self.follow(rf, "word", method="post", data={"report": "Ring this number"})
        assert page.status_code == 404 and "Ring this number" not in page.content.decode()

    def test_trying_links_is_stopped(self, rf, made, settings):
        settings.ACCOUNT_RATE_LIMITS = {"one_time_link": "3/m/ip"}
        answers = [self.follow(rf, "word").status_code for _ in range(4)]
        assert answers == [404, 404, 404, 429]
