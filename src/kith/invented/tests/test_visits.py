"""What the room of visits adds: together, mostly in time, and as what each visit counts."""

import pytest

from kith.invented.authority import Authority, invent
from kith.invented.diary import Act
from kith.invented.frames import fold
from kith.invented.rooms.visits import ROOM
from kith.invented.spells import spells
from kith.standards.working_days import add_working_days

from .made import UNTIL, MadePostcodes


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(40, 2, 7, UNTIL, MadePostcodes(), (ROOM,))


@pytest.fixture(scope="module")
def visits(authority: Authority) -> list[Act]:
    return [act for act in authority.diary if act.act == "write_visit"]


def test_brothers_and_sisters_are_visited_together(visits: list[Act]) -> None:
    at_home = [act for act in visits if not any(saw["care"] for saw in act.facts["saw"])]
    together = [act for act in at_home if len(act.facts["saw"]) > 1]
    assert len(together) > len(at_home) / 4
    assert all(act.person == act.facts["saw"][0]["child"] for act in visits)


def test_no_visit_is_on_the_last_day_told_whose_hours_may_not_have_come(visits: list[Act]) -> None:
    assert len(visits) > 300 and all(act.on < UNTIL for act in visits)


def test_children_are_seen_alone_unseen_and_by_video_and_speak_when_they_can(
    authority: Authority, visits: list[Act]
) -> None:
    children = {child.key: child for family in authority.families for child in family.children}
    saw = [(act, one) for act in visits for one in act.facts["saw"]]
    assert {one["seen"] for _, one in saw} == {"", "alone", "not_alone", "not_seen", "mother_seen"}
    assert {act.facts["how"] for act in visits} == {"in_person", "video", "nobody_in"}
    for act, one in saw:
        child = children[one["child"]]
        is_unborn = child.born_on is None or act.on < child.born_on
        assert (one["seen"] == "mother_seen") <= is_unborn
        assert not one["own_words"] or (one["seen"] in ("alone", "not_alone") and child.age_on(act.on) >= 4)
    words = {one["own_words"] for _, one in saw}
    assert len(words) > 10


def test_visits_of_a_protection_plan_are_mostly_within_ten_working_days(
    authority: Authority, visits: list[Act]
) -> None:
    in_time = []
    for plan in spells(authority.diary, "start_protection_plan", "end_protection_plan", "plan"):
        days = [act.on for act in visits for one in act.facts["saw"] if one["plan"] == plan.reference]
        in_time += [
            day <= add_working_days(before, 10)
            for before, day in zip([plan.start, *days], days, strict=False)
        ]
    assert 0.8 < sum(in_time) / len(in_time) < 0.97


def test_children_in_care_are_visited_mostly_within_six_weeks(
    authority: Authority, visits: list[Act]
) -> None:
    in_time = []
    for care in spells(authority.diary, "start_care", "end_care"):
        days = [act.on for act in visits for one in act.facts["saw"] if one["care"] == care.reference]
        last = min(care.end, UNTIL)
        in_time += [
            (day - before).days <= 44  # six weeks, and the weekend at their end
            for before, day in zip([care.start, *days], [*days, last], strict=True)
        ]
    assert len(in_time) > 300
    assert 0.8 < sum(in_time) / len(in_time) < 0.97


def test_what_counts_for_a_plan_is_in_its_table_and_nothing_else(
    authority: Authority, visits: list[Act]
) -> None:
    kinds = [one["counts_as"] for act in visits for one in act.facts["saw"]]
    tables = fold(authority.diary)
    assert tables["ssd_cin_visits"].height == kinds.count("child_in_need") > 100
    assert tables["ssd_cp_visits"].height == kinds.count("protection") > 50
    in_care = [one["care"] for act in visits for one in act.facts["saw"]]
    assert tables["ssd_cla_visits"].height == len(in_care) - in_care.count("") >= kinds.count("care")
    assert kinds.count("") > 50


def test_there_is_a_note_now_and_then(authority: Authority, visits: list[Act]) -> None:
    notes = [act for act in authority.diary if act.act == "write_note"]
    assert 0.05 < len(notes) / len(visits) < 0.3
    assert {act.facts["kind"] for act in notes} == {"note", "call"}
