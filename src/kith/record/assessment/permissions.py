"""Who may assess and plan, and who may authorise: never one's own work."""

from collections.abc import Iterable

from kith.record.assessment.models import Assessment, ChildsPart, FamilyAssessment
from kith.record.assessment.queries import authors, wrote
from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User
from kith.record.people.permissions import NotAllowed


def check_can_assess(by: User, children: Iterable[Person]) -> None:
    check_can_act("assess", by, children)


def can_assess(by: User, children: Iterable[Person]) -> bool:
    return allows(check_can_assess, by, children)


def check_can_authorise(by: User, assessment: Assessment) -> None:
    """A manager who works with the child authorises, but nobody the assessment they wrote themselves."""
    check_can_act("authorise_assessments", by, [assessment.person])
    if wrote(by, assessment):
        raise NotAllowed(
            "You wrote this assessment, and nobody authorises their own work.",
            "Ask another manager to read and authorise it.",
        )


def check_can_look_over(by: User, assessment: Assessment) -> None:
    """A manager who works with the child reads an assessment, sends it back, and says to carry on."""
    check_can_act("authorise_assessments", by, [assessment.person])


def can_look_over(by: User, assessment: Assessment) -> bool:
    return allows(check_can_look_over, by, assessment)


def check_wrote_none_of(by: User, family: FamilyAssessment, parts: Iterable[ChildsPart]) -> None:
    """Nobody authorises an assessment that they wrote any of, the family's words or any child's."""
    if by.pk in authors(family, parts):
        raise NotAllowed(
            "You wrote some of this assessment, and nobody authorises their own work.",
            "Ask another manager to read and authorise it.",
        )


def wrote_none_of(by: User, family: FamilyAssessment, parts: Iterable[ChildsPart]) -> bool:
    return allows(check_wrote_none_of, by, family, parts)
