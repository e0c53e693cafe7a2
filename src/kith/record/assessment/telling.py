"""The lines that the text of an assessment gives a child's story."""

from typing import Any

from kith.record.chronology.telling import Told
from kith.record.chronology.words import sentence


def shared(fact: Any) -> list[Told]:
    """That somebody in the family read it; never what they said, which stands in the assessment."""
    return [Told(fact.on, "assessment_shared", f"Assessment shared with {fact.with_whom}")]


def need_plan_meeting(fact: Any) -> list[Told]:
    """That the plan was met about; what was decided stands in the meeting."""
    came = "with the family" if fact.is_family_there else ""
    return [Told(fact.held_on, "need_plan_meeting", sentence("Child in need plan meeting", came))]


def nothing(_: Any) -> list[Told]:
    """A child's part tells no line: the assessment's own start and end do."""
    return []
