"""The lines that schooling gives a child's story."""

from typing import Any

from kith.record.chronology.telling import Told, ended
from kith.record.chronology.words import sentence, words_for
from kith.record.schooling.models import HAS_NO_SCHOOL, ExclusionKind, PlaceKind, Support


def place(fact: Any) -> list[Told]:
    """Where the child began to learn, or that they have no school."""
    words = PlaceKind(fact.kind).label
    if fact.kind in HAS_NO_SCHOOL:
        return [Told(fact.started_on, "without_school", words)]
    part = "on a part-time table" if fact.is_part_time else ""
    text = sentence(f"{words}: {fact.school}" if fact.school else words, fact.year_group, part)
    return [Told(fact.started_on, "school_started", text)]


def attendance(fact: Any) -> list[Told]:
    """How much of the school days the child was there."""
    return [Told(fact.ended_on, "attendance", f"At school {fact.percent.normalize():f}% of the time")]


def exclusion(fact: Any) -> list[Told]:
    """That a school kept the child out."""
    days = f"for {fact.days.normalize():f} days" if fact.days else ""
    return [Told(fact.started_on, "excluded", sentence(ExclusionKind(fact.kind).label, days))]


def special_need(fact: Any) -> list[Told]:
    """What help with special needs began."""
    if fact.support == Support.NONE:
        return []
    needs = [words_for("sen_need_type", code).lower() for code in fact.needs]
    began = Told(fact.started_on, "special_need", sentence(Support(fact.support).label, *needs))
    return [began, *ended(fact.ended_on, "special_need_ended", "The help with special needs changed")]
