"""Enquiring for several children at once: urgent with two facts, mixed states, findings child by child."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from kith.record.chronology.policies import NoCaseOpen, NoChildren, WrongCode, WrongDate
from kith.record.frontdoor.queries import referral_threads
from kith.record.frontdoor.services import receive_referral
from kith.record.owed.queries import owed_for
from kith.record.pathway import services as pathway
from kith.record.protection import permissions, services
from kith.record.protection.models import (
    EnquiryFinding,
    HarmSuspected,
    HarmSuspectedOf,
    Section47Enquiry,
)
from kith.record.protection.policies import AlreadyOpen
from kith.record.protection.services import Found
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of
from kith.record.versions import VersionClash

NIGHT = datetime(2026, 3, 29, 2, 40, tzinfo=UTC)  # 03:40 in London: 01:40 there is no such time
HARM = "Bruises on both arms; she says it was a belt."
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def referred(children, worker, on=MONDAY):
    receive_referral(
        children=children, on=on, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )


def begin(children, worker, at=NOON, **more):
    day = at.date()
    given = {"children": children, "suspected_harm": HARM, "at": at, "by": worker, **more}
    return services.begin_enquiry(referrals=referral_threads(children, day), **given)


def owed_words(child):
    return [line.owed.what for line in owed_for([child.pk], datetime.now(UTC))]


@pytest.fixture
def both(amira, twin, worker):
    referred([amira, twin], worker)
    return [amira, twin]


def discuss(children, worker, **more):
    given = {
        "held_at": NOON,
        "took_part": [{"agency": "police", "who": "PC Bell"}, {"agency": "gp", "who": ""}],
        "discussed": "Both are to be seen today.",
        "decision": "enquire_with_police",
        "referrals": referral_threads(children, MONDAY),
        "now": datetime.now(UTC),
    }
    return services.hold_strategy_discussion(children=children, by=worker, **{**given, **more})


def test_an_urgent_enquiry_needs_the_children_and_the_harm_and_nothing_else(both, worker, amira, twin):
    begun = begin(both, worker)
    assert set(begun.enquiries) == {amira.pk, twin.pk} and begun.added_to == {}
    one = begun.enquiries[amira.pk]
    assert (one.started_on, one.started_at, one.is_joint, one.harm_thread) == (
        MONDAY, NOON, None, begun.harm.thread,
    )  # fmt: skip
    assert begun.harm.kinds == [] and begun.harm.is_danger_now is None
    assert acts_about(amira)[-2:] == ["start_section_47", "suspect_harm"]
    assert told_of(amira)[-1][1] == "section_47_started"


def test_the_words_are_said_once_and_what_came_before_is_each_childs_own(both, worker, amira, twin):
    before = {amira.pk: ["Family help in 2024."]}
    begin(both, worker, help_before=before, kinds=["PHY"], is_danger_now=True)
    assert HarmSuspected.current.get().words == HARM
    kept = {part.person_id: part.help_before for part in HarmSuspectedOf.current.all()}
    assert kept == {amira.pk: ["Family help in 2024."], twin.pk: []}


def test_a_child_whose_enquiry_goes_on_gets_the_news_and_the_others_start(both, worker, amira, twin):
    first = begin([amira], worker).enquiries[amira.pk]
    begun = begin(both, worker, at=datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    assert set(begun.enquiries) == {twin.pk}
    assert begun.added_to == {amira.pk: first}
    assert Section47Enquiry.current.filter(person=amira).count() == 1
    assert told_of(amira)[-1][1:] == ("harm_suspected", "More was told while an enquiry went on")


def test_news_after_the_finding_waits_for_the_same_conference(both, worker, amira):
    # CIN census 8839 and 8890: one is open until its conference, even when concluded
    begun = begin(both, worker)
    services.conclude_section_47(
        enquiry=begun.enquiries[amira.pk], on=MONDAY, is_conference_required=True, by=worker
    )
    again = begin([amira], worker, at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    assert again.enquiries == {} and set(again.added_to) == {amira.pk}


def test_no_enquiry_begins_on_the_day_of_the_conference_that_ended_one(both, worker, chair, amira):
    # CIN census 8890
    held = date(2026, 3, 23)
    begin(both, worker)
    pathway.hold_initial_conference(children=[amira], on=held, is_plan_made=False, by=chair)
    same_day = begin([amira], worker, at=datetime(2026, 3, 23, 15, 0, tzinfo=UTC))
    assert same_day.enquiries == {}
    services.conclude_section_47(
        enquiry=Section47Enquiry.current.get(person=amira), on=held, is_conference_required=True, by=worker
    )
    with refused(AlreadyOpen, "a new one cannot begin on that day or before"):
        pathway.start_section_47(children=[amira], on=held, by=worker)
    next_day = begin([amira], worker, at=datetime(2026, 3, 24, 9, 0, tzinfo=UTC))
    assert set(next_day.enquiries) == {amira.pk}


def test_a_night_when_the_clocks_change_has_its_own_day(both, worker, amira):
    begun = begin([amira], worker, at=NIGHT)
    assert begun.enquiries[amira.pk].started_on == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"children": []}, NoChildren, "No child was chosen"),
        ({"suspected_harm": "  \n"}, NotSaid, "What harm is suspected was not said"),
        ({"kinds": ["BAD"]}, WrongCode, "not a kind of harm"),
        ({"at": datetime(1999, 3, 2, 9, 0, tzinfo=UTC)}, WrongDate, "26 years ago"),
    ],
)
def test_an_enquiry_that_cannot_be_is_refused(both, worker, changes, refusal, words):
    given = {
        "children": both, "suspected_harm": HARM, "at": NOON, "by": worker,
        "referrals": referral_threads(both, MONDAY),
    }  # fmt: skip
    with refused(refusal, words):
        services.begin_enquiry(**{**given, **changes})
    assert HarmSuspected.current.count() == 0


def test_a_child_without_a_case_is_for_the_urgent_start_and_nothing_is_half_done(both, undated, worker):
    with refused(NoCaseOpen, "1 of these children have no case open"):
        begin([*both, undated], worker)
    assert Section47Enquiry.current.count() == 0


def test_unborn_undated_and_twin_children_are_enquired_about_alike(unborn, undated, twin, worker):
    children = [unborn, undated, twin]
    referred(children, worker)
    assert set(begin(children, worker).enquiries) == {child.pk for child in children}


def test_hostile_words_stay_words(both, worker, amira):
    text = "<script>alert(1)</script> \u202e '; DROP TABLE"
    assert begin(both, worker, suspected_harm=text).harm.words == text
    assert all("script" not in line for _, _, line in told_of(amira))


def test_who_may_not_enquire(both, stranger, analyst):
    for user, words in ((stranger, "not working with this person"), (analyst, "does not let you")):
        with pytest.raises(NotAllowed, match=words):
            begin(both, user)
        assert not permissions.can_enquire(user, both)


def test_an_enquiry_counts_from_another_day_only_by_a_manager_with_a_reason(both, worker, manager, amira):
    one = begin([amira], worker, at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC)).enquiries[amira.pk]
    with pytest.raises(NotAllowed):
        services.count_from(enquiry=one, on=MONDAY, because="The discussion was on Monday", by=worker)
    with refused(NotSaid, "Why it counts from another day"):
        services.count_from(enquiry=one, on=MONDAY, because=" ", by=manager)
    changed = services.count_from(enquiry=one, on=MONDAY, because="The discussion began it", by=manager)
    assert (changed.started_on, changed.started_at) == (MONDAY, one.started_at)
    with pytest.raises(VersionClash):
        services.count_from(enquiry=one, on=MONDAY, because="Again", by=manager)


def test_findings_differ_and_each_enquiry_ends_in_its_own_way(both, worker, amira, twin):
    begun = begin(both, worker)
    discuss(both, worker)
    now = {one.person_id: one for one in Section47Enquiry.current.all()}
    found = {
        amira.pk: Found("continuing", because="He hit her", child_said="I am scared", seen_on=MONDAY),
        twin.pk: Found("not_borne_out", "A fall", not_seen_because="With his grandmother in Leeds"),
    }
    services.find(enquiries=[now[pk] for pk in begun.enquiries], on=MONDAY, found=found, by=worker)
    ended = {one.person_id: one for one in Section47Enquiry.current.all()}
    assert ended[amira.pk].is_conference_not_required is False
    assert ended[amira.pk].outcome == "CP_CONFERENCE_FLAG"
    assert ended[twin.pk].is_conference_not_required is True
    assert told_of(amira)[-2][2] == "The enquiry found the worry borne out and continuing"
    assert owed_words(amira) == ["finding_agreed"]


def test_a_finding_before_the_child_is_seen_stands_and_the_rest_is_owed(both, worker, amira):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    discuss([amira], worker)
    enquiry = Section47Enquiry.current.get(person=amira)
    [one] = services.find(enquiries=[enquiry], on=MONDAY, found={amira.pk: Found("continuing")}, by=worker)
    assert Section47Enquiry.current.get(person=amira).ended_on is None
    assert set(owed_words(amira)) == {"finding_agreed", "child_seen"}
    with refused(NotSaid, "When the child was seen was not said"):
        services.say_seen(finding=one, by=worker)
    services.say_seen(finding=one, seen_on=MONDAY, by=worker)
    assert Section47Enquiry.current.get(person=amira).ended_on == MONDAY
    assert owed_words(amira) == ["finding_agreed"]


def test_nothing_is_concluded_without_a_strategy_discussion_which_then_ends_what_waits(both, worker, amira):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    services.find(
        enquiries=[enquiry], on=MONDAY, by=worker,
        found={amira.pk: Found("not_borne_out", "A fall", seen_on=MONDAY)},
    )  # fmt: skip
    assert Section47Enquiry.current.get(person=amira).ended_on is None
    assert set(owed_words(amira)) == {"finding_agreed", "strategy_discussion"}
    discuss([amira], worker, held_at=datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    ended = Section47Enquiry.current.get(person=amira)
    assert (ended.ended_on, ended.outcome) == (date(2026, 3, 4), "NFA_FLAG")
    assert owed_words(amira) == ["finding_agreed"]


def test_what_is_missing_is_owed_each_by_itself_and_the_last_of_it_ends_the_enquiry(both, worker, amira):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    [one] = services.find(enquiries=[enquiry], on=MONDAY, found={amira.pk: Found("continuing")}, by=worker)
    assert set(owed_words(amira)) == {"finding_agreed", "strategy_discussion", "child_seen"}
    services.say_seen(finding=one, seen_on=MONDAY, by=worker)
    assert set(owed_words(amira)) == {"finding_agreed", "strategy_discussion"}
    assert Section47Enquiry.current.get(person=amira).ended_on is None
    discuss([amira], worker, decision="no_enquiry")
    assert Section47Enquiry.current.get(person=amira).ended_on == MONDAY


def test_a_second_finding_replaces_the_first_and_has_to_be_agreed_again(both, worker, manager, amira):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    given = {"enquiries": [enquiry], "on": MONDAY, "by": worker}
    [first] = services.find(found={amira.pk: Found("not_borne_out", "A fall", "No", MONDAY)}, **given)
    services.agree_finding(finding=first, by=manager)
    [second] = services.find(found={amira.pk: Found("continuing", "She said so later")}, **given)
    assert (second.finding, second.child_said, second.agreed_by) == ("continuing", "No", None)
    assert (first.why, second.why) == ("A fall", "She said so later")
    assert EnquiryFinding.current.count() == 1


def test_nobody_agrees_their_own_finding(both, worker, manager, amira):
    enquiry = begin([amira], manager).enquiries[amira.pk]
    [one] = services.find(enquiries=[enquiry], on=MONDAY, found={amira.pk: Found("continuing")}, by=manager)
    with refused(NotAllowed, "nobody agrees their own"):
        services.agree_finding(finding=one, by=manager)
    with pytest.raises(NotAllowed, match="does not let you"):
        services.agree_finding(finding=one, by=worker)


def test_a_finding_is_agreed_or_sent_back_with_what_is_needed(both, worker, manager, amira):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    found = {amira.pk: Found("continuing", "He hit her", seen_on=MONDAY)}
    [one] = services.find(enquiries=[enquiry], on=MONDAY, found=found, by=worker)
    with refused(NotSaid, "Why it goes back"):
        services.send_finding_back(finding=one, because="", by=manager)
    back = services.send_finding_back(finding=one, because="Ask her father", by=manager)
    assert acts_about(amira)[-2:] == ["send_finding_back", "left_owed"]
    agreed = services.agree_finding(finding=back, by=manager)
    assert agreed.agreed_by == manager and agreed.sent_back_because == ""
    assert "finding_agreed" not in owed_words(amira)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Found("not_borne_out", "A fall"), "Nobody wrote when Amira Khan was seen, or why not"),
        (Found("not_continuing", "He left", not_seen_because=" "), "was seen, or why not"),
        (Found("not_borne_out", seen_on=MONDAY), "Why it was found so about Amira Khan was not said"),
    ],
)
def test_a_worry_is_put_down_only_with_a_reason_and_the_child_seen_or_why_not(
    both, worker, amira, found, words
):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    with refused(NotSaid, words), transaction.atomic():
        services.find(enquiries=[enquiry], on=MONDAY, found={amira.pk: found}, by=worker)
    assert not EnquiryFinding.current.exists()


@pytest.mark.parametrize("finding", ["continuing", "to_court"])
def test_a_harm_that_goes_on_is_held_up_by_nothing_and_agreed_only_once_it_is_said(
    both, worker, manager, amira, finding
):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    [one] = services.find(
        enquiries=[enquiry], on=MONDAY, found={amira.pk: Found(finding, "He hit her")}, by=worker
    )
    with refused(NotSaid, "Nobody wrote when Amira Khan was seen, or why not"):
        services.agree_finding(finding=one, by=manager)
    seen = services.say_seen(finding=one, seen_on=MONDAY, is_seen_alone=True, by=worker)
    assert services.agree_finding(finding=seen, by=manager).is_seen_alone is True


def test_a_finding_has_to_be_chosen(both, worker, amira):
    enquiry = begin([amira], worker).enquiries[amira.pk]
    with refused(NotSaid, "was not chosen"):
        services.find(enquiries=[enquiry], on=MONDAY, found={amira.pk: Found("")}, by=worker)


def test_a_discussion_says_whether_the_police_enquire_too(both, worker, amira, twin):
    begin(both, worker)
    discussion = discuss(both, worker, of_each={amira.pk: services.Settled(sleeps_where="At her aunt's")})
    one = Section47Enquiry.current.get(person=amira)
    assert (one.is_joint, one.strategy_thread, one.started_on) == (True, discussion.thread, MONDAY)
    told = "Strategy discussion between agencies: where the child sleeps was settled"
    assert told_of(amira)[-1][1:] == ("strategy_discussion_held", told)
    assert told_of(twin)[-1][2] == "Strategy discussion between agencies"


def test_a_later_discussion_restarts_nothing(both, worker, amira):
    begin(both, worker)
    first = discuss(both, worker)
    discuss(both, worker, held_at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC), decision="enquire_alone")
    one = Section47Enquiry.current.get(person=amira)
    assert (one.strategy_thread, one.is_joint, one.started_on) == (first.thread, True, MONDAY)


def test_an_enquiry_counts_from_the_earlier_of_its_start_and_the_discussion_that_began_it(
    both, worker, amira
):
    begin([amira], worker, at=datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    discuss([amira], worker, held_at=datetime(2026, 3, 3, 16, 0, tzinfo=UTC))
    assert Section47Enquiry.current.get(person=amira).started_on == date(2026, 3, 3)


def test_without_the_police_or_health_it_is_saved_and_asking_them_is_owed(both, worker, amira):
    discuss(both, worker, took_part=[{"agency": "police", "who": "PC Bell"}])
    assert owed_words(amira) == ["whole_discussion"]
    discuss(both, worker, took_part=[{"agency": "gp", "who": "Dr Rao"}])
    assert owed_words(amira) == ["whole_discussion"]  # asked for once
    discuss(both, worker)
    assert owed_words(amira) == []


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"took_part": []}, NotSaid, "Who took part"),
        ({"took_part": [{"agency": "wizard", "who": "M"}]}, WrongCode, "not an agency"),
        ({"discussed": " "}, NotSaid, "What was shared"),
        ({"decision": ""}, NotSaid, "was not chosen"),
        ({"held_at": datetime(2099, 1, 1, tzinfo=UTC)}, WrongDate, "has not come yet"),
    ],
)
def test_a_discussion_that_cannot_be_is_refused(both, worker, changes, refusal, words):
    with refused(refusal, words):
        discuss(both, worker, **changes)


def test_who_may_not_write_a_discussion(both, stranger, chair):
    for user in (stranger, chair):
        with pytest.raises(NotAllowed):
            discuss(both, user)
        assert not permissions.can_write_strategy(user, both)
