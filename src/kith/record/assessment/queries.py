"""Asking for assessments and child in need plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kith.record.access.messages import page
from kith.record.assessment.form import CHILD, FAMILY, Section, sections
from kith.record.assessment.models import (
    Assessment,
    AssessmentShared,
    ChildInNeedPlan,
    ChildsPart,
    FamilyAssessment,
    NeedPlanMeeting,
    Stage,
)
from kith.record.chronology.policies import life_of
from kith.record.facts import is_in_force
from kith.record.people.family import eldest_first
from kith.record.people.models import Membership, Person, User
from kith.record.people.queries import in_force, memberships_of
from kith.record.people.records import records_of
from kith.record.versions import VersionClash, current_facts, current_matters, differences, parts_of

WORK = {"factors", "is_no_further_action"}  # what an assessment without a text says of a child


def open_assessments(children: Iterable[Person]) -> dict[int, Assessment]:
    """The assessment not yet authorised, for each child that has one under any of their records.

    By the id that the child was asked by.
    """
    under = records_of(children)
    everyone = {pk for ids in under.values() for pk in ids}
    open_now = Assessment.current.filter(person__in=everyone, authorised_on=None)
    found = {one.person_id: one for one in open_now.order_by("started_on", "pk")}
    return {child: found[pk] for child, ids in under.items() for pk in reversed(ids) if pk in found}


def assessments_open_on(children: Iterable[Person], on: date) -> dict[int, Assessment]:
    """The assessment going on on `on`, for each child that has one, by person id."""
    found = [
        one
        for one in assessments_of(child.pk for child in children)
        if one.started_on <= on and (one.authorised_on is None or one.authorised_on > on)
    ]
    return {assessment.person_id: assessment for assessment in found}


def assessments_of(person_ids: Iterable[int]) -> list[Assessment]:
    """Every assessment of these people, the latest last."""
    return sorted(current_facts(Assessment, person_ids), key=lambda one: (one.started_on, one.pk))


def open_need_plans(children: Iterable[Person], on: date) -> dict[int, ChildInNeedPlan]:
    """The child in need plan in force on `on`, for each child that has one, by person id."""
    known = current_facts(ChildInNeedPlan, (child.pk for child in children))
    found = [plan for plan in known if is_in_force(plan, on)]
    return {plan.person_id: plan for plan in sorted(found, key=lambda one: (one.started_on, one.pk))}


def need_plan_meetings(person_ids: Iterable[int]) -> dict[int, list[date]]:
    """The days on which each plan was met about, the first first, by the plan's thread."""
    found: dict[int, list[date]] = {}
    for held in sorted(current_facts(NeedPlanMeeting, person_ids), key=lambda one: (one.held_on, one.pk)):
        found.setdefault(held.plan_thread, []).append(held.held_on)
    return found


def wrote(user: User, assessment: Assessment) -> bool:
    """Whether `user` wrote any of the text that an assessment stands in; without one, began or filled it in.

    Looking it over writes nothing, nor does deciding that there is to be one.
    """
    text = family_of([assessment]).get(assessment.thread)
    if text is not None:
        family = current_matters(FamilyAssessment, [text])[text]
        return user.pk in authors(family, parts(family))
    return any(_is_own_work(one) for one in _versions_by(user, assessment))


def _versions_by(user: User, assessment: Assessment) -> Iterable[Assessment]:
    versions = Assessment.objects.filter(thread=assessment.thread, authorised_on=None, recorded_by=user)
    return versions.select_related("supersedes")


def _is_own_work(version: Assessment) -> bool:
    if version.supersedes is None:
        return not version.is_asked_for
    return bool(WORK & differences(version.supersedes, version).keys())


def parts(family: FamilyAssessment) -> list[ChildsPart]:
    """Each child's part of an assessment, the eldest first and the unborn last, whatever was written last."""
    found = {part.person_id: part for part in parts_of(ChildsPart, [family.thread], "person")[family.thread]}
    return [found[pk] for pk in eldest_first(found)]


