"""Finding somebody, opening a record for a reason, and answering for it: the pages through the client."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.access.models import BreakGlass, Message, RestrictedMatch
from kith.record.audit.models import Entry
from kith.record.frontdoor import services as frontdoor
from kith.record.people import staff
from kith.record.people.models import Identifier, Membership, Person, Role
from kith.web.my_work import team_work
from kith.web.tests.families import HOSTILE, LONG_AGO, the_khans, user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
REASON = "Police have brought her to the station"


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def as_user(client):
    def become(somebody):
        client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return become


def words(answer):
    return answer.content.decode()


def test_a_misspelt_name_finds_the_workers_own_child_without_a_reason(as_user, khans):
    page = words(as_user(khans.worker).get(reverse("find"), {"q": "Ameera Kahn"}))
    assert "Amira Khan" in page
    assert reverse("story", args=[khans.amira.pk]) in page
    assert Entry.objects.filter(act="name_shown", person_id=khans.amira.pk, actor_id=khans.worker.pk).exists()


def test_a_reason_is_asked_for_only_when_there_are_others_to_see(as_user, khans):
    stranger = as_user(user("Far Away", Role.SOCIAL_WORKER))
    asked = words(stranger.get(reverse("find"), {"q": "Amira Khan"}))
    assert "Why are you looking?" in asked
    assert reverse("break_glass", args=[khans.amira.pk]) not in asked
    assert not Entry.objects.filter(act="name_shown", person_id=khans.amira.pk).exists()
    told = words(stranger.get(reverse("find"), {"q": "Amira Khan", "why": "duty"}))
    assert reverse("break_glass", args=[khans.amira.pk]) in told
    assert "Ring" in told
    assert "Why are you looking?" not in words(stranger.get(reverse("find"), {"q": "Nobody Such"}))


def test_two_authorities_children_of_one_id_are_told_apart(as_user, khans):
    for authority in ("997", "998"):
        person = Person.objects.create()
        Identifier.objects.create(
            person=person, kind=Identifier.Kind.CHILD_ID, value="70001", authority=authority
        )
    stranger = as_user(user("Far Away", Role.SOCIAL_WORKER))
    page = words(stranger.get(reverse("find"), {"q": "70001", "why": "duty"}))
    assert page.count("Child 70001</a>") == 2
    assert "The id is authority 997’s" in page and "The id is authority 998’s" in page
    assert "authority 299" not in words(stranger.get(reverse("find"), {"q": "Amira Khan", "why": "duty"}))
    before = words(stranger.get(reverse("break_glass", args=[person.pk])))
    assert "Authority 998’s" in before


def test_no_reason_is_chosen_beforehand(as_user, khans):
    page = words(as_user(user("Far Away", Role.SOCIAL_WORKER)).get(reverse("find"), {"q": "Amira Khan"}))
    assert '<option value="">Choose a reason</option>' in page
    assert " selected" not in page


def test_a_made_up_reason_is_no_reason(as_user, khans):
    stranger = as_user(user("Far Away", Role.SOCIAL_WORKER))
    assert "Amira Khan</a>" not in words(stranger.get(reverse("find"), {"q": "Amira Khan", "why": "nosy"}))


def test_a_restricted_match_shows_nothing_and_says_a_manager_will_confirm(as_user, khans):
    page = words(as_user(khans.worker).get(reverse("find"), {"q": "Salma Secret", "why": "duty"}))
    assert "A manager will confirm" in page
    assert str(khans.hidden.pk) not in page
    assert "Salma Secret</a>" not in page
    assert RestrictedMatch.objects.get().searched_for == "Salma Secret"


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "'; drop table--", HOSTILE, "é" * 300, "0000-00-00"])
def test_whatever_is_typed_is_answered_kindly_and_shown_as_words(as_user, khans, typed):
    answer = as_user(khans.worker).get(reverse("find"), {"q": typed})
    assert answer.status_code == 200
    assert HOSTILE not in words(answer)


def test_while_typing_only_the_results_are_sent(as_user, khans):
    page = words(as_user(khans.worker).get(reverse("find"), {"q": "Amira"}, headers={"HX-Request": "true"}))
    assert "<html" not in page
    assert "Amira Khan" in page


def test_an_analyst_may_not_look_people_up(as_user):
    assert as_user(user("Mei", Role.ANALYST)).get(reverse("find"), {"q": "Amira"}).status_code == 403


def test_glass_is_broken_with_a_reason_told_to_the_manager_and_reviewed(as_user, khans):
    stranger = user("Far Away", Role.SOCIAL_WORKER)
    address = reverse("break_glass", args=[khans.amira.pk])
    client = as_user(stranger)
    assert "Amira Khan" in words(client.get(address))  # known, named worker, how to ring: no more
    assert "7DD" not in words(client.get(address))
    assert "Write why" in words(client.post(address, {"reason": "", "hours": "2"}))
    assert "At most 12 hours" in words(client.post(address, {"reason": REASON, "hours": "48"}))
    opened = client.post(address, {"reason": REASON, "hours": "2"})
    assert opened.headers["Location"] == reverse("story", args=[khans.amira.pk])
    told = Message.objects.get(to=khans.manager)
    client = as_user(khans.manager)
    review = words(client.get(told.link))
    assert REASON in review
    assert "checked" not in review
    assert "Say whether it was right" in words(client.post(told.link, {"note": "Rang the station"}))
    assert client.post(told.link, {"was_right": "yes", "note": "Rang the station"}).status_code == 302
    glass = BreakGlass.objects.get()
    assert (glass.was_right, glass.reviewed_by) == (True, khans.manager)
    assert "It was right" in words(client.get(told.link))


def test_nobody_reviews_or_reads_their_own_reason_here(as_user, khans):
    access.break_glass(khans.people["hostile"], by=khans.manager, reason=REASON, hours=1)
    address = reverse("review_glass", args=[BreakGlass.objects.get().pk])
    assert as_user(khans.manager).get(address).status_code == 404
    assert as_user(khans.worker).get(address).status_code == 403


def test_what_was_found_wrong_is_read_by_the_data_protection_officer(as_user, khans):
    officer = user("Nuala Byrne", Role.DATA_PROTECTION)
    glass = access.break_glass(khans.amira, by=user("Far Away", Role.SOCIAL_WORKER), reason=REASON, hours=1)
    assert "not yet said" in words(as_user(officer).get(reverse("review_glass", args=[glass.pk])))
    access.review_glass(glass, by=khans.manager, was_right=False, note="She was curious")
    page = words(as_user(officer).get(Message.objects.get(to=officer).link))
    assert "It was not right" in page
    assert "She was curious" in page
    assert "<form method" not in page.partition("<main")[2].partition("</main")[0]


def test_a_restricted_record_cannot_be_opened_with_a_reason(as_user, khans):
    address = reverse("break_glass", args=[khans.hidden.pk])
    client = as_user(khans.worker)
    assert client.get(address).status_code == 403
    refused = client.post(address, {"reason": REASON, "hours": "1"})
    assert refused.status_code == 403
    assert "Salma" not in words(refused)
    assert not BreakGlass.objects.exists()


def test_a_custodian_answers_a_match_and_the_searcher_reads_it(as_user, khans):
    as_user(khans.worker).get(reverse("find"), {"q": "Salma Secret", "why": "duty"})
    address = reverse("restricted_matches")
    assert as_user(khans.worker).get(address).status_code == 403
    client = as_user(khans.custodian)
    assert address in words(client.get("/"))
    page = words(client.get(address))
    assert "Zainab Osei looked for “Salma Secret”" in page
    assert "01632 960123" in page
    match = RestrictedMatch.objects.get()
    assert "Write what you tell them" in words(client.post(address, {"match": match.pk, "answer": ""}))
    assert client.post(address, {"match": "999999", "answer": "x"}).status_code == 404
    assert client.post(address, {"match": match.pk, "answer": "I rang you at 14:10."}).status_code == 302
    assert "I rang you at 14:10." in Message.objects.get(to=khans.worker).text
    assert "Nobody is waiting for your word" in words(client.get(address))


def test_another_custodian_sees_no_match_that_is_not_theirs(as_user, khans):
    as_user(khans.worker).get(reverse("find"), {"q": "Salma Secret", "why": "duty"})
    other = as_user(user("Other Keeper", Role.CUSTODIAN))
    assert "Salma" not in words(other.get(reverse("restricted_matches")))
    match = RestrictedMatch.objects.get()
    assert other.post(reverse("restricted_matches"), {"match": match.pk, "answer": "x"}).status_code == 404


def test_who_looked_says_who_when_as_what_and_why(as_user, khans):
    as_user(khans.worker).get(reverse("story", args=[khans.amira.pk]))
    page = words(as_user(khans.manager).get(reverse("who_looked", args=[khans.amira.pk])))
    assert "Zainab Osei" in page
    assert "Social worker" in page
    assert "allocated worker" in page


def test_a_managers_page_shows_the_teams_late_work_and_what_each_carries(as_user, khans):
    page = words(as_user(khans.manager).get("/"))
    assert "Late in my team" in page
    assert "Next review of care" in page
    assert "What each of the team carries" in page
    assert "Zainab Osei" in page
    assert Entry.objects.filter(
        act="name_shown", actor_id=khans.manager.pk, person_id=khans.amira.pk
    ).exists()


def test_no_number_of_a_managers_page_tells_of_a_child_kept_from_them(as_user, khans):
    def numbers():
        team = team_work(khans.manager, timezone.now())
        lines = sum(len(each.lines) for each in team.late)
        return lines, team.late_in_all, team.soon_in_all, [(one.children, one.late) for one in team.carried]

    before = numbers()
    assert before[1] > 1 and before[3][0][0] == 2
    access.place_restriction(
        khans.amira, by=khans.custodian, kind="sealed_adoption", reason="Adopted", custodian=khans.custodian
    )
    assert numbers() == (1, 1, 0, [(1, 1)])  # what is late for Zara


def test_those_whom_nobody_has_are_counted_without_a_child_kept_from_the_manager(as_user, khans):
    staff.leave_with_the_unallocated([khans.half_sister.pk])
    frontdoor.receive_referral(
        children=[khans.half_sister], on=khans.ago(3), source="1A", primary_need="N1",
        is_no_further_action=False, by=khans.manager,
    )  # fmt: skip
    assert team_work(khans.manager, timezone.now()).waiting_in_all == 1
    access.place_restriction(
        khans.half_sister, by=khans.manager, kind="police", reason="Operation", custodian=khans.custodian
    )
    assert team_work(khans.manager, timezone.now()).waiting_in_all == 0


def test_open_work_that_nobody_has_comes_to_the_manager_and_closed_work_does_not(as_user, khans):
    staff.leave_with_the_unallocated([khans.half_sister.pk])
    assert "Everybody with open work has somebody" in words(as_user(khans.manager).get("/"))
    frontdoor.receive_referral(
        children=[khans.half_sister],
        on=khans.ago(3),
        source="1A",
        primary_need="N1",
        is_no_further_action=False,
        by=khans.manager,
    )
    client = as_user(khans.manager)
    assert "Leila Rahman-Featherstonehaugh" in words(client.get("/"))
    assert "Leila Rahman-Featherstonehaugh" in words(client.get(reverse("children"), {"whose": "nobody"}))
    assert "Leila" not in words(as_user(khans.worker).get(reverse("children"), {"whose": "nobody"}))


def test_a_workers_children_are_cards_with_the_path_and_what_is_next(as_user, khans):
    page = words(as_user(khans.worker).get("/"))
    assert "My children (2)" in page
    assert "In care</strong>" in page
    assert page.count('class="kith-card"') == 2


def test_my_work_asks_no_more_of_the_database_for_more_children(
    as_user, khans, django_assert_max_num_queries
):
    Membership.objects.create(user=khans.worker, team=khans.team, is_manager=True, started_on=LONG_AGO)
    for key in ("yusuf", "yunus", "half_brother", "half_sister", "unborn"):
        staff.allocate(khans.people[key], by=khans.manager, worker=khans.worker)
    client = as_user(khans.worker)
    with django_assert_max_num_queries(110):
        client.get("/")


def test_one_reason_opens_the_children_of_a_family_and_each_is_written_down_and_reviewed(as_user, khans):
    stranger = user("Far Away", Role.OUT_OF_HOURS)
    address = reverse("break_glass", args=[khans.amira.pk])
    client = as_user(stranger)
    page = words(client.get(address))
    assert "Zara" not in page and "checked" not in page  # the family is not told before there is a reason
    sent = {"reason": REASON, "hours": "2", "with_family": "on"}
    opened = client.post(address, sent, follow=True)
    assert "Opened for the same reason and time:" in words(opened)
    for child in (khans.zara, khans.yusuf, khans.half_sister):
        assert client.get(reverse("story", args=[child.pk])).status_code == 200
        assert Entry.objects.filter(act="glass_broken", person_id=child.pk, actor_id=stranger.pk).count() == 1
        assert BreakGlass.objects.get(person=child).reason == REASON
    assert client.get(reverse("story", args=[khans.hidden.pk])).status_code == 403
    told = Message.objects.get(to=khans.manager)  # told once, of a family
    review = words(as_user(khans.manager).get(told.link))
    assert "Opened for the same reason, and not reviewed yet" in review and "Zara Khan" in review
    sent = {"was_right": "yes", "note": "Rang the station", "for_all": "on"}
    client.post(told.link, sent)
    assert not BreakGlass.objects.filter(reviewed_by=None).exists()
    assert Entry.objects.filter(act="glass_reviewed").count() == BreakGlass.objects.count() > 3


def test_without_the_tick_one_record_opens_and_a_kept_sibling_never_does(as_user, khans):
    access.place_restriction(
        khans.zara, by=khans.manager, kind="police", reason="Operation", custodian=khans.custodian
    )
    client = as_user(user("Far Away", Role.OUT_OF_HOURS))
    address = reverse("break_glass", args=[khans.amira.pk])
    client.post(address, {"reason": REASON, "hours": "2"})
    assert BreakGlass.objects.get().person == khans.amira
    other = as_user(user("Further Away", Role.OUT_OF_HOURS))
    page = words(other.post(address, {"reason": REASON, "hours": "2", "with_family": "on"}, follow=True))
    assert "Yusuf" in page and not BreakGlass.objects.filter(person=khans.zara).exists()


def test_a_review_for_all_signs_off_nobody_whom_the_page_does_not_name(as_user, khans):
    stranger = user("Far Away", Role.SOCIAL_WORKER)
    one, other, hidden = access.break_glass_for_family(
        khans.half_sister, by=stranger, reason=REASON, hours=2, others=[khans.yusuf, khans.half_brother]
    )
    access.place_restriction(
        khans.half_brother, by=khans.manager, kind="police", reason="Operation", custodian=khans.custodian
    )
    client, address = as_user(khans.manager), reverse("review_glass", args=[one.pk])
    assert "Idris" not in words(client.get(address))
    client.post(address, {"was_right": "yes", "note": "Rang the station", "for_all": "on"})
    waiting = BreakGlass.objects.filter(reviewed_at=None)
    assert list(waiting) == [hidden]
    assert BreakGlass.objects.get(pk=other.pk).reviewed_by == khans.manager


def test_the_names_in_what_kith_says_after_an_act_stand_in_no_cookie(as_user, khans):
    client = as_user(user("Far Away", Role.OUT_OF_HOURS))
    sent = {"reason": REASON, "hours": "2", "with_family": "on"}
    answer = client.post(reverse("break_glass", args=[khans.amira.pk]), sent)
    assert "messages" not in answer.cookies
    assert "Zara" in words(client.get(answer["Location"]))


def test_the_team_on_duty_is_not_told_to_ring_the_team_on_duty(as_user, khans):
    for role, is_told in ((Role.OUT_OF_HOURS, False), (Role.SOCIAL_WORKER, True)):
        somebody = user(f"Reader {role}", role)
        access.break_glass(khans.ageless, by=somebody, reason=REASON, hours=1)
        page = words(as_user(somebody).get(reverse("story", args=[khans.ageless.pk])))
        assert ("Ring the team on duty" in page) == is_told


def test_a_managers_list_of_children_opens_at_the_teams_and_a_workers_at_their_own(khans, as_user):
    for who, whose in ((khans.manager, "team"), (khans.worker, "mine")):
        assert as_user(who).get(reverse("children")).context["whose"] == whose
