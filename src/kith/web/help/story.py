"""On a child's page: the help their family has, and the plans there are for the child."""

from typing import Any

from kith.record.chronology.policies import life_told
from kith.record.facts import is_in_force
from kith.record.help.queries import episodes_of
from kith.record.pathway.life_over import can_close, open_for
from kith.record.pathway.pregnancy import MIDWIFE
from kith.record.people.models import PersonDetails
from kith.record.people.permissions import can
from kith.record.sharing.queries import professionals_of
from kith.record.versions import current_facts
from kith.web.help.plans import plans_open_of
from kith.web.sections import Section


def _help(page: Any) -> dict[str, Any] | None:
    """The family help that is open, since when and who leads it."""
    held = [one for one in episodes_of(page.ids) if is_in_force(one, page.today) and one.family_thread]
    return {"episode": held[-1]} if held else None


def _plans(page: Any) -> dict[str, Any] | None:
    """The plans that are open for the child."""
    plans = plans_open_of(page.ids)
    return {"plans": plans} if plans else None


def _expected(page: Any) -> dict[str, Any] | None:
    """Of an unborn child: the midwife, and the pages of the day expected and of the birth."""
    if not life_told(page.person).is_unborn:
        return None
    named = professionals_of(page.ids, page.today)
    midwives = {one.professional.thread: one.professional for each in named.values() for one in each
                if one.works_with.role == MIDWIFE}  # fmt: skip
    return {"person": page.person, "midwives": midwives.values(), "may": can("keep_people", page.user)}


def _ended(page: Any) -> dict[str, Any] | None:
    """Of a pregnancy that ended: what happened, who else has to be told, and what is left to close."""
    held = [each for each in current_facts(PersonDetails, page.ids) if each.pregnancy_ended_on]
    if not held:
        return None
    named, is_open = professionals_of(page.ids, page.today), open_for(page.person)
    people = {one.professional.thread: one.professional for each in named.values() for one in each}
    return {
        "person": page.person, "details": held[0], "to_tell": people.values(),
        "left": [*is_open.ends, *is_open.case], "may": can("keep_people", page.user),
        "may_close": bool(is_open) and can_close(page.user, page.person),
    }  # fmt: skip


SECTIONS = [
    Section("kith/help/pregnancy_ended_on_story.html", _ended, 1),
    Section("kith/help/expected_on_story.html", _expected, 11),
    Section("kith/help/on_story.html", _help, 12),
    Section("kith/plan/on_story.html", _plans, 62),
]
