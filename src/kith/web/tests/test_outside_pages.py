"""The pages of harm outside the home: who may, what they name, what they never give away."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.access import services as access
from kith.record.audit.models import Entry
from kith.record.care.models import ReturnInterview
from kith.record.outside import queries, services
from kith.record.outside.models import Between, Concern, Linked, PanelDecision, Screening
from kith.record.people.models import PersonDetails, Role
from kith.record.people.services import register_person
from kith.record.people.staff import allocate
from kith.record.planning.models import PlanAction
from kith.web.demo_outside import live_outside_the_home
from kith.web.pictures.peer_map import Edge, Node, draw_peer_map
from kith.web.tests.families import HOSTILE, the_okoros, user

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = f"{timezone.localdate() - timedelta(days=3):%d/%m/%Y}"


@pytest.fixture(scope="module")
def family_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def family(family_once, db):
    return deepcopy(family_once)


@pytest.fixture
def sign_in(client):
    def as_(somebody):
        client.force_login(somebody, backend=BACKEND)
        return client

    return as_


@pytest.fixture
def as_worker(sign_in, family):
    return sign_in(family.worker)


def noted(family, name="The arcade", kind="place", **more):
    said = {"how_known": "told", "known_since": family.ago(40), **more}
    return services.note_concern(kind=kind, name=name, by=family.worker, **said)


def linked(concern, child, by, tie="harmed", days=9, **more):
    since = timezone.localdate() - timedelta(days=days)
    return services.link_young_person(
        concern=concern, child=child, tie=tie, since=since, by=by, **{"how_known": "told", **more}
    )


def somebody_elses(family, given="Kofi"):
    """A young person of another worker, whose record this family's worker may not open."""
    other = user("Olu Other", Role.SOCIAL_WORKER)
    child = register_person(
        by=family.manager, given_names=given, family_name="Mensah", date_of_birth=family.ago(15 * 365)
    )
    allocate(child, by=family.manager, worker=other, started_on=family.ago(9))
    return child, other


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_concern_is_written_down_once_linked_and_ended(as_worker, family):
    said = {"kind": "adult", "name": HOSTILE, "how_known": "rumour", "known_since": DAY, "draft_key": "one"}
    assert "checked" not in page(as_worker, "/outside/new/")  # nothing is chosen for them
    for _ in range(2):
        answer = as_worker.post("/outside/new/", said)
    one = Concern.current.get()
    assert answer["Location"] == f"/outside/{one.thread}/"
    assert "<script>alert" not in page(as_worker, answer["Location"]) + page(as_worker, "/outside/")
    link = {"concern": one.thread, "tie": "harmed", "how_known": "told", "since": DAY, "what": "He saw it"}
    for tie in ("harmed", "causes_harm"):
        assert (
            as_worker.post(f"/child/{family.ada.pk}/outside/link/", {**link, "tie": tie}).status_code == 302
        )
    shown = page(as_worker, f"/child/{family.ada.pk}/outside/")
    assert "Is harmed there, or by it" in shown
    assert "Causes harm there" in shown
    as_worker.post(f"/outside/{one.thread}/over/", {"on": DAY, "because": "In prison"})
    assert not Linked.current.filter(ended_on=None).exists()


def test_each_act_about_a_young_person_has_its_page(as_worker, family):
    child = f"/child/{family.ada.pk}/outside/"
    screening = {"tool": "Local", "level": "Medium", "reason": "New phone", "on": DAY}
    assert as_worker.post(f"{child}screen/", screening).status_code == 302
    plan = {"goal": "Safe on the way home", "what": "Walk with her", "who": "Nan", "due_on": ""}
    assert as_worker.post(f"{child}plan/", plan).status_code == 302
    action = PlanAction.current.get(what="Walk with her")
    assert as_worker.get(f"{child}plan/")["Location"] == f"/plan/{action.plan_thread}/"
    assert f'href="/plan/{action.plan_thread}/"' in page(as_worker, child)
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert as_worker.post(f"/plan/to-do/{action.thread}/done/", {"on": today}).status_code == 302
    national = {"referred_by": "Northbrook", "what": "Carried a bag", "on": DAY}
    assert as_worker.post(f"{child}national/", national).status_code == 302
    referral = queries.referrals_of([family.ada.pk])[0]
    answer = {"answer": "grounds", "on": DAY}
    assert as_worker.post(f"{child}national/{referral.thread}/answer/", answer).status_code == 302
    refused = as_worker.post(f"{child}national/{referral.thread}/ask/", {"consents": "yes", "on": DAY})
    assert refused.status_code == 422  # she is nine
    assert as_worker.post(f"{child}adults/", {"to_whom": "T", "on": DAY}).status_code == 422
    shown = page(as_worker, child)
    for words in ("Medium", "Safe on the way home", "Walk with her", "Done", "reasonable grounds"):
        assert words in shown


