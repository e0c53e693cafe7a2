"""On a child's page: what was put aside, and to give the work to somebody, hand it over, and read it."""

from typing import Any

from django.urls import reverse

from kith.record.people.permissions import can
from kith.record.workload.queries import put_aside_for
from kith.web.sections import Section

PAGES = (
    ("allocate", "allocate", "Give the work to somebody"),
    ("hand_over", "hand_over", "Hand the work over"),
    ("", "handover", "Everything a new worker needs"),
)


def _work(page: Any) -> dict[str, Any] | None:
    """The pages that this reader may use."""
    links = [
        (reverse(name, args=[page.person.pk]), words)
        for power, name, words in PAGES
        if not power or can(power, page.user)
    ]
    return {"links": links}


def _put_aside(page: Any) -> dict[str, Any] | None:
    """What a manager decided nobody has to do; whoever reads the child's page reads why."""
    aside = put_aside_for(page.ids)
    may_take_back = bool(aside) and can("decide_on_work", page.user)
    return {"aside": aside, "may_take_back": may_take_back, "person": page.person} if aside else None


SECTIONS = [
    Section("kith/working/put_aside.html", _put_aside, 62),
    Section("kith/working/on_story.html", _work, 95),
]
