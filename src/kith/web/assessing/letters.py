"""An assessment on paper, for one child: what is written of the family, and that child's part alone.

A copy for the family is of an authorised assessment. It holds what the child said, and the factors that a
return counts, only where whoever prints it lets them in; any section may be left out, as where somebody told
it in confidence. The other children are named in it only for whoever has parental responsibility for them.
"""

from collections.abc import Sequence

from django.http import Http404

from kith.record.access.looking import Together, open_together
from kith.record.assessment import queries
from kith.record.assessment.form import CHILD, FAMILY
from kith.record.assessment.models import FamilyAssessment, Stage
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.visits.reading import names_of, without
from kith.web.assessing import reading
from kith.web.letters.kinds import Letter, LetterKind, Offered, Reader
from kith.web.letters.knowing import not_known_to

SAYS, FACTORS, WHY_NEXT = "says", "factors", "why_next"
NOT_YET = "No manager has authorised this assessment yet."


def _assessment(user: User, person: Person, thread: int, reader: Reader | None) -> Letter:
    found = reading.load(thread)
    family, ids = found if found else (None, [])
    children = open_together(user, ids, "assessment on paper") if person.pk in _kept(ids, person) else None
    if family is None or children is None:
        raise Http404("It is not on this file")
    child = next(
        each for each in reading.children_read(family, children) if each.shown.person_id == person.pk
    )
    others = [pk for pk in ids if pk not in same_person_ids(person)]
    names = names_of(not_known_to(reader, others), but_not={person.pk})
    written = [] if children.is_held_back else reading.text_of(FAMILY, family.words).written
    own = [each for each in child.text.written if each.section.section != SAYS]
    says = next((each for each in child.text.written if each.section.section == SAYS), None)
    return Letter(
        title=f"Assessment: {child.shown.name}",
        template="kith/assessing/letter.html",
        context={
            "family": family,
            "child": child.shown,
            "read": child,
            "of_family": _sections(FAMILY, written, names),
            "of_child": _sections(CHILD, own, names),
            "says": without(says.text, names) if says else "",
            "why_next": without(child.part.next_step_because, names),
            "factors": child.factors,
        },
        held_out=_held_out(children, others, bool(names)),
        look_for=[
            "where others live",
            "what somebody told us in confidence",
            "what a child asked us not to pass on",
        ],
        let_in=[
            *([(SAYS, f"What {child.shown.name} says, in their own words")] if says else []),
            *([(FACTORS, "What was found, as it is counted")] if child.factors else []),
        ],
        leave_out=[
            *((_name(FAMILY, each), each.section.heading) for each in written),
            *((_name(CHILD, each), f"{child.shown.name}: {each.section.heading}") for each in own),
            *([(WHY_NEXT, "Why it should go on as it does")] if child.part.next_step_because else []),
        ],
        not_for_family="" if family.stage == Stage.AUTHORISED else NOT_YET,
    )


def _kept(ids: Sequence[int], person: Person) -> set[int]:
    """The person's kept id, where one of their records is among these."""
    return {person.pk} if {*ids} & {*same_person_ids(person)} else set()


def _name(of: str, each: reading.Written) -> str:
    return f"{of}-{each.section.section}"


def _sections(
    of: str, written: Sequence[reading.Written], names: frozenset[str]
) -> list[tuple[str, str, str]]:
    """(name, heading, text) of each section that is written, with these names held back."""
    return [(_name(of, each), each.section.heading, without(each.text, names)) for each in written]


def _held_out(children: Together, others: Sequence[int], has_names: bool) -> list[str]:
    if children.is_held_back:
        return ["What is written of the family: it is held back from you."]
    if not others:
        return []
    return [
        "The parts of the other children." if not has_names else "The names and parts of the other children."
    ]


def _assessments(user: User, person: Person, ids: Sequence[int]) -> list[Offered]:
    held = queries.assessments_of(ids)
    texts = queries.family_of(held)
    found = [(texts[one.thread], one.started_on) for one in reversed(held) if one.thread in texts]
    stages = dict(FamilyAssessment.current.filter(thread__in=texts.values()).values_list("thread", "stage"))
    return [
        Offered(thread, Stage(stages[thread]).label, started) for thread, started in found if thread in stages
    ]


LETTERS = [LetterKind("assessment", "Assessments", _assessment, _assessments)]
