"""Writing visits and notes down, and putting them right."""

from kith.record.visits.services.notes import About, correct_note, correct_note_about, write_note
from kith.record.visits.services.visits import Saw, correct_seen, correct_visit, write_visit
from kith.record.visits.services.wrong_child import move_to_child, move_to_other_family, take_off

__all__ = [
    "About",
    "Saw",
    "correct_note",
    "correct_note_about",
    "correct_seen",
    "correct_visit",
    "move_to_child",
    "move_to_other_family",
    "take_off",
    "write_note",
    "write_visit",
]
