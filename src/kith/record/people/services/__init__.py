"""What people do to the record of a person; one module a subject."""

from .duplicates import decide_match, merge, propose_match, unmerge
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
)

__all__ = [
    "add_identifier",
    "add_name",
    "change_legal_name",
    "correct_address",
    "correct_details",
    "correct_identifier",
    "correct_name",
    "decide_match",
    "end_relationship",
    "enter_in_error",
    "live_at",
    "merge",
    "propose_match",
    "record_disability",
    "register_person",
    "relate",
    "unmerge",
]
