"""What is done for families: asked and answered, begun, written, looked at again, ended."""

from kith.record.help.services.families import (
    add_child,
    agree_plan,
    begin_help,
    close_help,
    describe_family,
    give_way,
    lead_named,
    review_help,
    write_agreement,
    write_childs_view,
)
from kith.record.help.services.handing_on import go_with_the_work
from kith.record.help.services.meetings import (
    answer_meeting,
    hold_meeting,
    not_offer_meeting,
    offer_meeting,
    review_meeting,
)
from kith.record.help.services.more_help import ask_step_up, step_up_decided, withdraw_step_up
from kith.record.help.services.needs import (
    add_need,
    add_team_member,
    end_team_member,
    first_need,
    match_need,
    nothing_meets,
)
from kith.record.help.services.requests import (
    answer_request,
    ask_for_help,
    family_knows,
    note_contact,
    reply_to_request,
    write_request,
)

__all__ = [
    "add_child",
    "add_need",
    "add_team_member",
    "agree_plan",
    "answer_meeting",
    "answer_request",
    "ask_for_help",
    "ask_step_up",
    "begin_help",
    "close_help",
    "describe_family",
    "end_team_member",
    "family_knows",
    "first_need",
    "give_way",
    "go_with_the_work",
    "hold_meeting",
    "lead_named",
    "match_need",
    "not_offer_meeting",
    "note_contact",
    "nothing_meets",
    "offer_meeting",
    "reply_to_request",
    "review_help",
    "review_meeting",
    "step_up_decided",
    "withdraw_step_up",
    "write_agreement",
    "write_childs_view",
    "write_request",
]  # fmt: skip