def parts_to_finish(family: FamilyAssessment) -> list[ChildsPart]:
    """The parts of those children whose assessment is open; one that ended unfinished holds up no other."""
    held = parts(family)
    threads = Assessment.current.filter(
        thread__in=[part.assessment_thread for part in held], authorised_on=None
    ).values_list("thread", flat=True)
    open_now = set(threads)
    return [part for part in held if part.assessment_thread in open_now]


@dataclass(frozen=True)
class Unwritten:
    """A heading of an assessment that is needed and has nothing under it; `person_id` None: of the family."""

    heading: str
    person_id: int | None = None


def unwritten(family: FamilyAssessment) -> list[Unwritten]:
    """What a manager has to know is not written, of the family and of each child still to be finished."""
    left = [Unwritten(heading) for heading in _blank(sections(FAMILY), family.words)]
    for part in parts_to_finish(family):
        asked = sections(CHILD, is_unborn=life_of(part.person).is_unborn)
        left += [Unwritten(heading, part.person_id) for heading in _blank(asked, part.words)]
    return left


def _blank(asked: Iterable[Section], words: Mapping[str, str]) -> list[str]:
    return [one.heading for one in asked if one.is_needed and not words.get(one.section, "").strip()]


def children_of(family: FamilyAssessment) -> list[Person]:
    """The children whom an assessment is about."""
    return [part.person for part in parts(family)]


def family_with(part: ChildsPart) -> FamilyAssessment:
    """The assessment that a child's part is of, as it stands."""
    return current_matters(FamilyAssessment, [part.matter_thread])[part.matter_thread]


def hold(family: FamilyAssessment) -> FamilyAssessment:
    """The assessment as it stands, held until the transaction ends: nobody adds a child or signs meanwhile.

    Raises VersionClash where it was taken away.
    """
    held = FamilyAssessment.current.select_for_update().filter(thread=family.thread)
    found: FamilyAssessment | None = held.first()
    if found is None:
        raise VersionClash(family, None)
    return found


def family_of(assessments: Iterable[Assessment]) -> dict[int, int]:
    """The text in which each of these is written, as threads by the assessment's own; none for the others."""
    threads = [one.thread for one in assessments]
    found = ChildsPart.current.filter(assessment_thread__in=threads)
    return dict(found.values_list("assessment_thread", "matter_thread"))


def assessment_of(part: ChildsPart) -> Assessment:
    """The child's own assessment that a part is written for."""
    found: Assessment = Assessment.current.select_related("person").get(thread=part.assessment_thread)
    return found


def shared_of(family: FamilyAssessment) -> list[AssessmentShared]:
    """Who was given the assessment to read, the first first."""
    return parts_of(AssessmentShared, [family.thread], "person")[family.thread]


def authors(family: FamilyAssessment, of: Iterable[ChildsPart]) -> set[int]:
    """The ids of everyone who wrote any of an assessment: began it, the family's words, a child's part."""
    written = FamilyAssessment.objects.filter(thread=family.thread, stage=Stage.WRITING)
    of_all = written.values_list("recorded_by", flat=True)
    threads = [part.thread for part in of]
    of_each = ChildsPart.objects.filter(thread__in=threads).values_list("recorded_by", flat=True)
    return {pk for pk in (*of_all, *of_each, family.asked_by_id) if pk is not None}


def waiting_for_manager(manager: User) -> list[FamilyAssessment]:
    """The assessments asked for by people in the teams that `manager` manages, the first asked at the top."""
    teams = {member.team_id for member in memberships_of(manager) if member.is_manager}
    members = Membership.objects.filter(in_force(timezone.localdate()), team_id__in=teams).values("user")
    waiting = FamilyAssessment.current.filter(stage=Stage.ASKED, asked_by__in=members)
    return list(waiting.exclude(asked_by=manager).select_related("asked_by").order_by("asked_at"))


def link_to(family: FamilyAssessment) -> str:
    """The address of an assessment's page."""
    return page("assessment", family.thread)
