"""When a request may be answered, when help may begin and end, and what each act of it has to say."""

from collections.abc import Iterable
from datetime import date, datetime

from kith.record.chronology.policies import Life, check_code
from kith.record.help.models import (
    Agreement,
    Answer,
    FamilyHelp,
    FamilyMeeting,
    HelpRequest,
    StepUp,
    TeamMember,
    Way,
)
from kith.record.planning.models import Basis
from kith.record.refusals import NotPossible
from kith.record.said import NotSaid, check_said
from kith.standards.dates import day_in_words
from kith.standards.limits import is_child

SENT = frozenset({Way.TEXT, Way.LETTER})  # stays behind, and may be read by somebody else


class AlreadyAnswered(NotPossible):
    """A request that was answered before."""


class AlreadyHelped(NotPossible):
    """A child whose family is helped already."""


class NotAChild(NotPossible):
    """A grown person named among the children whom a family's help is for."""


class HelpEnded(NotPossible):
    """An act of help for a family whose help is over."""


class NobodyAgreed(NotPossible):
    """Family help that nobody of the family agreed to."""


class FamilyDoesNotKnow(NotPossible):
    """Ringing a family that does not know that somebody asked for them."""


class AlreadyLeft(NotPossible):
    """Somebody who left the team around a family before."""


class NotAsTheySaid(NotPossible):
    """A family reached in a way it did not say is safe."""


class NotHeldYet(NotPossible):
    """An act of a meeting that comes after it."""


class AlreadyDecided(NotPossible):
    """A step up that was decided, or taken back, before."""


def check_waits(request: HelpRequest) -> None:
    """Raise AlreadyAnswered where it was decided what becomes of a request."""
    if request.answer:
        said = Answer(request.answer).label
        raise AlreadyAnswered(f"This was answered before: {said}.", "Look at the request again.")


def check_not_told(request: HelpRequest) -> None:
    """Raise AlreadyAnswered where the front door was told of a request already."""
    if request.told_thread:
        raise AlreadyAnswered("The front door has this request already.", "Look at the request again.")


def check_may_be_rung(request: HelpRequest) -> None:
    """Raise FamilyDoesNotKnow where somebody asked for a family without telling it: nobody rings it cold."""
    if request.does_family_know is False:
        raise FamilyDoesNotKnow(
            "The family does not know that somebody asked for help for them.",
            "Ask whoever wrote to speak with the family first, then write that here.",
        )


def check_safe_way(request: HelpRequest, way: str, is_safe: bool | None, because: str) -> None:
    """Raise NotAsTheySaid for a family reached otherwise than it said is safe, without a reason.

    Where it never said, only a call that leaves no message and a visit are safe.
    """
    if because.strip():
        return
    if is_safe is False:
        raise NotAsTheySaid(
            "This is not the way the family said is safe.", "Reach them as they said, or write why not."
        )
    if not request.how_and_when_safe.strip() and way in SENT:
        raise NotAsTheySaid(
            "Nobody has said that anything may be sent to this family.",
            "Ring, leave no message, and ask how it is safe. If it had to be sent, write why.",
        )


def check_was_held(meeting: FamilyMeeting) -> date:
    """The day on which a meeting was held. Raises NotHeldYet where it was not."""
    if meeting.held_on is None:
        raise NotHeldYet("This meeting was not held yet.", "Write down the meeting first.")
    return meeting.held_on


def check_answer(answer: str, in_words: str) -> str:
    """What was said beside the answer. Raises NotSaid where an answer needs words and has none."""
    if answer not in Answer.values:
        raise NotSaid("Nobody said what becomes of this.", "Choose one of the answers.")
    asks = {
        Answer.OTHER_SERVICE: "Which service helps",
        Answer.CANNOT_HELP: "What was needed and could not be given",
        Answer.CONTACT: "Why somebody may not be safe",
        Answer.TAKEN_BACK: "Why it is taken back",
    }
    return check_said(in_words, asks[Answer(answer)]) if answer in asks else in_words.strip()


def check_basis(basis: str) -> None:
    """Raise NotSaid where nobody said on what ground help is given: the census asks, and no is no answer."""
    if basis not in Basis.values:
        raise NotSaid(
            "Nobody said whether the family chose this help or it is help under section 17.",
            "Choose one of the two.",
        )


def check_are_children(lives: Iterable[Life], on: date) -> None:
    """Raise NotAChild where help is begun for somebody who is grown on `on`."""
    if any(life.born_on and not is_child(life.born_on, on) for life in lives):
        raise NotAChild(
            "Family help is for the children of a family, and somebody chosen is 18 or older.",
            "Choose the children. Whoever is grown agrees for them, and stands in their team.",
        )


def check_none_helped(open_for: Iterable[int]) -> None:
    """Raise AlreadyHelped where a child has family help already; `open_for` are their ids."""
    if list(open_for):
        raise AlreadyHelped(
            "One of these children has family help already.", "Open the help their family has."
        )


def check_open(help: FamilyHelp) -> None:
    """Raise HelpEnded where a family's help is over."""
    if help.ended_on is not None:
        raise HelpEnded(
            f"Help for this family ended on {day_in_words(help.ended_on)}.",
            "Begin help anew if the family wants it.",
        )


def check_agreed(agreements: Iterable[Agreement]) -> None:
    """Raise NobodyAgreed unless one of the family agrees: help is theirs to choose."""
    if not any(one.answer == "yes" for one in agreements):
        raise NobodyAgreed(
            "Nobody of the family has agreed to this help.",
            "Ask one parent, or a young person of 16 or over, and write down what they said.",
        )


def check_end(reason: str, on: date) -> None:
    check_code("help_end_reasons", reason, on, "why help ends")


def check_need(kind: str, on: date) -> None:
    check_code("help_needs", kind, on, "what the family needs")


def check_in_team(member: TeamMember) -> None:
    """Raise AlreadyLeft where somebody is no longer in the team around a family."""
    if member.ended_on is not None:
        raise AlreadyLeft(
            f"{member.name} left the team on {day_in_words(member.ended_on)}.", "Look at the team again."
        )


def check_undecided(step: StepUp) -> None:
    """Raise AlreadyDecided where a step up was decided or taken back."""
    if step.decision or step.withdrawn_because:
        raise AlreadyDecided("This was decided before.", "Look at the family’s help again.")


def check_not_ahead(at: datetime, now: datetime) -> None:
    """Raise NotSaid for a moment that has not come."""
    if at > now:
        raise NotSaid("That time has not come yet.", "Check the day and the time.")
