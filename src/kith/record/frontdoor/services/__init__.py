"""What people do at the front door; one module a subject."""

from .allegations import pass_to_officer, tell_allegation
from .changes import (
    check_reason,
    enter_change,
    enter_change_for,
    say_outcome,
    say_whether_acted_on,
    take_back_referral,
)
from .decisions import (
    agree_decision,
    complete_decision,
    enter_decision,
    enter_decision_for,
    say_family_is_told,
)
from .giving import give_section_17_help
from .messages import (
    Named,
    add_child,
    complete_message,
    match_child,
    name_child,
    read_message,
    see_urgent,
    set_person,
    withdraw_message,
    write_message,
)
from .referrals import close_referral, receive_contact, receive_referral, say_need
from .replies import acknowledge, reply_to_teller, send_elsewhere

__all__ = [
    "Named",
    "acknowledge",
    "add_child",
    "agree_decision",
    "check_reason",
    "close_referral",
    "complete_decision",
    "complete_message",
    "enter_change",
    "enter_change_for",
    "enter_decision",
    "enter_decision_for",
    "give_section_17_help",
    "match_child",
    "name_child",
    "pass_to_officer",
    "read_message",
    "receive_contact",
    "receive_referral",
    "reply_to_teller",
    "say_family_is_told",
    "say_need",
    "say_outcome",
    "say_whether_acted_on",
    "see_urgent",
    "send_elsewhere",
    "set_person",
    "take_back_referral",
    "tell_allegation",
    "withdraw_message",
    "write_message",
]
