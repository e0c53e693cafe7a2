"""When an enquiry may begin and end, a conference be held, and a protection plan begin, be reviewed, end."""

from collections.abc import Iterable, Mapping
from datetime import date

from kith.record.chronology.policies import check_code, check_not_before
from kith.record.protection.models import InitialConference, ProtectionPlan, Section47Enquiry
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words


class AlreadyOpen(NotPossible):
    """The child has such an enquiry or plan open already."""


class NotOpen(NotPossible):
    """The enquiry is concluded, or the plan has ended."""


class NoConference(NotPossible):
    """A protection plan begins at a conference, and none was held that day."""


def check_no_enquiry(opened: Iterable[Section47Enquiry]) -> None:
    """Raise AlreadyOpen where an enquiry about a child is going on."""
    for enquiry in opened:
        raise AlreadyOpen(
            f"A section 47 enquiry about this child began on {day_in_words(enquiry.started_on)} and is open.",
            "Add what is new to that enquiry, or conclude it first.",
        )


def check_concluding(enquiry: Section47Enquiry, on: date, outcome: str) -> None:
    """Raise NotOpen, WrongDate or WrongCode unless an open enquiry may end on that day."""
    if enquiry.ended_on is not None:
        raise NotOpen(
            f"This enquiry was concluded on {day_in_words(enquiry.ended_on)}.",
            "To change how it ended, correct the conclusion.",
        )
    check_not_before(on, enquiry.started_on, "the start of the enquiry")
    if outcome:
        check_code("s47_outcome", outcome, on, "an outcome of an enquiry")


def check_no_plan(plans: Iterable[ProtectionPlan]) -> None:
    """Raise AlreadyOpen where a child has a protection plan already."""
    for plan in plans:
        raise AlreadyOpen(
            f"This child has a protection plan already, since {day_in_words(plan.started_on)}.",
            "Change that plan at its review, or end it first.",
        )


def check_conference(conference: InitialConference | None, on: date) -> None:
    """Raise NoConference unless a conference held on that day decided, or may have, that there be a plan."""
    if conference is None:
        raise NoConference(
            f"A protection plan begins at its conference, and none is recorded on {day_in_words(on)}.",
            "Record the conference first, or change the day.",
        )
    if conference.is_plan_made is False:
        raise NoConference(
            f"The conference on {day_in_words(on)} decided that no protection plan is needed.",
            "If that is wrong, correct the conference first.",
        )


def check_conferring(enquiries: Mapping[int, Section47Enquiry], on: date) -> None:
    """Raise WrongDate where a conference would be before the enquiry that led to it."""
    for enquiry in enquiries.values():
        check_not_before(on, enquiry.started_on, "the start of the enquiry")


def check_plan_open(plan: ProtectionPlan, on: date, what: str) -> None:
    """Raise NotOpen or WrongDate unless the plan is in force on that day; `what` is being done to it."""
    if plan.ended_on is not None:
        raise NotOpen(
            f"This protection plan ended on {day_in_words(plan.ended_on)}, so {what} cannot be entered.",
            "Check which plan it is for; to change the ending, correct it.",
        )
    check_not_before(on, plan.started_on, "the start of the plan")


def check_category(category: str, on: date) -> None:
    """Raise WrongCode unless a category of abuse was chosen; none is ever chosen beforehand (D13)."""
    check_code("category_of_abuse", category, on, "a category of abuse")