def test_a_panel_decides_for_those_ticked_and_shows_each_their_own(as_worker, family):
    arcade = noted(family)
    for child in (family.ada, family.ben, family.chi):
        linked(arcade, child, family.worker)
    address = f"/child/{family.ada.pk}/outside/panel/"
    shown = page(as_worker, address)
    assert "checked" not in shown
    assert "Ben" in shown
    said = {"on": DAY, "chaired_by": "Lena", "children": [family.ada.pk, family.ben.pk]}
    for child, words in ((family.ada, "Mentor"), (family.ben, "Football")):
        said |= {f"each-{child.pk}-decided": words, f"each-{child.pk}-why": "They asked"}
    missing = {**said, f"each-{family.ben.pk}-why": ""}
    assert as_worker.post(address, missing).status_code == 422
    answer = as_worker.post(address, said)
    assert PanelDecision.current.count() == 2  # nobody who was not ticked
    assert "Football" in page(as_worker, answer["Location"])
    assert "Football" not in page(as_worker, f"/child/{family.ada.pk}/outside/")


def test_a_concern_names_only_those_whose_record_may_be_opened(as_worker, sign_in, family):
    arcade, (kofi, other) = noted(family), somebody_elses(family)
    linked(arcade, family.ada, family.worker)
    linked(arcade, kofi, other)
    linked(arcade, family.ada, family.worker, "goes_there")
    shown = page(as_worker, f"/outside/{arcade.thread}/")
    assert "Ada" in shown
    assert "Kofi" not in shown
    assert "It touches another young person" in shown
    assert "Ada" not in page(sign_in(other), f"/outside/{arcade.thread}/")


def test_a_sealed_file_is_not_even_another_young_person(as_worker, family):
    arcade, (kofi, other) = noted(family), somebody_elses(family)
    linked(arcade, kofi, other)
    access.place_restriction(
        kofi, by=family.manager, kind="sealed_adoption", reason="Adopted", custodian=family.custodian
    )
    shown = page(as_worker, f"/outside/{arcade.thread}/")
    assert "another young person" not in shown
    assert "Nobody is linked to it" in shown


def test_a_childs_page_says_how_many_and_never_which(as_worker, sign_in, family):
    linked(noted(family, "Zanzibar Arcade"), family.ada, family.worker)
    linked(noted(family, "Uncle Zed", "adult"), family.ada, family.worker)
    story = page(as_worker, f"/child/{family.ada.pk}/")
    assert "linked to 1 place and 1 adult" in story
    assert "Zanzibar" not in story + page(as_worker, f"/child/{family.ada.pk}/chronology/")
    assert "Zed" not in story
    adviser = user("Pat Adviser", Role.PERSONAL_ADVISER)
    allocate(family.ada, by=family.manager, worker=adviser, started_on=family.ago(1))
    told = page(sign_in(adviser), f"/child/{family.ada.pk}/")
    assert "Ask their worker what it is" in told
    page(sign_in(adviser), f"/child/{family.ada.pk}/outside/", 403)
    page(sign_in(adviser), "/outside/", 403)


def test_the_source_page_gives_nothing_away(as_worker, sign_in, family):
    link = linked(noted(family), family.ada, family.worker, what="Zanzibar")
    source = f"/child/{family.ada.pk}/source/"
    answer = as_worker.get(f"{source}outside.linked/{link.thread}/")
    assert answer.status_code == 404
    services.screen(
        child=family.ada, tool="T", level="Zanzibar", reason="R", on=family.ago(1), by=family.worker
    )
    screening = f"{source}outside.screening/{Screening.current.get().thread}/"
    assert "Zanzibar" in page(as_worker, screening)
    adviser = user("Pat Adviser", Role.PERSONAL_ADVISER)
    allocate(family.ada, by=family.manager, worker=adviser, started_on=family.ago(1))
    assert sign_in(adviser).get(screening).status_code == 404


def test_a_map_is_for_few_and_each_opening_is_written_down(sign_in, family):
    arcade, (kofi, other) = noted(family), somebody_elses(family)
    linked(arcade, family.ada, family.worker, how_known="rumour")
    linked(arcade, kofi, other, "causes_harm")
    for address in (f"/child/{family.ada.pk}/outside/map/", f"/outside/{arcade.thread}/map/"):
        page(sign_in(family.worker), address, 403)
        shown = page(sign_in(family.manager), address)
        assert "Ada Okoro" in shown
        assert "kith-map__line--rumour" in shown
    looks = Entry.objects.filter(act="peer_map_opened")
    assert [(entry.person_id, entry.about.get("thread")) for entry in looks.order_by("pk")] == [
        (family.ada.pk, None),
        (None, arcade.thread),
    ]


