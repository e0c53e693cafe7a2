"""The front door: a message becomes a contact, a contact a referral, and a case is closed."""

from datetime import date, timedelta

import pytest

from kith.record.chronology.policies import NoChildren, WrongCode, WrongDate
from kith.record.frontdoor import permissions, services
from kith.record.frontdoor.models import Contact, Referral
from kith.record.frontdoor.policies import AlreadyOpen, NeedMissing, NotOpen
from kith.record.frontdoor.queries import open_referrals
from kith.record.people.models import Role
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import BORN, MONDAY, acts_about, refused, told_of, who_decided
from kith.record.versions import VersionClash

REFERRAL = {"on": MONDAY, "source": "2A", "primary_need": "N1", "is_no_further_action": False}


def refer(children, by, **changes):
    return services.receive_referral(children=children, by=by, **{**REFERRAL, **changes})


def test_one_referral_of_two_siblings_is_one_act_and_a_row_each(amira, twin, worker):
    first, second = refer([amira, twin], worker)
    assert {first.person, second.person} == {amira, twin}
    assert first.thread != second.thread
    assert told_of(amira) == [
        (MONDAY, "referral_received", "Referred to children's social care by schools: abuse or neglect")
    ]
    assert acts_about(amira) == acts_about(twin) == ["receive_referral"]


def test_a_contact_is_told_and_remembered_by_the_referral_it_became(amira, worker):
    [contact] = services.receive_contact(
        children=[amira], on=MONDAY, source="6", outcome="NEW_REFERRAL_FLAG", by=worker, reference="T1"
    )
    [referral] = refer([amira], worker, contacts=[contact])
    assert referral.contact_thread == contact.thread
    assert acts_about(amira) == ["receive_contact", "receive_referral"]
    assert told_of(amira)[0] == (
        MONDAY, "contact_received", "Someone got in touch about the child: Police, New referral",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"on": date.max}, WrongDate, "has not come yet"),
        ({"on": date(1900, 1, 1)}, WrongDate, "more than 26 years ago"),
        ({"on": BORN - timedelta(days=400)}, WrongDate, "long before this child's date of birth"),
        ({"source": "ZZ"}, WrongCode, "“ZZ” is not where the referral came from"),
        ({"source": "'; drop table--"}, WrongCode, "is not where the referral came from"),
        ({"primary_need": "N99"}, WrongCode, "“N99” is not a primary need"),
        ({"primary_need": None}, NeedMissing, "needs a primary need"),
        ({"primary_need": ""}, NeedMissing, "needs a primary need"),
    ],
)
def test_a_referral_that_cannot_be_is_refused_with_a_next_step(amira, worker, changes, refusal, words):
    with refused(refusal, words) as caught:
        refer([amira], worker, **changes)
    assert caught.value.next_step
    assert not Referral.objects.exists() and acts_about(amira) == [] and told_of(amira) == []


def test_no_need_is_asked_of_a_referral_with_no_further_action(amira, worker):
    [referral] = refer([amira], worker, primary_need=None, is_no_further_action=True)
    assert referral.primary_need == ""
    assert open_referrals([amira], MONDAY) == {}


def test_no_child_and_the_same_child_twice_are_refused(amira, worker):
    with refused(NoChildren, "No child was chosen"):
        refer([], worker)
    with refused(NoChildren, "same child was chosen twice"):
        refer([amira, amira], worker)


def test_a_second_open_referral_is_refused_for_all_siblings_together(amira, twin, worker):
    refer([amira], worker)
    with refused(AlreadyOpen, "a case open already, since 2 March 2026"):
        refer([twin, amira], worker, on=date(2026, 3, 9))
    assert Referral.objects.count() == 1


def test_an_unborn_child_and_one_with_no_date_of_birth_can_be_referred(unborn, undated, worker):
    assert len(refer([unborn, undated], worker)) == 2


