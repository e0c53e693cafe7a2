"""Harm outside the home: what is of concern, whom it touches, what is decided, and who may not."""

from datetime import date

import pytest
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.chronology.policies import WrongDate
from kith.record.outside import queries, services
from kith.record.outside.models import Linked
from kith.record.outside.policies import Ended, NotTheAge
from kith.record.outside.services import Decided
from kith.record.people.models import PersonDetails, Role
from kith.record.people.search import find
from kith.record.people.services import merge
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import MONDAY, acts_about, told_of, worked_with
from kith.record.versions import VersionClash

HOSTILE = "<script>alert('x')</script>"


def noted(by, name="The arcade", kind="place", **more):
    return services.note_concern(kind=kind, name=name, how_known="rumour", known_since=MONDAY, by=by, **more)


def linked(concern, child, by, tie="harmed", **more):
    return services.link_young_person(
        concern=concern, child=child, tie=tie, how_known="told", since=MONDAY, by=by, **more
    )


def grown_up(person, born):
    PersonDetails.objects.filter(person=person).update(date_of_birth=born)
    return person


def test_a_place_is_written_down_as_they_call_it_and_found_by_no_search(worker):
    arcade = noted(worker, HOSTILE)
    assert queries.concerns() == [arcade]
    adult = noted(worker, "Uncle Jay", kind="adult")
    assert find("Uncle Jay", limit=20) == []
    assert [entry.about["thread"] for entry in Entry.objects.filter(act="note_concern")] == [
        arcade.thread,
        adult.thread,
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ""},  # nobody said: nothing is chosen for them
        {"how_known": ""},
        {"name": "  "},
        {"known_since": date(2100, 1, 1)},
    ],
)
def test_what_is_not_said_is_asked_for(worker, wrong):
    said = {"kind": "place", "name": "The arcade", "how_known": "seen", "known_since": MONDAY}
    with pytest.raises((NotSaid, WrongDate)):
        services.note_concern(by=worker, **{**said, **wrong})


def test_one_who_is_harmed_and_causes_harm_has_two_links_and_no_label(worker, amira):
    group = noted(worker, "The lot from the arcade", kind="group")
    links = [linked(group, amira, worker, tie) for tie in ("harmed", "causes_harm")]
    assert len({link.thread for link in links}) == 2
    assert linked(group, amira, worker).thread == links[0].thread  # said again, it is the same link
    assert queries.counted([amira.pk], timezone.localdate()) == "1 group"
    assert acts_about(amira) == ["link_young_person"] * 2
    assert told_of(amira) == []  # no line of her story says so


def test_links_are_counted_by_kind_without_a_name(worker, amira):
    for name, kind in (("A", "place"), ("B", "place"), ("C", "adult"), ("D", "phone")):
        linked(noted(worker, name, kind), amira, worker)
    assert queries.counted([amira.pk], timezone.localdate()) == "2 places, 1 adult and 1 phone"
    assert queries.counted([amira.pk], date(2026, 3, 1)) == ""


def test_the_source_of_a_link_is_shown_to_nobody(worker, amira):
    assert linked(noted(worker), amira, worker).source_check(worker) is False


def test_a_screening_is_shown_only_to_those_who_work_on_it(worker, amira, staff):
    screening = services.screen(
        child=amira, tool="Local tool", level="Significant", reason="New phone", on=MONDAY, by=worker
    )
    assert screening.source_check(worker) is True
    assert screening.source_check(staff(Role.PLACEMENT_OFFICER)) is False
    assert "Significant" not in str(told_of(amira))
    assert told_of(amira)[0][1] == "outside_screening"


def test_what_is_over_ends_its_links_and_takes_no_new_ones(worker, amira):
    arcade = noted(worker)
    link = linked(arcade, amira, worker)
    over = services.end_concern(concern=arcade, on=date(2026, 4, 1), because="Closed down", by=worker)
    assert Linked.current.get(thread=link.thread).ended_on == date(2026, 4, 1)
    with pytest.raises(Ended):
        linked(over, amira, worker)
    with pytest.raises(NotSaid):
        services.end_concern(concern=noted(worker, "B"), on=MONDAY, because=" ", by=worker)


def test_a_link_ends_on_a_day_and_once(worker, amira):
    link = linked(noted(worker), amira, worker)
    with pytest.raises(WrongDate):
        services.end_link(link=link, on=date(2026, 3, 1), by=worker)  # before it began
    over = services.end_link(link=link, on=date(2026, 5, 1), by=worker)
    with pytest.raises(Ended):
        services.end_link(link=over, on=date(2026, 5, 2), by=worker)


