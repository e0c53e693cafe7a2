"""What is done at family centres; one module a subject."""

from .changing import change_centre, change_session
from .directory import import_directory, page_of
from .open_sessions import (
    close_centre,
    correct_count,
    count_who_came,
    end_session,
    hold_after_all,
    leave_out,
    open_centre,
    run_session,
)
from .places import (
    LINK,
    give_back,
    give_back_by_link,
    keep_unmet_need,
    link_to,
    sign_up,
    sign_up_with_link,
    tell_of_change,
)

__all__ = [
    "LINK",
    "change_centre",
    "change_session",
    "close_centre",
    "correct_count",
    "count_who_came",
    "end_session",
    "give_back",
    "give_back_by_link",
    "hold_after_all",
    "import_directory",
    "keep_unmet_need",
    "leave_out",
    "link_to",
    "open_centre",
    "page_of",
    "run_session",
    "sign_up",
    "sign_up_with_link",
    "tell_of_change",
]
