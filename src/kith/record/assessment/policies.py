"""When an assessment may start and be authorised, and when a child in need plan may start and end."""

from collections.abc import Iterable, Sequence
from datetime import date

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.chronology.policies import check_code, check_not_before
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words

NO_FACTOR = "21"  # code list `assessment_factors`: no factors identified; it stands alone


class AlreadyOpen(NotPossible):
    """The child has such an assessment or plan open already."""


class NotOpen(NotPossible):
    """The assessment is authorised, or the plan has ended."""


class WrongFactors(NotPossible):
    """Factors that cannot stand together."""


def check_none_open(opened: Iterable[Assessment]) -> None:
    """Raise AlreadyOpen where a child is being assessed already."""
    for assessment in opened:
        raise AlreadyOpen(
            f"An assessment of this child is open already, begun on {day_in_words(assessment.started_on)}.",
            "Carry on with that one, or finish it first.",
        )


def check_authorising(assessment: Assessment, on: date, reviewed_on: date | None) -> None:
    """Raise NotOpen or WrongDate unless an open assessment may be authorised on that day."""
    if assessment.authorised_on is not None:
        raise NotOpen(
            f"This assessment was authorised on {day_in_words(assessment.authorised_on)}.",
            "If it has to change, correct it with a reason.",
        )
    check_not_before(on, assessment.started_on, "the start of the assessment")
    if reviewed_on is not None:
        check_not_before(reviewed_on, assessment.started_on, "the start of the assessment")


def check_factors(factors: Sequence[str], on: date) -> None:
    """Raise WrongCode or WrongFactors: each known, none twice, `no factors` only by itself."""
    for factor in factors:
        check_code("assessment_factors", factor, on, "a factor of an assessment")
    if len(set(factors)) != len(factors):
        raise WrongFactors("The same factor was chosen twice.", "Choose each factor once.")
    if NO_FACTOR in factors and len(factors) > 1:
        raise WrongFactors(
            "“No factors identified” was chosen together with other factors.",
            "Choose it alone, or take it out.",
        )


def check_no_plan(need_plans: Iterable[ChildInNeedPlan]) -> None:
    """Raise AlreadyOpen where a child has a child in need plan already."""
    for plan in need_plans:
        raise AlreadyOpen(
            f"This child has a child in need plan already, since {day_in_words(plan.started_on)}.",
            "Change that plan, or end it first.",
        )


def check_ending(plan: ChildInNeedPlan, on: date) -> None:
    """Raise NotOpen or WrongDate unless an open plan may end on that day."""
    if plan.ended_on is not None:
        raise NotOpen(
            f"This plan ended on {day_in_words(plan.ended_on)}.", "To change that day, correct the ending."
        )
    check_not_before(on, plan.started_on, "the start of the plan")