def test_two_of_them_have_to_do_with_each_other_but_none_with_itself(worker):
    car, group = noted(worker, "White van", "vehicle"), noted(worker, "The lot", "group")
    said = {"what": "They drive it", "how_known": "seen", "since": MONDAY, "by": worker}
    services.link_concerns(one=car, other=group, **said)
    assert [one.what for one in queries.between([group.thread])] == ["They drive it"]
    with pytest.raises(NotSaid):
        services.link_concerns(one=car, other=car, **said)


def test_two_who_change_it_at_once_lose_nothing(worker):
    arcade = noted(worker)
    services.change_concern(concern=arcade, name="The old arcade", how_known="seen", by=worker)
    with pytest.raises(VersionClash):
        services.change_concern(
            concern=arcade, name="Arcade", how_known="police", by=worker, expected=arcade.pk
        )


def test_a_map_holds_who_was_linked_then(worker, manager, amira, twin):
    arcade, car = noted(worker), noted(worker, "White van", "vehicle")
    linked(arcade, amira, worker)
    link = linked(arcade, twin, worker, "causes_harm")
    services.end_link(link=link, on=date(2026, 5, 1), by=worker)
    services.link_concerns(
        one=arcade, other=car, what="Parked there", how_known="seen", since=MONDAY, by=worker
    )
    then = services.open_map(whose=amira, on=date(2026, 4, 1), by=manager)
    now = services.open_map(whose=amira, on=date(2026, 6, 1), by=manager)
    assert {one.person_id for one in then.links} == {amira.pk, twin.pk}
    assert {one.person_id for one in now.links} == {amira.pk}
    assert {one.name for one in now.concerns.values()} == {"The arcade", "White van"}
    looks = Entry.objects.filter(act="peer_map_opened", person_id=amira.pk).order_by("pk")
    assert [entry.about["on"] for entry in looks] == ["2026-04-01", "2026-06-01"]


def test_a_panel_decides_for_each_with_a_reason_and_their_words(worker, amira, twin):
    said = {
        amira.pk: Decided("Mentor twice a week", "She asked for one", own_words="I want out."),
        twin.pk: Decided("Talk with his school", "He is there all day"),
    }
    panel = services.hold_panel(
        children=[amira, twin], on=MONDAY, chaired_by="Lena Lead", decisions=said, by=worker
    )
    [hers] = queries.decisions_of([amira.pk])
    assert (hers.own_words, queries.panel_of(panel.thread)[0]) == ("I want out.", panel)
    assert told_of(amira)[0][1:] == ("outside_panel", "A panel about harm outside the home met")
    del said[twin.pk]
    with pytest.raises(NotSaid):  # nobody is decided about without a decision
        services.hold_panel(
            children=[amira, twin], on=MONDAY, chaired_by="Lena Lead", decisions=said, by=worker
        )


def test_a_childs_consent_is_not_needed_and_an_adults_is(worker, amira, twin):
    said = {"on": MONDAY, "referred_by": "Northbrook", "what": "Made to carry drugs", "by": worker}
    referral = services.refer_nationally(child=amira, **said)
    with pytest.raises(NotTheAge):  # nine years old: nobody asks her
        services.ask_grown_up(referral=referral, consents=True, on=MONDAY, by=worker)
    grown_up(twin, date(2008, 3, 2))  # eighteen that very day
    with pytest.raises(NotTheAge):
        services.refer_nationally(child=twin, **said)
    services.refer_nationally(child=twin, consents=True, **said)
    grown_up(amira, date(2008, 3, 2))
    asked = services.ask_grown_up(referral=referral, consents=False, on=date(2026, 3, 3), by=worker)
    assert (asked.consents, asked.asked_on) == (False, date(2026, 3, 3))


def test_the_answer_to_a_referral_stands_in_the_story(worker, amira):
    referral = services.refer_nationally(
        child=amira, on=MONDAY, referred_by="Northbrook", what="Made to carry drugs", by=worker
    )
    answered = services.national_answer(referral=referral, answer="grounds", on=date(2026, 3, 9), by=worker)
    assert [kind for _, kind, _ in told_of(amira)] == ["national_referral"] * 2
    with pytest.raises(Ended):
        services.national_answer(referral=answered, answer="grounds", on=date(2026, 3, 9), by=worker)
    last = services.national_answer(referral=answered, answer="conclusive", on=date(2026, 4, 9), by=worker)
    with pytest.raises(Ended):
        services.national_answer(referral=last, answer="grounds", on=date(2026, 5, 9), by=worker)


