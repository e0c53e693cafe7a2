"""Pages of people: who is meant, somebody new, who is tied to whom, names, safe contact, one or two."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.access.models import BreakGlass, Message
from kith.record.audit.models import Entry
from kith.record.pathway.died import died
from kith.record.pathway.doubles import DECIDE
from kith.record.people import services as people
from kith.record.people.family import ties_of
from kith.record.people.models import (
    Address,
    Allocation,
    MatchProposal,
    OwnAuthority,
    Person,
    PersonName,
    Relationship,
    Role,
    SafeContact,
)
from kith.record.people.queries import child_ids_of, name_of
from kith.web.tests.families import the_khans, user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def duty(khans):
    return user("Dev Marwaha", Role.DUTY_WORKER)


@pytest.fixture
def ask(client, duty):
    """Ask for a page, or send one with `sent`, as the duty worker or as somebody else."""

    def ask(name, *args, by=None, sent=None, status=200, htmx=False, **query):
        client.force_login(by or duty, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(name, args=args)
        headers = {"HX-Request": "true"} if htmx else {}
        answer = client.get(address, query, headers=headers) if sent is None else client.post(address, sent)
        assert answer.status_code == status, answer.content.decode()
        return answer if status == 302 else answer.content.decode()

    return ask


class TestMatch:
    def test_who_may_be_meant_shows_why_and_with_whom_they_live(self, ask, khans):
        shown = ask("people_match", q="Ameera Khan")
        assert "Amira Khan" in shown and "Found: “Ameera Khan”" in shown
        assert "Brothers and sisters:" in shown and "Yusuf Khan" in shown

    def test_as_one_types_only_the_answers_come_as_radios_none_chosen(self, ask, khans):
        shown = ask("people_match", q="Amira Khan", field="who", htmx=True)
        assert "<html" not in shown
        assert f'name="who" id="who-{khans.amira.pk}"' in shown and "This is Amira Khan" in shown
        assert "Somebody new" in shown and "checked" not in shown

    @pytest.mark.parametrize("field", ['"><script>', "A", "x" * 50])
    def test_a_field_is_a_plain_name_or_none(self, ask, khans, field):
        assert "<script>" not in ask("people_match", q="Amira", field=field, htmx=True)
        assert "radios" not in ask("people_match", q="Amira", field=field, htmx=True)

    def test_each_name_shown_is_written_down_brothers_and_sisters_too(self, ask, khans, duty):
        ask("people_match", q="Amira Khan")
        seen = Entry.objects.filter(act="name_shown", actor_id=duty.pk).values_list("person_id", flat=True)
        assert {khans.amira.pk, khans.yusuf.pk} <= set(seen)

    def test_somebody_restricted_shows_nothing_and_their_custodian_is_told(self, ask, khans):
        before = Message.objects.filter(to=khans.custodian).count()
        shown = ask("people_match", q="Salma Secret", field="who", htmx=True)
        assert "A manager will confirm" in shown and "This is Salma" not in shown
        assert Message.objects.filter(to=khans.custodian).count() == before + 1

    def test_a_restricted_brother_is_not_named_beside_a_match(self, ask, khans):
        access.place_restriction(
            khans.yusuf, by=khans.custodian, kind="police", reason="Operation", custodian=khans.custodian
        )
        assert "Yusuf" not in ask("people_match", q="Amira Khan")

    def test_a_newborn_is_first_looked_for_among_the_unborn(self, ask, khans):
        people.correct_details(
            khans.unborn, by=khans.manager, because="Scan",
            expected_date_of_birth=TODAY + timedelta(days=9),
        )  # fmt: skip
        born = (TODAY - timedelta(days=3)).isoformat()
        shown = ask("people_match", q=f"Hana Khan {born}", field="who", htmx=True)
        assert shown.index("This is Baby Khan") == shown.index("This is ")
        assert "was not yet born when last written down" in shown

    def test_a_child_of_seven_is_not_looked_for_among_the_unborn(self, ask, khans):
        assert "was not yet born" not in ask("people_match", q="Hana Khan 3/2/2018")

    @pytest.mark.parametrize("text", ["", "a", "x" * 201, "\x00\x00", "'; drop"])
    def test_what_cannot_be_searched_for_breaks_nothing(self, ask, khans, text):
        ask("people_match", q=text, field="who", htmx=True)

    def test_an_analyst_may_not(self, ask, khans):
        ask("people_match", q="Amira", by=user("Mei Tanaka", Role.ANALYST), status=403)


NEW = {"given_names": "Zuleika", "family_name": "Brand", "who": "child", "sex": "F"}


class TestRegister:
    @pytest.fixture(autouse=True)
    def northbrook(self, khans):
        OwnAuthority.objects.create(code="299", name="Northbrook", started_on=khans.ago(900))

    def test_a_child_is_put_on_record_and_waits_for_a_worker(self, ask):
        answer = ask(
            "register_person",
            sent={**NEW, "lines": "1 Mill Row", "postcode": "NB1 1AA", "is_confidential": "no"},
            status=302,
        )
        made = PersonName.current.get(given_names="Zuleika").person
        assert child_ids_of(made) == {"299": "K000001"}
        assert Address.current.get(person=made).is_confidential is False
        assert Allocation.current.get(person=made).team.is_unallocated
        assert answer["Location"] == reverse("people_match") + "?q=K000001"  # nobody opens one they made

    def test_somebody_alike_has_to_be_looked_at_first_and_what_was_typed_stays(self, ask, khans):
        same = {**NEW, "given_names": "Amira", "family_name": "Khan"}
        shown = ask("register_person", sent=same, status=422)
        assert "Look whether one of these is meant" in shown and "None of these" in shown
        assert 'value="Amira"' in shown
        ask("register_person", sent={**same, "none_of_these": "on"}, status=302)
        assert PersonName.current.filter(given_names="Amira", family_name="Khan").count() == 2

    def test_somebody_restricted_of_that_name_stops_it_until_it_is_pressed_on(self, ask, khans):
        same = {**NEW, "given_names": "Salma", "family_name": "Secret"}
        shown = ask("register_person", sent=same, status=422)
        assert "A manager will confirm" in shown
        ask("register_person", sent={**same, "none_of_these": "on"}, status=302)

    @pytest.mark.parametrize(
        "change, said",
        [
            ({"given_names": "", "family_name": " "}, "Write a given name or a family name"),
            ({"who": ""}, "Say whether this is a child"),
            ({"date_of_birth": "1/1/2020", "expected_date_of_birth": "1/1/2027"}, "not both"),
            ({"lines": "1 Mill Row"}, "Say whether the address is to be kept hidden"),
            ({"date_of_birth": "1/1/2099"}, "still to come"),
        ],
    )
    def test_what_is_missing_is_said_and_nobody_is_registered(self, ask, khans, change, said):
        before = Person.objects.count()
        assert said in ask("register_person", sent={**NEW, **change}, status=422)
        assert Person.objects.count() == before

    def test_nothing_is_answered_beforehand(self, ask):
        assert "checked" not in ask("register_person")

    def test_a_custodian_may_not(self, ask, khans):
        ask("register_person", by=khans.custodian, status=403)


class TestRelate:
    def test_whom_is_found_then_how_they_are_tied(self, ask, khans):
        aunt = people.register_person(by=khans.manager, given_names="Farah", family_name="Aziz")
        found = ask("relate_people", khans.amira.pk, by=khans.worker, q="Farah Aziz")
        assert f"?other={aunt.pk}" in found
        asked = ask("relate_people", khans.amira.pk, by=khans.worker, other=aunt.pk)
        assert "What is Farah Aziz to Amira Khan?" in asked and "checked" not in asked

    def test_a_tie_is_saved(self, client, khans):
        aunt = people.register_person(by=khans.manager, given_names="Farah", family_name="Aziz")
        client.force_login(khans.worker, backend="django.contrib.auth.backends.ModelBackend")
        address = f"{reverse('relate_people', args=[khans.amira.pk])}?other={aunt.pk}"
        assert client.post(address, {}).status_code == 422
        assert client.post(address, {"kind": "aunt_uncle"}).status_code == 302
        assert aunt.pk in {tie.person_id for tie in ties_of(khans.amira)}
        assert Relationship.current.get(other=aunt).is_born_together is False

    def test_a_tie_of_ones_own_opens_no_record_and_the_page_says_what_does(self, client, khans):
        other = people.register_person(by=khans.manager, given_names="Stranger", family_name="Child")
        client.force_login(khans.worker, backend="django.contrib.auth.backends.ModelBackend")
        address = f"{reverse('relate_people', args=[khans.amira.pk])}?other={other.pk}"
        page = client.post(address, {"kind": "family_friend"}, follow=True).content.decode()
        assert "stays closed to you until a colleague writes down the same" in page
        assert client.get(reverse("story", args=[other.pk])).status_code == 403
        colleague = Client()
        colleague.force_login(khans.manager, backend="django.contrib.auth.backends.ModelBackend")
        assert colleague.post(address, {"kind": "family_friend"}).status_code == 302
        assert client.get(reverse("story", args=[other.pk])).status_code == 200
        said = {"what": "mistake", "because": "Wrong person chosen"}
        assert client.post(reverse("untie", args=[khans.amira.pk, other.pk]), said).status_code == 302
        glass = BreakGlass.objects.get()
        assert (glass.user, glass.person) == (khans.worker, other)
        assert glass.reason.endswith("Wrong person chosen")

    @pytest.mark.parametrize("other", ["", "word", "1", "9" * 40, "١٢"])
    def test_somebody_who_is_not_there_is_asked_for_again(self, ask, khans, other):
        assert "Whom is" in ask("relate_people", khans.amira.pk, by=khans.worker, other=other)

    def test_somebody_restricted_cannot_be_chosen_by_their_number(self, ask, khans):
        assert "Whom is" in ask("relate_people", khans.amira.pk, by=khans.worker, other=khans.hidden.pk)

    def test_who_does_not_work_with_the_child_may_not(self, ask, khans):
        ask("relate_people", khans.amira.pk, by=user("Kit Farrow", Role.SOCIAL_WORKER), status=403)


class TestNames:
    def test_a_misspelt_name_is_mended_and_the_old_one_still_finds_her(self, ask, khans):
        name = PersonName.current.get(person=khans.amira, kind="legal")
        sent = {"given_names": "Amirah", "family_name": "Khan", "because": "Misheard"}
        ask("correct_name", khans.amira.pk, name.thread, by=khans.worker, sent=sent, status=302)
        assert name_of(khans.amira) == "Amirah Khan"
        ask(
            "correct_name",
            khans.amira.pk,
            name.thread,
            by=khans.worker,
            sent={**sent, "because": ""},
            status=422,
        )

    def test_two_who_mend_it_at_once_see_the_clash(self, ask, khans):
        name = PersonName.current.get(person=khans.amira, kind="legal")
        people.correct_name(name, by=khans.manager, because="Misheard", given_names="Ameera")
        seen = f'{{"{name.thread}": {name.pk}}}'
        sent = {"given_names": "Amirah", "family_name": "Khan", "because": "Misheard", "seen": seen}
        assert "Amirah" in ask(
            "correct_name", khans.amira.pk, name.thread, by=khans.worker, sent=sent, status=409
        )

    def test_a_name_she_is_known_by_is_added(self, ask, khans):
        sent = {"kind": "known_as", "given_names": "Mimi", "family_name": ""}
        ask("person_names", khans.amira.pk, by=khans.worker, sent=sent, status=302)
        assert "Mimi" in ask("person_names", khans.amira.pk, by=khans.worker)

    def test_another_persons_name_is_not_mended_from_here(self, ask, khans):
        name = PersonName.current.get(person=khans.zara)
        ask("correct_name", khans.amira.pk, name.thread, by=khans.worker, status=404)


class TestSafeContact:
    SENT = {"way": "text", "is_safe": "no", "said_by": "Amira", "started_on": "3/3/2026"}

    def test_where_nobody_said_it_says_what_that_means(self, ask, khans):
        assert "ring only, leave no message" in ask("safe_contact", khans.amira.pk, by=khans.worker)
        assert "Nobody has said how it is safe" in ask("story", khans.amira.pk, by=khans.worker)

    def test_what_was_said_stands_on_the_childs_page(self, ask, khans):
        ask("safe_contact", khans.amira.pk, by=khans.worker, sent=self.SENT, status=302)
        shown = ask("story", khans.amira.pk, by=khans.worker)
        assert "How it is safe to be in touch" in shown and "Text message: never, said by Amira" in shown

    def test_of_a_brother_with_his_own_worker_nothing_stands_on_his_sisters_page(self, ask, khans):
        sent = {"way": "text", "is_safe": True, "said_by": "Zara", "started_on": TODAY}
        people.record_safe_contact(khans.zara, by=khans.manager, where="07700 900009", **sent)
        other = user("Kit Farrow", Role.SOCIAL_WORKER)
        for child in (khans.zara, khans.amira):
            Allocation.objects.filter(person=child).delete()
        Allocation.objects.create(person=khans.zara, worker=other, started_on=TODAY)
        Allocation.objects.create(person=khans.amira, worker=khans.worker, started_on=TODAY)
        assert "07700 900009" not in ask("story", khans.amira.pk, by=khans.worker)
        assert "07700 900009" in ask("story", khans.zara.pk, by=other)

    def test_what_is_missing_is_said(self, ask, khans):
        shown = ask("safe_contact", khans.amira.pk, by=khans.worker, sent={"way": ""}, status=422)
        for said in ("Choose by what way", "Say whether it is safe", "Write who said so"):
            assert said in shown

    def test_it_is_ended_with_a_reason(self, ask, khans):
        ask("safe_contact", khans.amira.pk, by=khans.worker, sent=self.SENT, status=302)
        thread = SafeContact.current.get().thread
        sent = {"on": TODAY.strftime("%d/%m/%Y"), "because": "She has a new telephone"}
        ask("end_safe_contact", khans.amira.pk, thread, by=khans.worker, sent=sent, status=302)
        assert SafeContact.current.get().ended_on == TODAY
        ask("end_safe_contact", khans.amira.pk, thread, by=khans.worker, status=404)


class TestOneOrTwo:
    @pytest.fixture
    def proposal(self, khans):
        double = people.register_person(by=khans.manager, given_names="Ameera", family_name="Khan")
        return people.propose_match(khans.amira, double, because="Both have the same child id")

    def test_two_records_stand_side_by_side_and_no_answer_is_chosen(self, ask, proposal):
        assert "Amira Khan" in ask("match_proposals") and "Ameera Khan" in ask("match_proposals")
        shown = ask("decide_match", proposal.pk)
        assert "Both have the same child id" in shown and "checked" not in shown

    @pytest.mark.parametrize("same, state", [("one", "same"), ("two", "different")])
    def test_it_is_decided_with_a_reason(self, ask, proposal, same, state):
        assert "Write what tells you" in ask("decide_match", proposal.pk, sent={"same": same}, status=422)
        ask("decide_match", proposal.pk, sent={"same": same, "reason": "Birth certificate"}, status=302)
        proposal.refresh_from_db()
        assert proposal.state == state
        ask("decide_match", proposal.pk, status=404)

    def test_a_pair_of_whom_one_is_kept_from_the_reader_is_not_there(self, ask, khans, proposal):
        access.place_restriction(
            khans.amira, by=khans.custodian, kind="police", reason="Operation", custodian=khans.custodian
        )
        assert "Ameera" not in ask("match_proposals")
        ask("decide_match", proposal.pk, status=404)

    def test_a_death_on_one_of_them_is_told_to_who_decides_and_stands_on_the_page(self, ask, khans, proposal):
        died(child=khans.amira, on=TODAY, by=khans.worker)
        proposal.refresh_from_db()
        assert proposal.state == "open"  # it may be the same child, with whom work would go on
        note = Message.objects.get(to=khans.manager, text=DECIDE)
        assert note.link == reverse("decide_match", args=[proposal.pk])
        shown = ask("decide_match", proposal.pk)
        assert "Died on" in shown and "on one of these records alone" in shown
        sent = {"same": "one", "reason": "Birth certificate"}
        assert "Write it down on the other too" in ask("decide_match", proposal.pk, sent=sent, status=422)
        ask("decide_match", proposal.pk, sent=sent | {"same": "two"}, status=302)

    def test_a_social_worker_does_not_decide(self, ask, khans, proposal):
        ask("decide_match", proposal.pk, by=user("Kit Farrow", Role.SOCIAL_WORKER), status=403)
        assert MatchProposal.objects.get().state == "open"
