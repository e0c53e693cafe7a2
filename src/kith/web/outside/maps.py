"""Peer maps: how young people are tied by harm outside the home on a day, drawn and in words beside it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.record.outside import queries, services
from kith.record.outside.models import HowKnown
from kith.record.outside.queries import Ties
from kith.record.people.models import Person
from kith.record.people.queries import shown
from kith.standards.dates import short_date
from kith.web.outside.known import Touched, touched_by
from kith.web.pictures.peer_map import Edge, Node, draw_peer_map
from kith.web.who_may import can_act_for, power, user_of

OTHERS = "Another young person"
HEADINGS = ["Line", "Who or what", "With", "What they have to do with it", "How it is known", "From", "To"]


@can_act_for("see_peer_maps")
def peer_map(request: HttpRequest, person: Person) -> HttpResponse:
    """The map around one young person; each opening is written down with whose it is."""
    on = _day_asked(request)
    ties = services.open_map(whose=person, on=on, by=user_of(request))
    return _shown(request, ties, on, shown([person.pk])[person.pk].name)


@power("see_peer_maps")
def concern_map(request: HttpRequest, thread: int) -> HttpResponse:
    """The map around something of concern; each opening is written down with what it is of."""
    concern = queries.concern_of(thread)
    if concern is None:
        raise Http404("Nothing of concern by this number")
    on = _day_asked(request)
    return _shown(request, services.open_map(of=concern, on=on, by=user_of(request)), on, concern.name)


def _day_asked(request: HttpRequest) -> date:
    """The day in the address; today where none is, or none that can be read."""
    try:
        return forms.DateField().clean(request.GET.get("on", "")) or timezone.localdate()
    except ValidationError:
        return timezone.localdate()


def _shown(request: HttpRequest, ties: Ties, on: date, whose: str) -> HttpResponse:
    touched = touched_by(user_of(request), ties.links, where="a peer map")
    people, edges, rows = _young_people(ties, touched)
    concerns = [Node(str(one.thread), one.name, one.get_kind_display()) for one in ties.concerns.values()]
    for each in ties.between:
        edges.append(_edge(str(each.one_thread), str(each.other_thread), len(rows) + 1, each))
        names = [ties.concerns[thread].name for thread in (each.one_thread, each.other_thread)]
        rows.append([len(rows) + 1, *names, each.what, each.get_how_known_display(), *_days(each)])
    if touched.are_there_others:
        people.append(Node("others", OTHERS, "Ask their worker"))
        for thread in _of_others(ties, touched):
            edges.append(Edge("others", str(thread), 0, is_rumour=False))
            rows.append(["", OTHERS, ties.concerns[thread].name, "Ask their worker", "", "", ""])
    page = {
        "whose": whose,
        "on": on,
        "picture": draw_peer_map(people, concerns, edges),
        "headings": HEADINGS,
        "rows": rows,
    }
    return render(request, "kith/outside/peer_map.html", page)


def _young_people(ties: Ties, touched: Touched) -> tuple[list[Node], list[Edge], list[list[Any]]]:
    people = [Node(f"p{pk}", each.name, "") for pk, each in touched.people.items()]
    edges: list[Edge] = []
    rows: list[list[Any]] = []
    for link in ties.links:
        if not (person := touched.of(link)):
            continue
        edges.append(_edge(f"p{person.person_id}", str(link.matter_thread), len(rows) + 1, link))
        concern = ties.concerns[link.matter_thread].name
        said = (link.get_tie_display(), link.get_how_known_display())
        rows.append([len(rows) + 1, person.name, concern, *said, *_days(link)])
    return people, edges, rows


def _of_others(ties: Ties, touched: Touched) -> list[int]:
    """What anybody else is linked to, each once: how they are tied is not shown, nor is a sealed file."""
    return sorted({link.matter_thread for link in ties.links if touched.is_other(link)})


def _edge(one: str, other: str, number: int, of: Any) -> Edge:
    return Edge(one, other, number, is_rumour=of.how_known == HowKnown.RUMOUR)


def _days(spell: Any) -> tuple[str, str]:
    return short_date(spell.started_on), short_date(spell.ended_on) if spell.ended_on else "still"