def test_after_death_nothing_begins(someone, worker):
    child = someone("Ali", "Khan", date_of_birth=BORN, date_of_death=date(2026, 1, 1))
    with refused(WrongDate, "after this person died, on 1 January 2026"):
        refer([child], worker)


def test_a_case_closes_once_and_both_days_stay_in_the_story(amira, worker):
    [referral] = refer([amira], worker)
    closed = services.close_referral(referral=referral, on=date(2026, 4, 1), reason="RC8", by=worker)
    assert (closed.thread, closed.closed_on) == (referral.thread, date(2026, 4, 1))
    assert [kind for _, kind, _ in told_of(amira)] == ["referral_received", "referral_closed"]
    assert acts_about(amira) == ["receive_referral", "close_referral"]
    with refused(NotOpen, "closed on 1 April 2026"):
        services.close_referral(referral=closed, on=date(2026, 4, 2), reason="RC8", by=worker)
    assert refer([amira], worker, on=date(2026, 4, 2))


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (date(2026, 3, 1), "RC8", WrongDate),
        (date(2026, 4, 1), "", WrongCode),
        (date(2026, 4, 1), "E4A", WrongCode),
    ],
)
def test_a_closure_out_of_order_or_without_a_reason_is_refused(amira, worker, on, reason, refusal):
    [referral] = refer([amira], worker)
    with pytest.raises(refusal):
        services.close_referral(referral=referral, on=on, reason=reason, by=worker)
    assert Referral.current.get().closed_on is None


def test_a_referral_left_with_no_action_is_closed_by_whoever_may_close_cases(
    amira, worker, stranger, analyst
):
    [referral] = refer([amira], worker, is_no_further_action=True, primary_need="")
    with refused(NotAllowed, "does not let you close a case"):
        services.close_referral(referral=referral, on=MONDAY, reason="RC8", by=analyst)
    services.close_referral(referral=referral, on=MONDAY, reason="RC8", by=stranger)
    assert Referral.current.get().closed_on == MONDAY


def test_two_people_closing_the_same_case_see_the_clash(amira, worker):
    [seen_by_both] = refer([amira], worker)
    services.close_referral(referral=seen_by_both, on=date(2026, 4, 1), reason="RC8", by=worker)
    with pytest.raises(VersionClash):
        services.close_referral(referral=seen_by_both, on=date(2026, 4, 2), reason="RC7", by=worker)


def test_who_may(amira, worker, stranger, analyst, staff):
    with refused(NotAllowed, "Your role does not let you receive contacts and referrals"):
        refer([amira], analyst)
    [referral] = refer([amira], staff(Role.DUTY_WORKER))
    permissions.check_can_receive(worker)
    with refused(NotAllowed, "not working with this person"):
        services.close_referral(referral=referral, on=MONDAY, reason="RC8", by=stranger)
    assert permissions.can_close(worker, referral) and not permissions.can_close(stranger, referral)
    assert not Contact.objects.exists()


def test_a_referral_knows_who_received_it_and_who_closed_it(amira, worker, manager, team, stranger):
    [referral] = refer([amira], stranger)
    assert who_decided(referral) == (stranger, None, "", "")
    closed = services.close_referral(referral=referral, on=date(2026, 4, 1), reason="RC7", by=manager)
    assert who_decided(closed) == (stranger, None, "", "")
    stored = Referral.current.get()
    assert (stored.closed_by, stored.closing_team) == (manager, team)
    assert Referral.objects.get(pk=referral.pk).closed_by is None


def test_who_closes_takes_the_place_of_whom_an_extract_named(amira, manager, team):
    referral = Referral.objects.create(
        person=amira,
        received_on=MONDAY,
        decided_by_reference="SW1",
        closed_by_reference="SW2",
        closing_team_reference="Duty",
    )
    closed = services.close_referral(referral=referral, on=date(2026, 4, 1), reason="RC7", by=manager)
    assert (closed.closed_by, closed.closing_team) == (manager, team)
    assert (closed.closed_by_reference, closed.closing_team_reference) == ("", "")
    assert closed.decided_by_reference == "SW1"
