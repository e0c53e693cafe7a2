"""What people do to the record of a person; one module a subject."""

from .duplicates import decide_match, merge, propose_match, unmerge
from .families import NewHome, NewPerson, NewTie, give_child_id, register_family
from .persons import (
    add_identifier,
    add_name,
    change_legal_name,
    correct_address,
    correct_details,
    correct_identifier,
    correct_name,
    end_relationship,
    enter_in_error,
    live_at,
    record_disability,
    register_person,
    relate,
    untie,
)
from .safe_contact import end_safe_contact, record_safe_contact

__all__ = [
    "NewHome",
    "NewPerson",
    "NewTie",
    "add_identifier",
    "add_name",
    "change_legal_name",
    "correct_address",
    "correct_details",
    "correct_identifier",
    "correct_name",
    "decide_match",
    "end_relationship",
    "end_safe_contact",
    "enter_in_error",
    "give_child_id",
    "live_at",
    "merge",
    "propose_match",
    "record_disability",
    "record_safe_contact",
    "register_family",
    "register_person",
    "relate",
    "unmerge",
    "untie",
]
