"""Writing an assessment: the family's words once, and each child's own apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from kith.record.assessment import permissions, policies, queries
from kith.record.assessment.form import CHILD, FAMILY
from kith.record.assessment.models import Assessment, ChildsPart, FamilyAssessment, Stage
from kith.record.chronology.entering import carry_on, carry_on_matter, enter_matter, enter_part
from kith.record.people.models import User
from kith.record.people.records import lock_people


@transaction.atomic
def begin_writing(*, assessments: Sequence[Assessment], by: User) -> FamilyAssessment:
    """Return a new assessment of a family to write in: one text for all, and a part for each child.

    Raises NotAllowed, NotOpen, and AlreadyOpen where one of the children is in such a text already.
    """
    permissions.check_can_assess(by, [one.person for one in assessments])
    lock_people(one.person for one in assessments)
    policies.check_to_write(assessments, queries.family_of(assessments))
    family = FamilyAssessment(started_on=min(one.started_on for one in assessments))
    return enter_matter(family, [_part_of(one) for one in assessments], by=by, act="begin_assessment_text")


@transaction.atomic
def add_child(*, family: FamilyAssessment, assessment: Assessment, by: User) -> ChildsPart:
    """Return the part of a brother or sister whose own assessment is written in the same text from now on.

    The family's text stays the version that it is: somebody writing it meets no clash.
    Raises NotAllowed, NotOpen, AlreadyOpen.
    """
    permissions.check_can_assess(by, [assessment.person])
    lock_people([assessment.person])
    policies.check_to_write([assessment], queries.family_of([assessment]))
    policies.check_can_be_written(queries.hold(family))
    return enter_part(_part_of(assessment), family, by=by, act="add_child_to_assessment")


@transaction.atomic
def write_family(
    *, family: FamilyAssessment, words: Mapping[str, str], by: User, expected: int | None = None
) -> FamilyAssessment:
    """Return the family's text with these sections as written; the others stay.

    Raises NotAllowed, NotOpen, WrongSection, VersionClash.
    """
    children = queries.children_of(family)
    permissions.check_can_assess(by, children)
    policies.check_can_be_written(family)
    policies.check_sections(words, FAMILY)
    return carry_on_matter(
        family,
        by=by,
        act="write_assessment",
        persons=[child.pk for child in children],
        expected=expected,
        words={**family.words, **words},
        stage=Stage.WRITING,
    )


@transaction.atomic
def write_child(
    *,
    part: ChildsPart,
    by: User,
    words: Mapping[str, str] | None = None,
    next_step: str | None = None,
    next_step_because: str | None = None,
    factors: Sequence[str] | None = None,
    not_seen_because: str | None = None,
    expected: int | None = None,
) -> ChildsPart:
    """Return a child's part with what was written; what is None stays as it is.

    Raises NotAllowed, NotOpen, WrongSection, WrongCode, WrongFactors, VersionClash.
    """
    permissions.check_can_assess(by, [part.person])
    policies.check_can_be_written(queries.family_with(part))
    policies.check_sections(words or {}, CHILD)
    policies.check_proposed(next_step or "", factors or [], part)
    given = {
        "next_step": next_step,
        "next_step_because": next_step_because,
        "factors": None if factors is None else [*factors],
        "not_seen_because": not_seen_because,
    }
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if words:
        changes["words"] = {**part.words, **words}
    return carry_on(part, by=by, act="write_childs_part", expected=expected, **changes)


def _part_of(assessment: Assessment) -> ChildsPart:
    return ChildsPart(person=assessment.person, assessment_thread=assessment.thread)
