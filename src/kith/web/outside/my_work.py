"""On My work: what comes up about harm outside the home."""

from typing import Any

from kith.record.outside import queries
from kith.record.people.permissions import can
from kith.record.people.queries import merged_under
from kith.web.sections import Section


def _comes_up(page: Any) -> dict[str, Any] | None:
    """Whose risk is to be looked at again, and which steps run out, within a fortnight or since.

    Steps are those against what this person’s own young people are linked to; whoever holds none of them
    sees all.
    """
    if not can("work_on_harm_outside", page.user):
        return None
    people = {card.shown.person_id: card.shown for card in page.children[0]}
    under = merged_under(people)
    again = queries.looked_at_again(under, page.today)
    everyone = [pk for ids in under.values() for pk in ids]
    linked = queries.linked_now(everyone, page.today) if people else None
    steps = queries.steps_running_out(page.today, linked)
    if not again and not steps:
        return None
    young = [{"who": people[pk], "on": one.review_on} for pk, one in again.items()]
    return {"young": sorted(young, key=lambda each: each["on"]), "steps": steps, "today": page.today}


SECTIONS = [Section("kith/outside/comes_up.html", _comes_up, 44)]
