"""On the page of somebody who died: when, what is still open, and who else has to be told."""

from typing import Any

from kith.record.chronology.policies import life_told
from kith.record.pathway.life_over import can_close, open_for
from kith.record.people.permissions import can
from kith.record.sharing.queries import professionals_of
from kith.web.sections import Section


def _died(page: Any) -> dict[str, Any] | None:
    died_on = life_told(page.person).died_on
    if died_on is None:
        return None
    named = professionals_of(page.ids, page.today)
    people = {one.professional.thread: one.professional for each in named.values() for one in each}
    held = open_for(page.person)
    return {
        "person": page.person, "on": died_on, "to_tell": people.values(),
        "left": [*held.ends, *held.case], "may": can("keep_people", page.user),
        "may_close": bool(held) and can_close(page.user, page.person),
    }  # fmt: skip


SECTIONS = [Section("kith/people/died_on_story.html", _died, 1)]
