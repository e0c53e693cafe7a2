"""A note on the wrong child: it moves whole, and the wrong file keeps that it was an error and no more."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.record.access.looking import open_record
from kith.record.audit.models import Entry
from kith.record.people.models import Role
from kith.record.people.services import merge
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.said import NotSaid
from kith.record.tests.practice import BORN, acts_about, refused, told_of, worked_with
from kith.record.versions import VersionClash
from kith.record.visits import queries, services
from kith.record.visits.models import HowSeen, Note, Seen, Visit
from kith.record.visits.policies import CannotBeSeen
from kith.record.visits.services import About, Saw

AT = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)


@pytest.fixture
def on_amira(worker, amira):
    made = services.write_visit(
        saw=[Saw(amira, "alone", own_words="Call me Ade.", private_line="His inhaler is empty.")],
        at=AT,
        how="in_person",
        what_happened="Met at school.",
        by=worker,
    )
    return queries.children_of(made)[0]


def test_it_moves_whole_and_the_wrong_story_loses_its_line(worker, amira, twin, on_amira):
    services.move_to_child(part=on_amira, to=twin, because="It was Adam", by=worker)
    assert queries.visits_of([amira.pk]) == []
    moved = queries.visits_of([twin.pk])[0]
    assert (moved.how_seen, moved.own_words, moved.private_line) == (
        HowSeen.ALONE,
        "Call me Ade.",
        "His inhaler is empty.",
    )
    assert told_of(amira) == []
    assert len(told_of(twin)) == 1


def test_both_files_have_who_did_it(worker, amira, twin, on_amira):
    services.move_to_child(part=on_amira, to=twin, because="It was Adam", by=worker)
    assert acts_about(amira) == ["write_visit", "move_note_to_right_child"]
    assert acts_about(twin) == ["note_moved_here"]
    ended = Seen.objects.get(person=amira)
    assert (ended.ended_as, ended.ended_because) == ("entered_in_error", "It was Adam")


def test_who_opened_the_wrong_record_meanwhile_is_told(worker, manager, amira, twin, on_amira):
    open_record(manager, amira, "supervision")
    services.move_to_child(part=on_amira, to=twin, because="It was Adam", by=worker)
    open_record(worker, amira, "afterwards")
    on_amira.refresh_from_db()
    assert [name for name, _ in queries.who_has_opened(on_amira)] == ["Mo Manager"]


def test_who_opened_it_under_the_record_it_was_merged_into_is_told_too(
    worker, manager, staff, someone, team, amira, on_amira
):
    kept = worked_with(someone("Amira", "Khan", date_of_birth=BORN), worker, team)
    merge(kept, amira, by=staff(Role.TEAM_MANAGER), reason="One girl")
    open_record(manager, kept, "supervision")
    with CaptureQueriesContext(connection) as asked:
        assert [name for name, _ in queries.who_has_opened(on_amira)] == ["Mo Manager"]
    [users] = [one["sql"] for one in asked if 'FROM "people_user"' in one["sql"]]
    assert "WHERE" in users  # not the names of everybody who works here


def test_it_is_taken_off_where_it_was_nobodys(worker, amira, on_amira):
    services.take_off(part=on_amira, because="Another family", by=worker)
    assert queries.visits_of([amira.pk]) == []
    assert acts_about(amira)[-1] == "take_note_off"


def test_a_note_moves_alike(worker, amira, twin):
    written = services.write_note(
        about=[About(amira, private_line="Hers")], at=AT, kind="note", words="Said", by=worker
    )
    part = queries.children_of(written)[0]
    services.move_to_child(part=part, to=twin, because="It was Adam", by=worker)
    assert (told_of(amira), len(told_of(twin))) == ([], 1)


def test_it_needs_a_reason_and_a_child_it_fits(worker, twin, unborn, on_amira):
    with refused(NotSaid, "why"):
        services.move_to_child(part=on_amira, to=twin, because="", by=worker)
    with refused(CannotBeSeen, "not yet born"):
        services.move_to_child(part=on_amira, to=unborn, because="A slip", by=worker)
    with refused(NotPossible, "already"):
        services.move_to_child(part=on_amira, to=on_amira.person, because="A slip", by=worker)


def test_who_may_not(worker, manager, stranger, amira, twin, on_amira, someone):
    with pytest.raises(NotAllowed):
        services.move_to_child(part=on_amira, to=twin, because="A slip", by=stranger)
    with pytest.raises(NotAllowed):  # the other child's record is not theirs to write in
        services.move_to_child(part=on_amira, to=someone("Una", "Other"), because="A slip", by=worker)
    assert queries.visits_of([amira.pk]) == [on_amira]


def test_moved_twice_at_once_is_a_clash(worker, manager, twin, on_amira):
    services.move_to_child(part=on_amira, to=twin, because="It was Adam", by=worker)
    with pytest.raises(VersionClash):
        services.take_off(part=on_amira, because="A slip", by=manager)


@pytest.fixture
def una(someone, worker, team):
    """A child of another family, whom the worker works with too."""
    return worked_with(someone("Una", "Other"), worker, team)


@pytest.fixture
def of_both(worker, amira, twin):
    """A visit written for Amira and Adam; what stands under Amira is Una's."""
    made = services.write_visit(
        saw=[
            Saw(amira, "alone", own_words="I am not Amira.", private_line="Una and Amira"),
            Saw(twin, "not_alone"),
        ],
        at=AT,
        how="in_person",
        what_happened="Amira Khan played, ADAM watched, Una drew.",
        others_there="Adam's friend",
        by=worker,
    )
    return queries.children_of(made)[0]


