"""The second pass: a room adds its acts, and of the first pass not one act, draw or row is another."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import TypedDict

import pytest

from kith.invented import frames, rooms
from kith.invented.acts import ACTS
from kith.invented.authority import Authority, invent
from kith.invented.diary import Act
from kith.invented.rooms import Room, Rows, Told, every_room

from .made import UNTIL, MadePostcodes

FIRST_PASS = "945fb87bd126d51b"  # of invent(40, 2, 7, UNTIL) with no room


class Wave(TypedDict):
    """Somebody waved at a child."""

    hand: str


def wave(told: Told, rng: Random) -> Iterator[Act]:
    """One wave the day after each contact, at the child it was about."""
    for act in told.acts:
        if act.act == "receive_contact":
            hand = rng.choice(("left", "right"))
            yield Act(act.on + timedelta(days=1), act.person, "wave", {"hand": hand})


def in_table(rows: Rows, act: Act) -> None:
    rows.add("ssd_department", dept_team_id=rows.number(act.person, "waves"), dept_team_name="Waves")


WAVING = Room("waving", {"wave": Wave}, wave, {"wave": in_table})
AGAIN = Room("again", {"wave_again": Wave}, wave)


def made(*with_rooms: Room, seed: int = 7) -> Authority:
    return invent(40, 2, seed, UNTIL, MadePostcodes(), with_rooms)


@pytest.fixture(scope="module")
def without() -> Authority:
    return made()


def test_the_first_pass_is_as_it_was_before_there_were_rooms(without: Authority) -> None:
    assert sha256(repr(without.diary).encode()).hexdigest().startswith(FIRST_PASS)


def test_a_room_adds_its_acts_and_changes_no_other(without: Authority) -> None:
    waving = made(WAVING)
    added = [act for act in waving.diary if act.act == "wave"]
    assert len(added) > 10 and all(act.on <= UNTIL for act in added)
    assert tuple(act for act in waving.diary if act.act != "wave") == without.diary
    assert [act.on for act in waving.diary] == sorted(act.on for act in waving.diary)
    assert (waving.families, waving.workers) == (without.families, without.workers)


def test_rooms_draw_apart_and_the_same_each_time() -> None:
    one, other = made(WAVING), made(AGAIN, WAVING)
    waves = [act for act in one.diary if act.act == "wave"]
    assert one.diary == made(WAVING).diary
    hands = [act.facts["hand"] for act in waves]
    both = [act.facts["hand"] for act in other.diary if act.act == "wave"]
    assert len(both) == 2 * len(hands) and set(hands) == {"left", "right"}
    alone = [act.facts["hand"] for act in made(AGAIN).diary if act.act == "wave"]
    assert alone != hands  # the same families, and each room with its own dice


def test_what_a_room_does_not_fold_is_in_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(frames._OF_ROOMS, "wave", in_table)
    waving = made(WAVING)
    names = frames.fold(waving.diary)["ssd_department"]["dept_team_name"].to_list()
    assert names == ["Waves"] * sum(act.act == "wave" for act in waving.diary)
    monkeypatch.setitem(frames._OF_ROOMS, "wave", frames._in_no_table)
    assert "ssd_department" not in frames.fold(waving.diary).filled()


def test_every_room_of_the_folder_tells_and_folds_only_acts_it_names() -> None:
    names = [name for room in every_room() for name in room.acts]
    assert len(names) == len(set(names)) and set(names) <= set(ACTS)
    assert all(set(room.fold) <= set(room.acts) for room in every_room())
    diary = invent(40, 2, 7, UNTIL, MadePostcodes()).diary
    assert tuple(act for act in diary if act.act not in names) == made().diary
    assert rooms.__path__
