"""When a message, a contact or a referral may be received and decided, and a case closed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from kith.record.chronology.policies import WrongDate, check_code, check_not_before
from kith.record.frontdoor.models import Concerned, Message, Referral
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words
from kith.standards.working_days import legal_day


class AlreadyOpen(NotPossible):
    """The child has an open case already."""


class NotOpen(NotPossible):
    """The child has no open case, or this one is closed."""


class NeedMissing(NotPossible):
    """A referral that is to be worked on says no primary need."""


def check_referral(
    *, on: date, source: str, primary_need: str, is_no_further_action: bool, is_need_owed: bool = False
) -> None:
    """Raise WrongCode or NeedMissing unless the referral says where it came from and what is needed."""
    check_code("referral_source", source, on, "where the referral came from")
    if primary_need:
        check_code("need_codes", primary_need, on, "a primary need")
    elif not (is_no_further_action or is_need_owed):
        raise NeedMissing(
            "A referral that social care will act on needs a primary need.",
            "Choose the main need, or record that there is no further action and why.",
        )


def check_none_open(opened: Mapping[int, Referral]) -> None:
    """Raise AlreadyOpen where a child has an open referral: the new message belongs to it.

    A case is open on its last day too: the next one begins the day after (CIN census rule 8820).
    """
    if opened:
        referral = next(iter(opened.values()))
        if referral.closed_on is not None:
            raise AlreadyOpen(
                f"This child’s last case closed on {day_in_words(referral.closed_on)}, that same day.",
                "Begin the new one on the day after, or take back the closing.",
            )
        raise AlreadyOpen(
            f"This child has a case open already, since {day_in_words(referral.received_on)}.",
            "Record this as a contact, passed to the open referral.",
        )


def check_none_later(later: Iterable[Referral]) -> None:
    """Raise AlreadyOpen where a child was referred again after that day: no case stays open behind another.

    Source: CIN census rules 8815 and 8816.
    """
    for referral in later:
        raise AlreadyOpen(
            f"This child was referred again on {day_in_words(referral.received_on)}.",
            "Check the day. If both are right, record this one as a contact.",
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


class NothingSaid(NotPossible):
    """A message without words, or a child of whom nothing was said."""


class AlreadyDecided(NotPossible):
    """The message waits for no decision any more."""


class NotMatched(NotPossible):
    """Nobody has said who a child is."""


class NotDecided(NotPossible):
    """Nothing was decided yet that could be changed."""


class NothingChanges(NotPossible):
    """A change of a decision that would leave it as it is."""


class WrongAmount(NotPossible):
    """A sum that nobody can have paid."""


class TooMuch(NotPossible):
    """More words, or more children, than one message is about."""


LONGEST_OF_PUBLIC, MOST_OF_PUBLIC = 5_000, 20  # letters in one box and children, where nobody is signed in
LONGEST_WRITTEN, MOST_WRITTEN = 200_000, 100  # the same, written down by one of us: as much as a draft holds
MOST = Decimal("100000")  # pounds; what is more was typed with a slip
EARLIEST = timedelta(days=366 * 2)  # a message may be written down late, but not years late


def check_received(received_at: datetime, now: datetime) -> None:
    """Raise WrongDate for a message of a time to come, or of years ago."""
    day = legal_day(received_at)
    if received_at > now + timedelta(minutes=5):  # a phone's clock may run ahead
        raise WrongDate(f"{day_in_words(day)} at that hour has not come yet.", "Check the day and the hour.")
    if received_at < now - EARLIEST:
        raise WrongDate(
            f"{day_in_words(day)} is more than two years ago.", "Check the year the message came in."
        )


def check_given(on: date, today: date) -> None:
    """Raise WrongDate for help that is still to be given."""
    if on > today:
        raise WrongDate(f"{day_in_words(on)} has not come yet.", "Write it down once it is given.")


def check_amount(amount: Decimal | None) -> None:
    """Raise WrongAmount for a sum of nothing, below nothing, or beyond what is given at a front door."""
    if amount is not None and not 0 < amount < MOST:
        raise WrongAmount(f"£{amount} cannot be right.", "Write what it cost in pounds, or leave it empty.")


def check_said(words: str) -> str:
    """What was said, as it was said but for blanks around it. Raises NothingSaid where there is nothing."""
    bare = words.replace("\x00", "").strip()
    if not bare:
        raise NothingSaid("Nothing is written of what was said.", "Write what they said, in their words.")
    return bare


def check_how_much(words: Iterable[object], children: int, *, is_public: bool) -> None:
    """Raise TooMuch for a box that holds more than anybody reads, or more children than live together."""
    longest = LONGEST_OF_PUBLIC if is_public else LONGEST_WRITTEN
    most = MOST_OF_PUBLIC if is_public else MOST_WRITTEN
    if any(isinstance(each, str) and len(each) > longest for each in words):
        raise TooMuch(
            f"One box holds more than {longest:,} letters.", "Write what matters most; say the rest by phone."
        )
    if children > most:
        raise TooMuch(f"More than {most} children are named.", "Write about the others in another message.")


def check_told(told_by: str, on: date | None) -> tuple[str, date]:
    """Who told a family, and on which day. Raises NothingSaid where one of them is missing."""
    who = told_by.replace("\x00", "").strip()
    if not who or on is None:
        raise NothingSaid("Who told the family, and when, is not said.", "Give both, or say why nobody did.")
    return who[:150], on


def check_named(child: Concerned) -> None:
    """Raise NothingSaid for a child of whom nothing was said: nobody could be found again."""
    has_words = any((child.given_names, child.family_name, child.said_as, child.person_id))
    if not has_words and child.expected_date_of_birth is None:
        raise NothingSaid(
            "A child has no name and no words.",
            "Write what is known, even if that is only “a girl, about 4”.",
        )


def check_waiting(message: Message) -> None:
    """Raise AlreadyDecided unless a decision about the message is still to be taken."""
    if message.withdrawn_at is not None:
        raise AlreadyDecided("This was taken back.", "If something new was said, write a new message.")
    if message.decided_at is not None:
        raise AlreadyDecided(
            f"This message was decided on {day_in_words(legal_day(message.decided_at))}.",
            "Open it to see what was decided; change that decision with a reason.",
        )


def check_decided(message: Message) -> None:
    """Raise NotDecided unless something was decided about the message, which may be changed."""
    if message.decided_at is None:
        raise NotDecided("Nothing was decided about this message yet.", "Decide it first.")


def check_all_matched(children: Iterable[Concerned]) -> None:
    """Raise NotMatched where nobody has looked who a child is: so that nobody gets a second file."""
    for child in children:
        if not child.match:
            raise NotMatched(
                f"Nobody has said yet who {child.called} is.",
                "Choose who on record that is, or “somebody new”.",
            )


def check_reasoned(reason: str, *, is_without_agreement: bool) -> str:
    """The reason without blanks around it. Raises NothingSaid where there is none."""
    bare = reason.replace("\x00", "").strip()
    if not bare:
        asked = (
            "Say why this, and why without the family’s agreement." if is_without_agreement else "Say why."
        )
        raise NothingSaid("A decision needs its reason.", asked)
    return bare
