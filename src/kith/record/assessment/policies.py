"""When an assessment may start and be authorised, and when a child in need plan may start and end."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

from kith.record.assessment.form import next_steps, sections, superseded_factors
from kith.record.assessment.models import Assessment, ChildInNeedPlan, ChildsPart, FamilyAssessment, Stage
from kith.record.chronology.policies import (
    check_case_open,
    check_children,
    check_code,
    check_day,
    check_not_before,
    life_of,
    lives_of,
)
from kith.record.people.models import Person
from kith.record.refusals import NotPossible
from kith.standards.dates import day_in_words
from kith.standards.working_days import legal_day

NO_FACTOR = "21"  # code list `assessment_factors`: no factors identified; it stands alone


class AlreadyOpen(NotPossible):
    """The child has such an assessment or plan open already."""


class NotOpen(NotPossible):
    """The assessment is authorised, or the plan has ended."""


class WrongFactors(NotPossible):
    """Factors that cannot stand together."""


class WrongSection(NotPossible):
    """A section that an assessment does not have."""


class NotReady(NotPossible):
    """Something without which an assessment cannot be read or authorised."""


def check_children_and_cases(children: Sequence[Person], on: date, referrals: Mapping[int, int]) -> None:
    """Raise NoChildren, WrongDate or NoCaseOpen unless each child has a case and may be worked with then."""
    check_children(children)
    for life in lives_of(children).values():
        check_day(on, life)
    check_case_open(children, referrals, on)


def check_none_open(opened: Iterable[Assessment]) -> None:
    """Raise AlreadyOpen where a child is being assessed already."""
    for assessment in opened:
        raise AlreadyOpen(
            f"An assessment of this child is open already, begun on {day_in_words(assessment.started_on)}.",
            "Carry on with that one, or finish it first.",
        )


def check_authorising(assessment: Assessment, on: date, reviewed_on: date | None) -> None:
    """Raise NotOpen or WrongDate unless an open assessment may be authorised on that day."""
    if assessment.unfinished_because:
        raise NotOpen("This assessment ended without being finished.", "It stays to be read.")
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


def check_to_write(assessments: Sequence[Assessment], written: Mapping[int, int]) -> None:
    """Raise NotReady, NotOpen or AlreadyOpen unless these may be written as one text.

    `written` are the texts that there are, as threads by the thread of the assessment.
    """
    if not assessments:
        raise NotReady("No child was chosen.", "Choose the children whom this assessment is about.")
    for assessment in assessments:
        check_authorising(assessment, assessment.started_on, None)
        if assessment.thread in written:
            raise AlreadyOpen(
                "This child's assessment is being written already.", "Open that one and carry on there."
            )


def check_can_be_written(family: FamilyAssessment) -> None:
    """Raise NotOpen where an assessment is authorised, or a manager is reading it."""
    if family.stage == Stage.UNFINISHED:
        raise NotOpen("This assessment ended without being finished.", "It stays here to be read.")
    if family.stage == Stage.AUTHORISED:
        raise NotOpen("This assessment is authorised.", "If it has to change, start a new one.")
    if family.stage == Stage.ASKED:
        raise NotOpen(
            "A manager is reading this assessment.", "Ask them to send it back if it has to change."
        )


def check_asked(family: FamilyAssessment) -> None:
    """Raise NotOpen unless somebody asked for an assessment to be read."""
    if family.stage != Stage.ASKED:
        raise NotOpen(
            f"Nobody has asked for this assessment to be read: it is {family.get_stage_display().lower()}.",
            "Whoever writes it asks for it when it is ready.",
        )


def check_sections(words: Mapping[str, str], of: str) -> None:
    """Raise WrongSection for a section that the family's or the child's text does not have."""
    if unknown := set(words) - {one.section for one in sections(of)}:
        raise WrongSection(
            f"An assessment has no section {', '.join(sorted(unknown))}.", "Open the page again and retry."
        )


def check_proposed(next_step: str, factors: Sequence[str], part: ChildsPart) -> None:
    """Raise NotReady, WrongCode or WrongFactors for what could not be authorised."""
    if next_step and next_step not in next_steps():
        raise NotReady("This is nothing that can come of an assessment.", "Choose one of those shown.")
    check_factors(factors, legal_day(part.recorded_at))
    for factor in superseded_factors().keys() & {*factors}:
        raise WrongFactors(
            f"Factor {factor} no longer says enough for the census.",
            f"Say who did it: choose {superseded_factors()[factor]}.",
        )


def check_ready(parts: Sequence[ChildsPart], seen: Container[int]) -> None:
    """Raise NotReady unless of each child it is said what comes next, what was found, and who was seen."""
    missing = [what for part in parts for what in _missing(part, seen)]
    if missing:
        raise NotReady(
            f"Before a manager reads it, say {'; '.join(dict.fromkeys(missing))}.",
            "Open each child's part: what is missing is marked there.",
        )


def _missing(part: ChildsPart, seen: Container[int]) -> Iterable[str]:
    if not part.next_step:
        yield "what should happen next for each child"
    if not part.factors:
        yield "what was found for each child, or that nothing was"
    if part.person_id not in seen and not part.not_seen_because:
        yield "why a child has not been seen"
    if NO_FACTOR in part.factors and part.next_step and not next_steps()[part.next_step].is_no_further_action:
        yield "what was found for a child who needs more from us"  # census rule 8873Q


def check_although(unwritten: Iterable[str], although: str) -> str:
    """Why an assessment is authorised with these headings empty, without blanks around; "" where none is.

    Raises NotReady where there are some, and nobody said why.
    """
    empty = list(dict.fromkeys(unwritten))
    if empty and not although.strip():
        raise NotReady(
            f"Nothing is written under {', '.join(f'“{heading}”' for heading in empty)}.",
            "Send it back for that, or say why it is enough as it is.",
        )
    return although.strip() if empty else ""


def check_because(because: str) -> str:
    """The reason without blanks around it. Raises NotReady where there is none."""
    if not because.strip():
        raise NotReady("Nobody said what is needed.", "Say what is missing, so that it can be put right.")
    return because.strip()


def check_shared(with_whom: str, on: date, part: ChildsPart) -> None:
    """Raise NotReady or WrongDate where nobody is named, or the day cannot be right."""
    if not with_whom.strip():
        raise NotReady("Nobody is named.", "Say who was given the assessment to read.")
    check_day(on, life_of(part.person), is_an_ending=True)