def test_a_map_shows_another_young_person_without_a_name_a_tie_or_a_number(sign_in, family):
    arcade = noted(family)
    linked(arcade, family.ada, family.worker)
    leader = user("Lou Lead", Role.LEAD_PROTECTION_PRACTITIONER)
    allocate(family.ada, by=family.manager, worker=leader, started_on=family.ago(2))
    for given in ("Kofi", "Kwame"):
        child = register_person(by=family.manager, given_names=given, family_name="Mensah")
        by = user(f"Worker of {given}", Role.SOCIAL_WORKER)
        allocate(child, by=family.manager, worker=by, started_on=family.ago(9))
        linked(arcade, child, by, "causes_harm")
    shown = page(sign_in(leader), f"/child/{family.ada.pk}/outside/map/")
    assert "Kofi" not in shown
    assert "Causes harm" not in shown
    assert shown.count("<title>Another young person</title>") == 1  # two of them, and no count


def test_a_map_is_as_it_stood_on_the_day_asked_for(sign_in, family):
    arcade = noted(family)
    linked(arcade, family.ada, family.worker, days=9)
    address, client = f"/outside/{arcade.thread}/map/", sign_in(family.manager)
    assert "Ada Okoro" not in page(client, f"{address}?on={family.ago(20):%d/%m/%Y}")
    assert "Ada Okoro" in page(client, f"{address}?on=nonsense")


def test_two_who_change_one_concern_at_once_lose_nothing(as_worker, family):
    arcade = noted(family)
    address = f"/outside/{arcade.thread}/change/"
    seen = as_worker.get(address).context["form"]["seen"].value()
    services.change_concern(concern=arcade, name="The old arcade", how_known="seen", by=family.manager)
    said = {"name": "Arcade on Mill Lane", "how_known": "police", "seen": seen}
    answer = as_worker.post(address, said)
    assert answer.status_code == 409
    assert "Arcade on Mill Lane" in answer.content.decode()
    assert "The old arcade" in answer.content.decode()


def test_nobody_works_on_a_young_person_of_others(sign_in, family):
    kofi, _ = somebody_elses(family)
    client = sign_in(family.worker)
    for part in ("", "link/", "screen/", "plan/", "panel/", "national/", "adults/", "map/"):
        assert client.get(f"/child/{kofi.pk}/outside/{part}").status_code == 403
        assert client.post(f"/child/{kofi.pk}/outside/{part}", {}).status_code == 403


def test_a_picture_leaves_out_lines_to_what_it_does_not_hold():
    ada, arcade = Node("p1", "Ada", ""), Node("2", "An arcade with quite a long name", "A place")
    drawn = draw_peer_map([ada], [arcade], [Edge("p1", "2", 1, True), Edge("p1", "3", 2, False)])
    assert [edge.number for edge in drawn.edges] == [1]
    assert [len(node.short) for node in drawn.nodes] == [3, 26]
    assert draw_peer_map([], [], []) is None


def test_a_link_of_two_is_ended_from_the_page_of_either(as_worker, family):
    arcade, uncle = noted(family), noted(family, "Uncle Jay", "adult")
    link = services.link_concerns(
        one=uncle, other=arcade, what="Waits there", how_known="seen", since=family.ago(9), by=family.worker
    )
    for one in (arcade, uncle):
        assert f"/outside/{one.thread}/with/{link.thread}/over/" in page(as_worker, f"/outside/{one.thread}/")
    address = f"/outside/{arcade.thread}/with/{link.thread}/over/"
    other = noted(family, "The park")
    assert as_worker.get(f"/outside/{other.thread}/with/{link.thread}/over/").status_code == 404
    assert as_worker.post(address, {"on": f"{family.ago(20):%d/%m/%Y}"}).status_code == 422  # before it began
    seen = as_worker.get(address).context["form"]["seen"].value()
    assert as_worker.post(address, {"on": DAY, "seen": seen}).status_code == 302
    assert as_worker.post(address, {"on": DAY, "seen": seen}).status_code in {409, 422}  # sent twice
    assert Between.current.get().ended_on == timezone.localdate() - timedelta(days=3)
    assert address not in page(as_worker, f"/outside/{arcade.thread}/")


