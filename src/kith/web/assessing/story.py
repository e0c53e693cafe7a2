"""On a child's page: the assessment being written, how school goes, how our work felt to the family."""

from typing import Any

from kith.record.assessment import queries
from kith.record.assessment.permissions import can_assess
from kith.record.schooling.queries import places_on
from kith.record.voice.permissions import those_readable
from kith.record.voice.queries import felt_of
from kith.web.sections import Section


def _assessment(page: Any) -> dict[str, Any] | None:
    """The assessment being written; or the one that has begun, of which nothing is written yet."""
    held = [one for one in queries.assessments_of(page.ids) if one.authorised_on is None]
    if not held:
        return None
    thread = next(iter(queries.family_of(held).values()), None)
    return {
        "thread": thread,
        "begun": held[-1],
        "person": page.person,
        "may": can_assess(page.user, [page.person]),
    }


def _school(page: Any) -> dict[str, Any] | None:
    """Where the child learns, or that they have no school; the rest is a press away."""
    places = places_on(page.ids, page.today)
    return {"place": places[0], "person": page.person} if places else None


def _felt(page: Any) -> dict[str, Any] | None:
    """What the family answered when they were asked how it felt."""
    answered = [felt for felt in felt_of(page.ids) if felt.answered_at]
    answered = those_readable(page.user, answered) if answered else []
    return {"answers": answered} if answered else None


SECTIONS = [
    Section("kith/assessing/on_story.html", _assessment, 11),
    Section("kith/assessing/school_on_story.html", _school, 61),
    Section("kith/assessing/felt_on_story.html", _felt, 41),
]