def test_to_another_family_goes_a_copy_by_its_first_author_that_names_nobody_of_the_wrong_one(
    worker, manager, amira, twin, una, of_both
):
    services.move_to_other_family(part=of_both, to=una, because="Two tabs were open", by=manager)
    moved = queries.visits_of([una.pk])[0]
    visit = queries.visit(moved.matter_thread)
    assert moved.matter_thread != of_both.matter_thread
    first = Visit.objects.get(thread=of_both.matter_thread, supersedes=None)
    assert (visit.first_written_by, visit.first_written_at) == (worker, first.recorded_at)
    assert (visit.visitor, visit.recorded_by, visit.at) == (worker, manager, AT)
    held = "(name held back)"
    assert visit.what_happened == f"{held} {held} played, {held} watched, Una drew."
    assert visit.others_there == f"{held}'s friend"
    assert (moved.own_words, moved.private_line) == (f"I am not {held}.", f"Una and {held}")
    assert visit.people_there == []
    assert queries.visits_of([amira.pk]) == []
    left = queries.visits_of([twin.pk])[0]  # the brother keeps his part, and the words of it
    assert queries.visit(left.matter_thread).what_happened.startswith("Amira Khan played, ADAM watched")
    assert told_of(amira) == [] and len(told_of(una)) == 1


def test_a_move_between_families_is_accounted_for_on_both_records_and_names_neither(
    worker, amira, una, on_amira
):
    services.move_to_other_family(part=on_amira, to=una, because="Two tabs", by=worker)
    left = Entry.objects.get(act="move_note_to_right_child", person_id=amira.pk)
    came = Entry.objects.get(act="note_moved_here", person_id=una.pk)
    assert left.about["move"] == came.about["move"]
    assert str(una.pk) not in str(left.about) and str(amira.pk) not in str(came.about)
    assert queries.visit(on_amira.matter_thread) is None  # nobody is left on it
    assert Visit.objects.get(thread=on_amira.matter_thread).ended_as == "entered_in_error"


def test_its_first_author_may_put_right_what_somebody_else_moved(worker, manager, una, on_amira):
    moved = services.move_to_other_family(part=on_amira, to=una, because="Two tabs", by=manager)
    again = services.correct_visit(
        visit=queries.visit(moved.matter_thread), because="A slip", what_happened="Met at home.", by=worker
    )
    assert again.first_written_by == worker
    assert queries.days_late(again) == queries.days_late(Visit.objects.get(thread=on_amira.matter_thread))


def test_a_note_goes_to_another_family_alike_and_once(worker, amira, una):
    written = services.write_note(about=[About(amira)], at=AT, kind="call", words="Amira rang", by=worker)
    part = queries.children_of(written)[0]
    moved = services.move_to_other_family(part=part, to=una, because="Two tabs", by=worker)
    assert queries.note(moved.matter_thread).words == "(name held back) rang"
    with pytest.raises((VersionClash, Note.DoesNotExist)):
        services.move_to_other_family(part=part, to=una, because="Again", by=worker)
    assert len(queries.notes_of([una.pk])) == 1


def test_nobody_moves_it_to_a_record_that_they_may_not_open(worker, someone, on_amira):
    with pytest.raises(NotAllowed):
        services.move_to_other_family(part=on_amira, to=someone("Ula", "Other"), because="A slip", by=worker)
    with pytest.raises(NotSaid):
        services.move_to_other_family(part=on_amira, to=on_amira.person, because=" ", by=worker)