def test_a_young_persons_link_is_ended_from_the_page_of_what_it_is_to(as_worker, family):
    arcade = noted(family)
    link = linked(arcade, family.ada, family.worker)
    address = f"/child/{family.ada.pk}/outside/link/{link.thread}/over/"
    assert address in page(as_worker, f"/outside/{arcade.thread}/")
    assert as_worker.post(address, {"on": DAY}).status_code == 302
    assert address not in page(as_worker, f"/outside/{arcade.thread}/")


def test_a_step_that_runs_out_is_on_my_work_until_it_is_said_what_came_of_it(as_worker, sign_in, family):
    arcade, today = noted(family), timezone.localdate()
    linked(arcade, family.ada, family.worker)
    until = {"ends": today + timedelta(days=14), "is far": today + timedelta(days=15), "ended": family.ago(1)}
    steps = {
        who: services.disrupt(
            concern=arcade, kind="warning", who=who, on=family.ago(30), until=day, by=family.worker
        )
        for who, day in until.items()
    }
    address = {who: f"/outside/{arcade.thread}/step/{step.thread}/" for who, step in steps.items()}
    shown = page(as_worker, "/")
    assert [who for who in steps if address[who] in shown] == ["ends", "ended"]
    kofi, other = somebody_elses(family)
    linked(noted(family, "Elsewhere"), kofi, other)
    assert address["ends"] not in page(sign_in(other), "/")  # none of theirs is linked to it
    client = sign_in(family.worker)
    assert client.get(f"/outside/{noted(family, 'A park').thread}/step/1/").status_code == 404
    assert client.post(address["ended"], {"until": DAY, "came_of_it": HOSTILE}).status_code == 302
    assert address["ended"] not in page(client, "/")
    shown = page(client, f"/outside/{arcade.thread}/")
    assert "Runs out soon" in shown
    assert "<script>alert" not in shown
    early = {"until": f"{family.ago(31):%d/%m/%Y}"}
    assert client.post(address["ends"], early).status_code == 422  # before it began


def test_a_risk_to_be_looked_at_again_is_on_my_work_and_on_the_page(as_worker, family):
    def screened(on, review_on):
        return services.screen(
            child=family.ada, tool="T", level="L", reason="R", on=on, review_on=review_on, by=family.worker
        )

    today = timezone.localdate()
    screened(family.ago(60), family.ago(30))
    shown = page(as_worker, "/")
    assert "Ada Okoro</a>: look at the risk again, was due" in shown
    assert "Late" in page(as_worker, f"/child/{family.ada.pk}/outside/")
    screened(family.ago(5), today + timedelta(days=14))  # looked at since: the older one is due no more
    assert "Ada Okoro</a>: look at the risk again, due" in page(as_worker, "/")
    assert "Due soon" in page(as_worker, f"/child/{family.ada.pk}/outside/")
    screened(family.ago(4), today + timedelta(days=15))
    assert "look at the risk again" not in page(as_worker, "/")


def test_the_way_in_is_for_those_who_may_use_it(as_worker, sign_in, family):
    assert 'href="/outside/"' in page(as_worker, "/")
    adviser = user("Pat Adviser", Role.PERSONAL_ADVISER)
    assert 'href="/outside/"' not in page(sign_in(adviser), "/")


def test_risk_outside_the_home_is_a_step_on_the_page_of_a_young_person(as_worker, family):
    PersonDetails.objects.filter(person=family.ada).update(date_of_birth=family.ago(15 * 366))
    address = f'href="/child/{family.ada.pk}/outside/screen/"'
    assert address in page(as_worker, f"/child/{family.ada.pk}/")
    PersonDetails.objects.filter(person=family.ada).update(date_of_birth=family.ago(3 * 366))
    assert address not in page(as_worker, f"/child/{family.ada.pk}/")


def test_the_demonstration_has_one_of_each(as_worker, family):
    live_outside_the_home(family.worker, [family.ada, family.ben])
    assert not Concern.objects.exists()  # they are too young to be out by themselves
    for child in (family.ada, family.ben):
        PersonDetails.objects.filter(person=child).update(date_of_birth=family.ago(15 * 366))
    live_outside_the_home(family.worker, [family.ada, family.ben])
    assert {one.kind for one in Concern.current.all()} == {"place", "adult"}
    assert {link.tie for link in queries.links_of([family.ada.pk])} == {"harmed", "causes_harm"}
    assert PanelDecision.current.count() == 2
    assert ReturnInterview.current.get().held_at
    for part in ("", "outside/"):
        page(as_worker, f"/child/{family.ada.pk}/{part}")
