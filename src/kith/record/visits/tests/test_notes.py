"""Notes, calls, meetings, a child's words and a manager's decisions."""

from datetime import UTC, date, datetime

import pytest

from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash
from kith.record.visits import queries, services
from kith.record.visits.models import Note
from kith.record.visits.services import About

AT = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
DAY = date(2026, 3, 3)


def note(by, *about, kind="note", words="Rang the school.", **more):
    return services.write_note(about=about, at=AT, kind=kind, words=words, by=by, **more)


def test_one_note_about_two_children_keeps_what_is_one_childs_apart(worker, amira, twin):
    written = note(worker, About(amira, private_line="Her eczema is back."), About(twin))
    hers, his = queries.children_of(written)
    assert (hers.private_line, his.private_line) == ("Her eczema is back.", "")
    assert told_of(twin) == [(DAY, "note", "Note written")]
    assert acts_about(amira) == acts_about(twin) == ["write_note"]


def test_a_childs_words_need_no_others(worker, amira):
    note(worker, About(amira, own_words="I want to see Gran."), kind="childs_words", words="")
    assert told_of(amira) == [(DAY, "childs_words", "The child’s own words were written down")]
    with refused(NotSaid, "What the child said"):
        note(worker, About(amira), kind="childs_words")


def test_a_managers_decision_is_a_managers_and_says_why(worker, manager, amira):
    with pytest.raises(NotAllowed):
        note(worker, About(amira), kind="managers_decision", because="It is time")
    with refused(NotSaid, "reason"):
        note(manager, About(amira), kind="managers_decision")
    note(manager, About(amira), kind="managers_decision", words="Visit weekly.", because="He is two.")
    assert told_of(amira) == [(DAY, "managers_decision", "A manager decided something")]


@pytest.mark.parametrize(("kind", "words"), [("note", ""), ("note", "  "), ("", "Said"), ("poem", "Said")])
def test_a_note_needs_words_and_a_kind(worker, amira, kind, words):
    with refused(NotSaid, "."):
        note(worker, About(amira), kind=kind, words=words)


def test_who_may_not(stranger, analyst, amira):
    for who in (stranger, analyst):
        with pytest.raises(NotAllowed):
            note(who, About(amira))


def test_a_correction_keeps_the_old_note(worker, amira):
    written = note(worker, About(amira))
    services.correct_note(note=written, words="Rang the nursery.", because="Wrong place", by=worker)
    assert [one.words for one in Note.objects.order_by("pk")] == ["Rang the school.", "Rang the nursery."]
    with pytest.raises(VersionClash):
        services.correct_note(note=written, words="Third", because="A slip", by=worker, expected=written.pk)


def test_a_corrected_day_moves_the_line(worker, amira):
    written = note(worker, About(amira))
    services.correct_note(note=written, at=datetime(2026, 3, 2, 9, tzinfo=UTC), because="Monday", by=worker)
    assert told_of(amira) == [(date(2026, 3, 2), "note", "Note written")]


def test_one_childs_part_is_corrected_alone(worker, amira, twin):
    written = note(worker, About(amira, private_line="Left arm"), About(twin))
    hers, _ = queries.children_of(written)
    services.correct_note_about(
        part=hers, said=About(amira, private_line="Right arm"), because="A slip", by=worker
    )
    assert queries.notes_of([amira.pk])[0].private_line == "Right arm"
    assert acts_about(twin) == ["write_note"]
