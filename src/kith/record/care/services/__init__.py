"""What people do for a child in care; one module a subject."""

from .adoption import decide_adoption, record_adoption, reverse_adoption_decision, unseal
from .life_in_care import (
    end_liberty_order,
    go_missing,
    hold_care_review,
    record_health_year,
    record_liberty_order,
    record_motherhood,
    record_previous_permanence,
    record_unaccompanied,
    return_from_missing,
)
from .looking_after import change_legal_status, end_care, place_child, start_care
from .missing import (
    hold_interview,
    offer_interview,
    report_back,
    report_missing,
    say_of_missing,
    see_that_they_are_safe,
)

__all__ = [
    "change_legal_status",
    "decide_adoption",
    "end_care",
    "end_liberty_order",
    "go_missing",
    "hold_care_review",
    "hold_interview",
    "offer_interview",
    "place_child",
    "record_adoption",
    "record_health_year",
    "record_liberty_order",
    "record_motherhood",
    "record_previous_permanence",
    "record_unaccompanied",
    "report_back",
    "report_missing",
    "return_from_missing",
    "reverse_adoption_decision",
    "say_of_missing",
    "see_that_they_are_safe",
    "start_care",
    "unseal",
]
