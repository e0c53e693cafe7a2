"""A panel about harm outside the home: held about those who belong together, decided for each apart."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together, show_names
from kith.record.outside import queries, services
from kith.record.outside.models import Panel, PanelDecision
from kith.record.outside.services import Decided
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown, kept_ids
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.outside.forms import panel_form
from kith.web.outside.known import touched_by
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_matter, user_of

PANEL = draft_form(
    "hold_panel",
    "A panel about harm outside the home",
    page=lambda about: reverse("hold_panel", args=[about]),
    children=lambda about: [int(about)],
)


@can_act_for("work_on_harm_outside")
def hold_panel(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a panel about this young person and those tied to the same, whom the reader works with."""
    user, draft = user_of(request), with_draft(request, PANEL, about=person.pk)
    offered = _tied_to(user, person)
    form = panel_form([(pk, each.name) for pk, each in offered.items()])

    def hold(said: dict[str, Any]) -> int:
        each = said.pop("each")
        people = Person.objects.in_bulk(said.pop("children"))
        return services.hold_panel(
            children=[*people.values()],
            decisions={pk: Decided(**each[pk]) for pk in people},
            by=user,
            **said,
        ).thread

    return carry_out(
        request,
        draft.form(form, children=[*offered.values()], initial={"on": timezone.localdate()}),
        hold,
        page="kith/task.html",
        to=lambda thread: reverse("outside_panel", args=[thread]),
        said="What the panel decided is on record, for each apart.",
        context={
            "title": "A panel about harm outside the home",
            "act": "Save what the panel decided",
            "cancel_url": reverse("outside_home", args=[person.pk]),
        },
        draft=draft,
    )


def _tied_to(user: User, person: Person) -> dict[int, Shown]:
    """This young person, then those of the same ties whose record may be opened, by kept id."""
    ties = queries.ties_of_person(person, timezone.localdate())
    own = show_names(user, [person.pk], where="a panel about harm outside the home")
    others = touched_by(user, ties.links, where="a panel about harm outside the home").people
    return {**own, **{pk: each for pk, each in others.items() if pk != person.pk}}


def _load(thread: int) -> tuple[tuple[Panel, list[PanelDecision]], Iterable[int]] | None:
    found = queries.panel_of(thread)
    return (found, [part.person_id for part in found[1]]) if found else None


@can_open_matter(_load, power="work_on_harm_outside")
def outside_panel(
    request: HttpRequest, found: tuple[Panel, list[PanelDecision]], children: Together
) -> HttpResponse:
    """What a panel decided for those of its young people whom the reader works with."""
    panel, decisions = found
    kept = kept_ids([part.person_id for part in decisions])
    shown = [
        {"child": children.people[kept[part.person_id]], "decision": part}
        for part in decisions
        if kept[part.person_id] in children
    ]
    return render(request, "kith/outside/panel.html", {"panel": panel, "decisions": shown})
