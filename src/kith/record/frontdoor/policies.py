"""When a contact or a referral may be received, and a case closed."""

from collections.abc import Mapping
from datetime import date

from kith.record.chronology.policies import check_code, check_not_before
from kith.record.frontdoor.models import Referral
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words


class AlreadyOpen(NotPossible):
    """The child has an open case already."""


class NotOpen(NotPossible):
    """The child has no open case, or this one is closed."""


class NeedMissing(NotPossible):
    """A referral that is to be worked on says no primary need."""


def check_referral(*, on: date, source: str, primary_need: str, is_no_further_action: bool) -> None:
    """Raise WrongCode or NeedMissing unless the referral says where it came from and what is needed."""
    check_code("referral_source", source, on, "where the referral came from")
    if primary_need:
        check_code("need_codes", primary_need, on, "a primary need")
    elif not is_no_further_action:
        raise NeedMissing(
            "A referral that social care will act on needs a primary need.",
            "Choose the main need, or record that there is no further action and why.",
        )


def check_none_open(opened: Mapping[int, Referral]) -> None:
    """Raise AlreadyOpen where a child has an open referral: the new message belongs to it."""
    if opened:
        referral = next(iter(opened.values()))
        raise AlreadyOpen(
            f"This child has a case open already, since {day_in_words(referral.received_on)}.",
            "Record this as a contact, passed to the open referral.",
        )


def check_closing(referral: Referral, on: date, reason: str) -> None:
    """Raise NotOpen, WrongDate or WrongCode unless an open referral may close on that day."""
    if referral.closed_on is not None:
        raise NotOpen(
            f"This case was closed on {day_in_words(referral.closed_on)}.",
            "To change the day or the reason, correct the closure.",
        )
    check_not_before(on, referral.received_on, "the referral")
    check_code("cin_closure_reason", reason, on, "a reason for closing")
