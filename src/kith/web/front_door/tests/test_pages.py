"""The front door's pages: a message written down and decided on two screens, and what never shows."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access import links
from kith.record.access.models import Message as Note
from kith.record.access.models import OneTimeLink, Restriction
from kith.record.drafts.models import Draft
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import (
    Allegation,
    Concerned,
    Contact,
    Decision,
    Message,
    MessageRead,
    Referral,
    Reply,
)
from kith.record.frontdoor.services import Named
from kith.record.owed.models import Owed
from kith.record.pathway import help_steps
from kith.record.people import services as people
from kith.record.people.models import Allocation, LocalSetting, Person, Role
from kith.record.people.queries import name_of
from kith.record.protection.models import Section47Enquiry
from kith.record.sharing.models import Ask
from kith.record.tests.practice import BORN
from kith.standards.dates import day_in_words, long_date

pytestmark = pytest.mark.django_db
NEW = reverse("write_contact")
SAID = "Shouting at night."


@pytest.fixture
def family(amira, twin, worker):
    """Amira and Adam, who are brother and sister."""
    people.relate(amira, twin, by=worker, kind="sibling")
    return [amira, twin]


@pytest.fixture
def duty(staff):
    return staff(Role.DUTY_WORKER, name="Dee Duty")


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def door(manager):
    return signed_in(manager)


def sent(client, address, **data):
    return client.post(address, {key: value for key, value in data.items() if value is not None})


def write(client, about, /, **changes):
    ids = "+".join(str(child.pk) for child in about)
    data = {
        "q": "Khan",
        "children": ids,
        "source": "police",
        "what_was_said": "Shouting at night.",
        **changes,
    }
    return sent(client, NEW, **data)


def decide(client, message, **changes):
    data = {
        "decision": "assess", "threshold": "4", "reason": "Hungry.", "consent_position": "agree",
        "lawful_basis": "help", "seen": "{}", **changes,
    }  # fmt: skip
    return sent(client, reverse("decide", args=[message.thread]), **data)


def test_a_name_as_it_is_typed_offers_the_whole_family_in_one_press(door, family, amira, twin):
    page = door.get(reverse("who_is_meant"), {"q": "Amira Khan"}).content.decode()
    assert f'value="{amira.pk}+{twin.pk}"' in page and "Both: Amira Khan" in page
    assert "Only Adam Khan" in page
    assert "checked" not in page


def test_without_scripts_the_page_looks_the_name_up_and_keeps_what_was_typed(door, family):
    answer = sent(door, NEW, q="Amira Khan", look="yes", what_was_said="Shouting at night.")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Both: Amira Khan" in page and "Shouting at night." in page
    assert "There is a problem" not in page and not Message.objects.exists()


def test_a_message_about_a_family_is_written_down_and_leads_to_deciding(door, family):
    answer = write(door, family)
    message = Message.current.get()
    assert answer["Location"] == reverse("decide", args=[message.thread])
    assert (message.source, message.way, message.what_was_said) == ("6", "phone", "Shouting at night.")
    assert {row.person for row in Concerned.current.all()} == set(family)


def test_a_screener_without_the_power_saves_it_for_a_manager(duty, family):
    assert write(signed_in(duty), family)["Location"] == reverse("front_door")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"children": None}, "Choose who that is"),
        ({"children": None, "q": None}, "Write a name, then choose"),
        ({"children": "1; drop table"}, "Choose who that is"),
        ({"source": None}, "Choose who told us"),
        ({"source": "school"}, "Choose which of these it was"),
        ({"what_was_said": " "}, "Write what was said"),
        ({"received_at_day": "3/3/1900", "received_at_time": "10:00"}, "more than two years ago"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(door, family, changes, words):
    answer = write(door, family, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert not Message.objects.exists()
    if "what_was_said" not in changes:
        assert "Shouting at night." in page and Draft.objects.exists()


def test_the_second_row_tells_which_school_code_it_is(door, family):
    write(door, family, source="school", source_detail="2B")
    assert Message.current.get().source == "2B"


def test_sent_twice_a_message_is_written_once(door, family):
    for _ in range(2):
        assert write(door, family, draft_key="a" * 24).status_code == 302
    assert Message.objects.filter(supersedes=None).count() == 1


def test_children_nobody_has_on_record_are_written_one_a_line(door, family):
    write(
        door, [], children="new", q="Sana", new_children="Sana Khan, 2\na girl, about 4\na baby, due 3/3/2027"
    )
    rows = list(Concerned.current.order_by("place"))
    assert [row.called for row in rows] == ["Sana Khan", "a girl, about 4", "a baby, due 3/3/2027"]
    assert rows[0].age_said == "2"
    assert rows[1].sex == "F" and rows[2].expected_date_of_birth.year == 2027
    assert all(row.person is None for row in rows)


def test_hostile_words_and_ten_megabytes_are_told_as_they_are(door, family, duty):
    hostile = "<script>alert(1)</script>'; DROP TABLE x; --\u202e"
    write(door, family, what_was_said=hostile)
    page = door.get(reverse("decide", args=[Message.current.get().thread])).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    assert write(door, family, what_was_said="a" * 11_000_000).status_code in {400, 413, 422}


def test_somebody_restricted_is_said_to_be_for_a_manager_and_gets_no_second_file(duty, amira, manager):
    Restriction.objects.create(person=amira, kind="police", reason="Operation", custodian=manager)
    client = signed_in(duty)
    page = client.get(reverse("who_is_meant"), {"q": "Amira Khan"}).content.decode()
    assert "A manager will confirm" in page and str(amira.pk) not in page
    write(client, [], q="Amira Khan", children="new")
    row = Concerned.current.get()
    assert (row.match, row.person) == ("confirm", None)
    assert write(client, [amira]).status_code == 403  # nor by her number
    assert Note.objects.filter(to=manager).exists()


def test_a_sealed_adoption_never_shows(duty, amira):
    Restriction.objects.create(person=amira, kind="sealed_adoption", reason="Sealed")
    page = signed_in(duty).get(reverse("who_is_meant"), {"q": "Amira Khan"}).content.decode()
    assert str(amira.pk) not in page and "A manager will confirm" not in page


def test_the_red_act_needs_who_and_what_and_no_more(duty, family):
    client = signed_in(duty)
    assert sent(client, NEW, q="x", urgent="yes", what_was_said="He hit her").status_code == 422
    answer = write(client, family, source=None, urgent="yes")
    assert answer.status_code == 302
    assert Section47Enquiry.objects.count() == 2
    assert client.get(answer["Location"]).status_code == 200  # whoever started it goes on


@pytest.mark.parametrize("danger", ["now", "not_today", "cannot_tell"])
def test_the_red_act_goes_through_whatever_was_said_of_danger(duty, family, danger):
    answer = write(signed_in(duty), family, danger=danger, urgent="yes")
    assert answer.status_code == 302
    assert Section47Enquiry.objects.count() == 2
    assert Message.current.get().danger == danger


def test_a_decision_shows_what_was_said_and_what_we_know_and_nothing_chosen(door, family, worker, amira):
    on = timezone.localdate() - timedelta(days=90)
    [before] = frontdoor.receive_referral(
        children=[amira], on=on, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    frontdoor.close_referral(referral=before, on=on + timedelta(days=9), reason="RC7", by=worker)
    write(door, family)
    page = door.get(reverse("decide", args=[Message.current.get().thread])).content.decode()
    for words in ("Shouting at night.", "Help before", "Referred on", "referred again within 12 months"):
        assert words in page
    assert "Decide what happens next" in page and "Decide for Amira and Adam" in page
    assert " checked" not in page and " selected" not in page


def test_help_that_goes_on_and_who_else_is_of_the_family_stand_beside_a_message(
    door, manager, family, amira, twin, unborn, worker
):
    people.relate(amira, unborn, by=worker, kind="sibling")
    begun = help_steps.begin_with_family(
        known=[amira.pk], new_children=[], basis="voluntary", agreed_by="Sal", agreed_how="phone", by=manager
    )
    help_steps.name_lead(help=begun, worker=worker, on=timezone.localdate(), by=manager)
    write(door, [amira])
    message = Message.current.get()
    add = reverse("add_to_message", args=[message.thread])
    for name in ("message", "decide"):
        page = door.get(reverse(name, args=[message.thread])).content.decode()
        assert f"Family help now, since {day_in_words(timezone.localdate())}; {worker} leads." in page, name
        also = page[page.index("Also of the family") :]
        assert name_of(twin) in also and "not yet born" in also and add in page, name
    assert not re.search(r"<input[^>]* checked", door.get(add).content.decode())
    assert sent(door, add).status_code == 422
    assert sent(door, add, people=[str(unborn.pk)], others="Poppy Bevan, 4").status_code == 302
    rows = Concerned.current.filter(message_thread=message.thread)
    assert {row.person for row in rows} == {amira, unborn, None}
    assert "Poppy Bevan" in door.get(reverse("message", args=[message.thread])).content.decode()


def test_nobody_is_added_to_a_message_that_was_decided(door, family):
    write(door, family)
    message = Message.current.get()
    decide(door, message)
    add = reverse("add_to_message", args=[message.thread])
    assert door.get(add)["Location"] == reverse("message", args=[message.thread])
    assert sent(door, add, others="Poppy Bevan, 4").status_code in {409, 422}


def test_a_decision_is_taken_once_and_leads_to_the_reply(door, family):
    write(door, family)
    message = Message.current.get()
    answer = decide(door, message)
    assert answer["Location"] == reverse("reply", args=[message.thread])
    assert Referral.objects.count() == 2
    decide(door, message)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("left_out", ["decision", "threshold", "reason", "consent_position", "lawful_basis"])
def test_a_decision_says_all_five(door, family, left_out):
    write(door, family)
    message = Message.current.get()
    assert decide(door, message, **{left_out: None}).status_code == 422
    assert Message.current.get().is_waiting and not Contact.objects.exists()


def test_one_child_may_be_decided_differently_on_the_page(door, family, twin):
    write(door, family)
    message = Message.current.get()
    row = Concerned.current.get(person=twin).thread
    own = {f"each-{row}-decision": "nothing", f"each-{row}-child_said": "I eat at Dad’s."}
    assert decide(door, message, **own).status_code == 302
    assert Contact.current.get(person=twin).outcome == "NFA_FLAG"


def test_who_a_child_of_a_public_message_is_has_to_be_said_first(door, family, amira):
    message = frontdoor.write_message(
        children=[Named("Amira", "Khan")], what_was_said="Cold", way="page", by=None, source=""
    )
    row = Concerned.current.get()
    assert "Who is this?" in door.get(reverse("decide", args=[message.thread])).content.decode()
    assert decide(door, message, source="police").status_code == 422
    address = reverse("match_child", args=[message.thread, row.thread])
    assert "This is Amira Khan" in door.get(address).content.decode()
    assert sent(door, address, who=str(amira.pk), q="Amira Khan").status_code == 302
    assert decide(door, message).status_code == 422  # who told us is still to be said
    which = decide(door, message, source="school")
    assert "Choose which it was: Schools or Education services" in which.content.decode()
    assert which.context["form"].errors.keys() == {"source_detail"}  # beside the question that is left out
    assert decide(door, message, source="police").status_code == 302
    assert Referral.current.get().source == "6"


def test_a_child_told_of_may_be_of_the_family_of_those_said_already(door, family, manager, amira, twin):
    """The rest of the family comes before strangers whose names sound alike, with the day they were born."""
    people.register_person(by=manager, given_names="Baby", family_name="Ali")
    message = frontdoor.write_message(
        children=[Named(person=amira), Named("Baby", "Ali")], what_was_said="Cold", way="page",
        by=None, source="6",
    )  # fmt: skip
    row = Concerned.current.get(person=None).thread
    page = door.get(reverse("match_child", args=[message.thread, row])).content.decode()
    assert "This is Adam" in page and "This is Amira" not in page
    assert page.index("This is Adam") < page.index("This is Baby Ali")
    assert f"born {long_date(BORN)}" in page
    assert sent(
        door, reverse("match_child", args=[message.thread, row]), who=str(twin.pk), q="Baby Ali"
    ).status_code == 302  # fmt: skip
    assert Concerned.current.get(thread=row).person_id == twin.pk


def test_the_tray_shows_danger_first_and_names_nobody_kept_from_the_reader(
    door, family, amira, manager, duty
):
    write(door, family)
    frontdoor.write_message(
        children=[Named("Noor", "Ali")], what_was_said="x", way="phone", by=duty, source="6", danger="now"
    )
    page = door.get(reverse("front_door")).content.decode()
    assert page.index("Noor Ali") < page.index("Amira Khan") and "Danger now" in page
    Restriction.objects.create(person=amira, kind="police", reason="Operation")
    page = door.get(reverse("front_door")).content.decode()
    assert "Amira Khan" not in page and "a custodian holds" in page


def test_a_message_about_somebody_kept_from_the_reader_shows_nothing(door, family, amira):
    write(door, family)
    thread = Message.current.get().thread
    Restriction.objects.create(person=amira, kind="police", reason="Operation")
    for name in ("decide", "message", "complete_message", "ask_partner"):
        answer = door.get(reverse(name, args=[thread]))
        assert "Shouting" not in answer.content.decode() and answer.status_code in {200, 403}


def test_a_reply_is_offered_in_words_that_fit_who_told_us(door, family):
    write(door, family, source="family", source_detail="1B", teller_name="Mrs Bell")
    message = Message.current.get()
    decide(door, message)
    page = door.get(reverse("reply", args=[message.thread])).content.decode()
    assert (
        "We cannot tell you more" in page and "Khan" not in page and "social worker will find out" not in page
    )
    assert sent(door, reverse("reply", args=[message.thread]), words="Thank you.").status_code == 302
    assert Reply.current.get().words == "Thank you."


@pytest.mark.parametrize("said", ["me@x.example?bcc=spy%40evil.example", "After 6: me@x.example"])
def test_a_reply_is_led_to_one_address_and_to_nobody_else(door, client, said):
    told = {"what_was_said": "Hungry", "children": "A girl", "danger": "not_today", "knows": "near"}
    sent(client, reverse("tell_us"), **told, teller_way_back=said)
    page = door.get(reverse("reply", args=[Message.current.get().thread])).content.decode()
    assert 'href="mailto:me@x.example"' in page


def test_a_professional_is_told_what_was_decided(door, family):
    write(door, family)
    message = Message.current.get()
    decide(door, message)
    assert "find out with the family" in door.get(reverse("reply", args=[message.thread])).content.decode()


def test_a_partner_gets_the_least_by_a_link_shown_once(door, family, client):
    write(door, family, home="12 Elm Road")
    message = Message.current.get()
    asked = {
        "kind": "gp",
        "asked_of": "Elm Surgery",
        "why": "A worry.",
        "power": "protect",
        "is_urgent": "yes",
    }
    answer = sent(door, reverse("ask_partner", args=[message.thread]), **asked)
    page = door.get(answer["Location"]).content.decode()
    token = page.split("/partners/")[1].split("/")[0]
    assert token not in door.get(answer["Location"]).content.decode()
    address = reverse("partner_answer", args=[token])
    shown = client.get(address)
    assert "Amira Khan" in shown.content.decode() and "12 Elm Road" in shown.content.decode()
    assert "Shouting" not in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert sent(client, address, answered_by="Dr Bell").status_code == 422
    assert sent(client, address, answered_by="Dr Bell", known_since="x" * 20_001).status_code == 422
    assert sent(client, address, answered_by="Dr Bell", is_family_known="no").status_code == 302
    assert client.get(address).status_code == 410
    page = door.get(reverse("decide", args=[message.thread])).content.decode()
    assert "they do not know this family" in page


def test_a_silent_partner_stays_silent_in_the_decision(door, family):
    write(door, family)
    message = Message.current.get()
    asked = {"kind": "police", "asked_of": "Police", "why": "A worry.", "power": "protect", "is_urgent": "no"}
    sent(door, reverse("ask_partner", args=[message.thread]), **asked)
    sent(door, reverse("ask_given", args=[Ask.current.get().thread]), how="email")
    decide(door, message)
    assert Decision.current.get().partners[0].startswith("No answer from Police since ")


def test_anybody_may_tell_us_and_nobody_is_put_on_record(client, staff):
    head = staff(Role.SENIOR_MANAGER)
    before = Person.objects.count()
    address = reverse("tell_us")
    assert client.get(address).status_code == 200
    answer = sent(
        client, address, what_was_said="Hungry and cold", children="A girl, about 4, Elm Road", danger="now",
        knows="near",
    )  # fmt: skip
    assert answer["Location"] == reverse("told_us")
    message = Message.current.get()
    assert (message.source, message.recorded_by, message.way) == ("1B", None, "page")
    assert Concerned.current.get().match == "" and Person.objects.count() == before
    assert Note.objects.get(to=head).text.startswith("It is urgent")
    assert "Hungry" not in client.get(answer["Location"]).content.decode()
    assert not Draft.objects.filter(finished_at=None).exists()


def test_from_one_address_so_many_a_day_may_tell_us_and_then_there_is_a_number_to_ring(
    client, settings, manager
):
    assert settings.ACCOUNT_RATE_LIMITS["tell_us"].endswith("/d/ip")
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "tell_us": "2/d/ip"}
    LocalSetting.objects.create(
        name="front_door_phone", value="01632 960123", started_on=date(2020, 1, 1), recorded_by=manager
    )
    for number in range(4):  # what is not finished counts for nothing
        assert sent(client, reverse("tell_us"), what_was_said=f"Cold {number}").status_code == 422
    said = {"children": "A girl, about 4", "knows": "near"}
    for number in range(2):
        assert sent(client, reverse("tell_us"), what_was_said=f"Cold {number}", **said).status_code == 302
    answer = sent(client, reverse("tell_us"), what_was_said="Cold and <b>hungry", **said)
    page = answer.content.decode()
    assert answer.status_code == 429 and "01632 960123" in page and "somebody will listen" in page
    assert "Cold and &lt;b&gt;hungry" in page and Message.objects.count() == 2


@pytest.mark.parametrize(
    ("much", "words"),
    [
        ({"what_was_said": "x" * 5_001}, "at most 5000 are kept"),
        ({"children": "x" * 5_001}, "at most 5000 are kept"),
        ({"children": "\n".join(f"Child {number}" for number in range(21))}, "Name up to 20 children"),
    ],
)
def test_more_than_a_message_holds_is_refused_and_stays_typed(client, much, words):
    said = {"what_was_said": "Cold", "children": "A girl, about 4", "danger": "not_today", "knows": "near"}
    answer = sent(client, reverse("tell_us"), **{**said, **much})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and next(iter(much.values())) in page
    assert not Message.objects.exists()


def test_as_much_as_a_message_holds_is_taken(client):
    children = "\n".join(f"Child {number}" for number in range(20))
    said = {"what_was_said": "x" * 5_000, "children": children, "danger": "not_today", "knows": "near"}
    assert sent(client, reverse("tell_us"), **said).status_code == 302
    assert Concerned.current.count() == 20


def test_a_robot_is_thanked_and_writes_nothing(client):
    answer = sent(client, reverse("tell_us"), what_was_said="x", children="y", website="http://spam")
    assert answer.status_code == 302 and not Message.objects.exists()


def test_what_was_left_out_in_a_hurry_is_said_and_agreed_afterwards(duty, family, door):
    write(signed_in(duty), family, source=None, urgent="yes")
    message, decision = Message.current.get(), Decision.current.get()
    page = door.get(reverse("message", args=[message.thread])).content.decode()
    assert "Agree this decision" in page and "Still owed" in page
    address = reverse("complete_message", args=[message.thread])
    given = {"source": "6", "threshold": "4", "consent_position": "nobody", "lawful_basis": "protect"}
    assert sent(door, address, **given, seen="{}").status_code == 302
    assert Message.current.get().source == "6"
    assert door.post(reverse("agree_decision", args=[message.thread, decision.thread])).status_code == 302
    assert Decision.current.get().agreed_at is not None


def test_a_message_is_taken_back_with_a_reason(door, family):
    write(door, family)
    address = reverse("withdraw_message", args=[Message.current.get().thread])
    assert sent(door, address).status_code == 422
    assert sent(door, address, because="It came twice").status_code == 302
    assert not Message.current.get().is_waiting


def test_what_is_passed_on_is_kept_until_they_own_it(door, family):
    write(door, family)
    thread = Message.current.get().thread
    given = {"authority": "Southmere", "what_was_sent": "All of it", "lawful_basis": "help"}
    assert sent(door, reverse("send_elsewhere", args=[thread]), **given).status_code == 302
    page = door.get(reverse("message", args=[thread])).content.decode()
    assert "Sent to Southmere" in page and "They have it" in page


def test_who_may_not_come_in(stranger, analyst, family, door, client):
    write(door, family)
    thread = Message.current.get().thread
    for address in (reverse("decide", args=[thread]), reverse("front_door"), NEW):
        assert signed_in(analyst).get(address).status_code == 403
    assert signed_in(stranger).get(reverse("decide", args=[thread])).status_code == 403
    assert client.get(reverse("front_door")).status_code == 302


def test_the_record_closes_again_once_it_is_decided(duty, door, family):
    client = signed_in(duty)
    write(client, family)
    message = Message.current.get()
    assert client.get(reverse("message", args=[message.thread])).status_code == 200
    decide(door, message)
    assert client.get(reverse("message", args=[message.thread])).status_code == 403
    assert client.get(reverse("reply", args=[message.thread])).status_code == 200  # about who told us alone
    assert Allocation.objects.exists() and OneTimeLink.objects.count() == 0
    assert links.ASK_AGAIN


def test_who_wrote_a_message_goes_on_with_it_and_is_shown_nothing_of_the_record(duty, family, amira, staff):
    client = signed_in(duty)
    write(client, family)
    thread, row = Message.current.get().thread, Concerned.current.filter(person=amira).get().thread
    page = client.get(reverse("message", args=[thread])).content.decode()
    assert SAID in page and "Amira Khan" in page
    assert "closed to you" in page and reverse("break_glass", args=[amira.pk]) in page
    assert "Help before" not in page and f'href="{reverse("story", args=[amira.pk])}"' not in page
    for name, gaps in (
        ("match_child", [thread, row]),
        ("complete_message", [thread]),
        ("ask_partner", [thread]),
    ):
        assert client.get(reverse(name, args=gaps)).status_code == 200
    assert client.get(reverse("story", args=[amira.pk])).status_code == 403
    colleague = signed_in(staff(Role.DUTY_WORKER))
    assert "Help before" in colleague.get(reverse("message", args=[thread])).content.decode()
    assert colleague.get(reverse("story", args=[amira.pk])).status_code == 200


def test_whoever_wrote_a_message_protects_at_once_from_its_page_and_goes_on(duty, family):
    client = signed_in(duty)
    write(client, family)
    answer = client.post(reverse("start_now", args=[Message.current.get().thread]))
    assert answer.status_code == 302 and Section47Enquiry.objects.count() == 2
    assert client.get(answer["Location"]).status_code == 200


def test_a_message_with_danger_now_opens_the_record_at_once(duty, family, amira):
    client = signed_in(duty)
    write(client, family, danger="now")
    assert client.get(reverse("story", args=[amira.pk])).status_code == 200


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.OUT_OF_HOURS])
def test_danger_now_leads_whoever_answers_calls_to_a_page_that_is_theirs(staff, manager, role):
    """They may not decide, and start an enquiry from the message at one press."""
    frontdoor.write_message(
        children=[Named("Noor", "Ali")],
        what_was_said="A belt.",
        way="page",
        by=None,
        source="6",
        danger="now",
    )
    client, thread = signed_in(staff(role, name="Olu Tonight")), Message.current.get().thread
    page = client.get("/").content.decode()
    assert "Somebody may be in danger now" in page and reverse("decide", args=[thread]) not in page
    assert f'href="{reverse("message", args=[thread])}">Read it and act' in page
    assert "Start section 47 enquiry now" in client.get(reverse("message", args=[thread])).content.decode()


def test_what_waits_and_what_is_owed_stands_on_my_work_and_on_the_childs_page(door, family, manager, amira):
    write(door, family)
    message = Message.current.get()
    page = door.get("/").content.decode()
    assert "Waiting for a decision (1)" in page and reverse("decide", args=[message.thread]) in page
    assert "A message waits for a decision" in door.get(f"/child/{amira.pk}/").content.decode()
    decide(door, message)
    page = door.get("/").content.decode()
    assert "Still owed (2)" in page  # the reply, and the need of both children in one line
    assert reverse("reply", args=[message.thread]) in page and reverse("say_need", args=[amira.pk]) in page
    assert "Say what the main need is" in door.get(f"/child/{amira.pk}/").content.decode()
    need = door.get(reverse("say_need", args=[amira.pk])).content.decode()
    assert "What is the main need of Amira" in need  # of several, it says whose
    assert sent(door, reverse("say_need", args=[amira.pk]), primary_need="N1", seen="{}").status_code == 302
    assert "Still owed (2)" in door.get("/").content.decode()


def test_the_need_of_a_case_is_said_on_the_record_it_was_merged_into(door, family, manager, amira, someone):
    write(door, family)
    decide(door, Message.current.get())
    kept = someone("Amirah", "Khan", date_of_birth=date(2015, 3, 2))
    people.merge(kept, amira, by=manager, reason="One girl")
    assert sent(door, reverse("say_need", args=[kept.pk]), primary_need="N1", seen="{}").status_code == 302
    assert Referral.current.get(person=amira).primary_need == "N1"


def test_the_named_worker_reads_what_was_added_to_their_work(door, family, worker, amira):
    frontdoor.receive_referral(
        children=family, on=timezone.localdate(), source="6", primary_need="N1", is_no_further_action=False,
        by=worker,
    )  # fmt: skip
    write(door, family)
    message = Message.current.get()
    decide(door, message, decision="existing")
    client = signed_in(worker)
    address = reverse("read_message", args=[message.thread])
    assert address in client.get("/").content.decode()
    assert "Shouting at night." in client.get(address).content.decode()
    assert sent(client, address, what_next="I will see them today").status_code == 302
    assert not Owed.current.filter(what="read_message", done_at=None).exists()
    assert MessageRead.current.get(person=amira).what_next == "I will see them today"


def test_who_told_the_family_is_said_on_a_page_and_owed_no_more(door, family, stranger, manager):
    write(door, family)
    decide(door, Message.current.get(), consent_position="will_be_told", family_told="Sam, on Friday")
    left = Owed.current.get(what="family_told")
    address = reverse("family_told", args=[left.thread])
    page = door.get("/").content.decode()
    assert address in page and "Sam, on Friday" in door.get(address).content.decode()
    for said in ({}, {"told_by": "Sam"}, {"on": "1/6/2026"}, {"told_by": "Sam", "on": "1/1/2099"}):
        assert sent(door, address, **said).status_code == 422
    assert sent(door, address, told_by="Sam", on="1/1/1900").status_code == 422
    assert sent(signed_in(stranger), address, told_by="Sam", on="1/6/2026").status_code == 404
    today = timezone.localdate()
    assert sent(door, address, told_by="<b>Sam", on=f"{today:%d/%m/%Y}").status_code == 302
    decision = Decision.current.get()
    assert decision.family_told == f"<b>Sam told them on {long_date(today)}"
    assert not Owed.current.filter(what="family_told", done_at=None).exists()
    assert (
        "The family: &lt;b&gt;Sam told"
        in door.get(reverse("decided", args=[decision.thread])).content.decode()
    )
    assert sent(door, address, told_by="Sam", on="1/6/2026").status_code == 404  # it is said


def test_why_nobody_told_the_family_is_said_too_whatever_its_length(door, family):
    write(door, family)
    decide(door, Message.current.get(), consent_position="will_be_told", family_told="Sam")
    address = reverse("family_told", args=[Owed.current.get(what="family_told").thread])
    assert sent(door, address, not_told_because="x" * 181).status_code == 422
    assert sent(door, address, not_told_because="x" * 180).status_code == 302
    assert Decision.current.get().family_told == f"Not told: {'x' * 180}"


def test_nobody_else_reads_it_or_says_the_need(stranger, analyst, door, family, amira):
    write(door, family)
    message = Message.current.get()
    decide(door, message)
    for somebody in (stranger, analyst):
        for address in (reverse("read_message", args=[message.thread]), reverse("say_need", args=[amira.pk])):
            assert signed_in(somebody).get(address).status_code == 403


def test_an_allegation_goes_to_a_file_of_its_own(door, family, staff):
    custodian = staff(Role.CUSTODIAN, name="Una Keeper")
    told = {"adult_name": "Jo Coach", "adult_work": "Football coach", "allegation": "He locked her in."}
    assert write(door, family, adult_name="Jo Coach").status_code == 422
    write(door, family, **told)
    message = Message.current.get()
    page = door.get(reverse("message", args=[message.thread])).content.decode()
    assert "Passed on" in page and "Coach" not in page and "locked" not in page
    assert "He locked her in." in signed_in(custodian).get(reverse("allegations")).content.decode()
    address = reverse("allegation_passed", args=[Allegation.current.get().thread])
    assert sent(signed_in(custodian), address, passed_to="The officer", seen="{}").status_code == 302
    assert door.get(reverse("allegations")).status_code == 403