def test_a_step_says_who_takes_it_and_until_when(worker):
    arcade = noted(worker)
    services.disrupt(
        concern=arcade, kind="warning", who="PC Bello", on=MONDAY, until=date(2026, 9, 1), by=worker
    )
    [step] = queries.steps_against([arcade.thread])[arcade.thread]
    for on, comes_up in ((date(2026, 8, 18), True), (date(2026, 8, 17), False), (date(2026, 9, 15), True)):
        assert [one for _, one in queries.steps_running_out(on)] == ([step] if comes_up else [])
    assert queries.steps_running_out(date(2026, 9, 16)) == []  # over for more than a fortnight
    assert queries.steps_running_out(date(2026, 8, 25), threads=[]) == []
    longer = services.change_step(step=step, until=date(2026, 12, 1), came_of_it="He kept away", by=worker)
    assert (longer.until, longer.came_of_it) == (date(2026, 12, 1), "He kept away")
    with pytest.raises(WrongDate):
        services.change_step(step=longer, until=date(2026, 3, 1), by=worker)
    with pytest.raises(VersionClash):
        services.change_step(step=step, until=None, by=worker)
    with pytest.raises(NotSaid):
        services.disrupt(concern=arcade, kind="warning", who="", on=MONDAY, by=worker)


@pytest.mark.parametrize(
    "born, is_too_early",
    [
        (date(2009, 3, 2), False),  # seventeen that very day
        (date(2009, 3, 3), True),  # seventeen the day after
    ],
)
def test_handing_over_to_adults_begins_at_seventeen(worker, amira, born, is_too_early):
    grown_up(amira, born)
    said = {"child": amira, "to_whom": "Transitions team", "on": MONDAY, "by": worker}
    if is_too_early:
        with pytest.raises(NotTheAge):
            services.hand_to_adults(**said)
    else:
        assert services.hand_to_adults(**said).to_whom == "Transitions team"
        assert acts_about(amira) == ["hand_to_adults"]


def test_who_may_not(worker, stranger, analyst, amira, staff, team):
    arcade = noted(worker)
    with pytest.raises(NotAllowed):  # has the power, works with somebody else
        linked(arcade, amira, stranger)
    with pytest.raises(NotAllowed):
        noted(analyst)
    uncle = noted(worker, "Uncle Jay", "adult")
    step = services.disrupt(concern=arcade, kind="warning", who="PC Bello", on=MONDAY, by=worker)
    said = {"what": "Waits there", "how_known": "seen", "since": MONDAY, "by": worker}
    between = services.link_concerns(one=uncle, other=arcade, **said)
    for act in (
        lambda: services.change_step(step=step, until=None, by=analyst),
        lambda: services.end_between(between=between, on=MONDAY, by=analyst),
    ):
        with pytest.raises(NotAllowed):
            act()
    personal_adviser = staff(Role.PERSONAL_ADVISER, team=team)
    with pytest.raises(NotAllowed):  # works with her, and has not the power
        linked(arcade, worked_with(amira, personal_adviser, team), personal_adviser)
    with pytest.raises(NotAllowed):  # may link, and not see who else is tied
        services.open_map(whose=amira, on=MONDAY, by=worker)
    with pytest.raises(NotAllowed):  # may see maps, and not of somebody else's young people
        services.open_map(whose=amira, on=MONDAY, by=staff(Role.TEAM_MANAGER))
    for act in (
        lambda: services.screen(child=amira, tool="T", level="L", reason="R", on=MONDAY, by=stranger),
        lambda: services.hand_to_adults(child=amira, to_whom="T", on=MONDAY, by=stranger),
        lambda: services.refer_nationally(child=amira, on=MONDAY, referred_by="N", what="W", by=stranger),
        lambda: services.hold_panel(
            children=[amira], on=MONDAY, chaired_by="L", decisions={amira.pk: Decided("a", "b")}, by=stranger
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not Entry.objects.filter(person_id=amira.pk).exists()


def test_after_a_merge_a_link_said_again_is_the_one_of_the_other_record(
    worker, manager, amira, someone, team
):
    arcade = noted(worker)
    first = linked(arcade, amira, worker)
    kept = worked_with(someone("Amira", "Khan"), worker, team)
    merge(kept, amira, by=manager, reason="One girl")
    assert linked(arcade, kept, worker).thread == first.thread
    assert Linked.current.count() == 1
    assert linked(arcade, kept, worker, "causes_harm").thread != first.thread
