"""What people do: assess a family's needs, have it read and authorised, plan for a child in need."""

from kith.record.assessment.services.assessing import (
    authorise_assessment,
    check_at_manager,
    leave_unfinished,
    open_again,
    start_assessment,
    start_with,
    take_back_with,
)
from kith.record.assessment.services.planning import (
    end_child_in_need_plan,
    end_with,
    give_way,
    hold_need_plan_meeting,
    start_child_in_need_plan,
    take_over,
)
from kith.record.assessment.services.reading import ask_for_sign_off, send_back, share_assessment, sign_off
from kith.record.assessment.services.writing import add_child, begin_writing, write_child, write_family

__all__ = [
    "add_child",
    "ask_for_sign_off",
    "authorise_assessment",
    "begin_writing",
    "check_at_manager",
    "end_child_in_need_plan",
    "end_with",
    "give_way",
    "hold_need_plan_meeting",
    "leave_unfinished",
    "open_again",
    "send_back",
    "share_assessment",
    "sign_off",
    "start_assessment",
    "start_child_in_need_plan",
    "start_with",
    "take_back_with",
    "take_over",
    "write_child",
    "write_family",
]
