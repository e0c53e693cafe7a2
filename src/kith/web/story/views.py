"""A child's page: the five-minute story, the whole chronology, and the source of each line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from kith.record.access.permissions import Access, can_see_who_looked, reason_known
from kith.record.care import queries as care
from kith.record.chronology import queries as chronology
from kith.record.chronology.kinds import kind, kinds
from kith.record.chronology.models import Line
from kith.record.chronology.retelling import BACK, KEPT, MOVED_TOGETHER, SHORT_STAY
from kith.record.clocks.queries import DueLine, clocks_for
from kith.record.facts import Version
from kith.record.importer.told_by import ToldBy, told_by
from kith.record.pathway.died import may_have_died
from kith.record.pathway.queries import stage_and_steps
from kith.record.people.models import Disability, Person, PersonDetails, SafeContact, User
from kith.record.people.permissions import can
from kith.record.people.queries import same_person_ids, shown
from kith.record.versions import current_facts, kinds_about_people, note_absent
from kith.standards.limits import is_child
from kith.web.acts import next_steps
from kith.web.areas import brought
from kith.web.my_work import of_line
from kith.web.navigation import add_note_url
from kith.web.pdf import can_make_pdf, pdf_response
from kith.web.pictures.timeline import Band, Mark, Timeline, draw_timeline
from kith.web.sections import between, shown_on
from kith.web.story.about import about
from kith.web.story.family import family_of, relatives_of
from kith.web.story.home import tonight, who_else_is_responsible
from kith.web.story.lines import lines_of, narrowed
from kith.web.story.reaching import ways_to_reach
from kith.web.story.sentence import open_bands, sentence
from kith.web.story.source import page_of_line, versions_of
from kith.web.story.tonight import night_of
from kith.web.story.working import numbers, working_with
from kith.web.who_may import can_open_child, user_of

SOON = timedelta(days=7)
LANES = {
    "help": "Social care",
    "family_help": "Family help",
    "plan": "In need plan",
    "outside": "Outside home",
    "protection": "Protection plan",
    "care": "Looked after",
    "legal_status": "Legal status",
    "placement": "Home",
    "school": "School",
    "worker": "Worker",
}
MARKS = {
    "section_47": "Enquiries",
    "conference": "Conferences",
    "assessment": "Assessments",
    "review": "Reviews",
    "missing": "Missing, away",
    "court": "Court",
    "death": "Death",
}
PATH = {
    "help": "Help",
    "assessment": "Assessment",
    "protection": "Protection",
    "care": "Care",
    "leaving": "Leaving care",
}
LINES_A_PAGE = 100
STORY_PAGE = "kith/story/story.html"
# Between which ranks an area's section stands where: after what one has to know before ringing; after the
# family; after the story.
FIRST, MIDDLE, LAST = (0, 30), (30, 60), (60, 100)


@dataclass(frozen=True)
class ChildsPage:
    """A child's page as one person opens it: what the areas build their sections from.

    `ids` are all the records kept under this person; `seen` is what this reader may see of the family, by
    kept id, so that nobody asks it again.
    """

    request: HttpRequest
    user: User
    person: Person
    ids: Sequence[int]
    today: date
    seen: Mapping[int, Access]


@can_open_child
def story(request: HttpRequest, person: Person) -> HttpResponse:
    """Who the child is, where they stand, who is with them, what is due, and what happened: on one page."""
    return render(request, STORY_PAGE, story_of(request, person))


@can_open_child
def story_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """The same page in words as a PDF; where this machine cannot make one, the page itself, to be printed.

    The pictures are left to the page: what they say stands in words beside them.
    """
    page = story_of(request, person)
    if not can_make_pdf():
        messages.info(
            request, "This machine cannot make a PDF. Print this page instead: it is set for paper."
        )
        return render(request, STORY_PAGE, page)
    html = render_to_string(STORY_PAGE, {**page, "paper": "kith/paper.html"}, request)
    return pdf_response(request, html, f"story-{person.pk}")


def story_of(request: HttpRequest, person: Person) -> dict[str, Any]:
    """Everything a child's page says, as this person may see it; each relative's name shown is audited."""
    user, today, ids = user_of(request), timezone.localdate(), same_person_ids(person)
    relatives = relatives_of(person, user)
    near = [*ids, *(pk for under in relatives.openable.values() for pk in under)]
    note_absent({kind: near if kind in care.READ_TOGETHER else ids for kind in _kinds_to_note()})
    care.read_together(near)
    people = shown([person.pk, *relatives.seen])
    of_each = {each.person_id: each for each in current_facts(PersonDetails, [*ids, *relatives.seen])}
    own = of_each.get(person.pk) or next((of_each[pk] for pk in ids if pk in of_each), None)
    child, lines = people[person.pk], lines_of(person)
    picture, files = chronology.picture_of(lines, today), told_by(person)
    told_until = last_told(files, lines, today)
    clocks, (here, steps) = clocks_for(person, timezone.now()), stage_and_steps(person, today)
    working = working_with(ids, today)
    may_put_aside = can("decide_on_work", user)
    sex = {pk: each.sex for pk, each in of_each.items()}
    sex[person.pk] = own.sex if own else ""
    sections = [each for area in brought("story") for each in area.SECTIONS]
    page = ChildsPage(request, user, person, ids, today, relatives.seen)
    offered = next_steps(steps, person, user)
    sleeps, night = tonight(child, ids, today), night_of(ids, told_until or today)
    return {
        "first_sections": shown_on(page, between(sections, *FIRST)),
        "middle_sections": shown_on(page, between(sections, *MIDDLE)),
        "last_sections": shown_on(page, between(sections, *LAST)),
        "next_steps": [step for step in offered if step.url],
        "other_steps": "; ".join(step.words for step in offered if not step.url),
        "add_note_url": add_note_url(person),
        "person": person,
        "child": child,
        "details": own,
        "about": about(ids, own),
        "reach": ways_to_reach(person, relatives, people),
        "may_register": can("keep_people", user),
        "may_have_died": may_have_died(person),
        "why": reason_known(user, person),
        "sentence": sentence(
            child.name,
            born=child.date_of_birth,
            expected=child.expected_date_of_birth,
            died=child.date_of_death,
            pregnancy_ended_on=child.pregnancy_ended_on,
            bands=picture.bands,
            on=today,
            told_until=told_until,
            enquired=night.enquired,
            gone=sleeps.gone if sleeps else "",
            placed=sleeps.placed if sleeps else "",
        ),
        "first_due": None if told_until else first_due(clocks, today),
        "path": [{"words": words, "is_here": name == here.name} for name, words in PATH.items()],
        "here": here,
        "now": _open_now(picture.bands, told_until or today, person),
        "tonight": sleeps,
        "settled": night.settled if sleeps and not sleeps.is_adopted else None,
        "is_settled_first": bool(sleeps and night.settled and night.settled.is_newest(sleeps.since)),
        "is_adult": bool(child.date_of_birth and not is_child(child.date_of_birth, today)),
        "authority_is_responsible": who_else_is_responsible(ids, told_until or today),
        "working": working,
        "numbers": numbers(working),
        "is_on_duty": can("answer_calls", user),
        "due": [
            (line, of_line("put_aside", person.pk, line) if may_put_aside else "")
            for line in clocks
            if line.is_open
        ],
        "met": sum(line.met_on is not None for line in clocks),
        "family": family_of(person, relatives, people, sex, today),
        "points": [_point(person, point) for point in chronology.story_of(lines, today)],
        "timeline": timeline(picture, person, today),
        "told_by": files,
        "told_until": told_until,
        "may_see_who_looked": can_see_who_looked(user, person),
        "may_restrict": can("place_restriction", user),
    }


@dataclass(frozen=True)
class FirstDue:
    """What has to be done first for a child: the line, and how many more are late."""

    line: DueLine
    more_late: int


def first_due(lines: Sequence[DueLine], today: date) -> FirstDue | None:
    """What is late, or else due within a week; None where nothing presses."""
    pressing = [
        line
        for line in lines
        if line.is_open and (line.is_at_once or (line.due_on and line.due_on <= today + SOON))
    ]
    if not pressing:
        return None
    first = min(pressing, key=lambda line: (not line.is_at_once, not line.is_late))
    return FirstDue(first, sum(line.is_late for line in pressing) - first.is_late)


@cache
def _kinds_to_note() -> tuple[type[Version], ...]:
    """The kinds of what may be on record of a child, but for those that everybody has."""
    return tuple(
        kind
        for kind in kinds_about_people()
        if kind._meta.app_label != "people" or kind in {Disability, SafeContact}
    )


def last_told(files: ToldBy, lines: Iterable[Line], today: date) -> date | None:
    """The last day any source tells of, where that has passed; None where people here write the record."""
    if files.until is None or files.until >= today or any(line.batch_id is None for line in lines):
        return None
    return files.until


def timeline(picture: chronology.Picture, person: Person, today: date) -> Timeline:
    """The picture of a life, each band and mark leading to its source."""
    in_order = sorted(picture.bands, key=lambda band: (list(LANES).index(band.band), band.started_on))
    bands = [
        Band(
            LANES[band.band],
            _short(band.text),
            band.started_on,
            band.ended_on,
            _source_url(person, band.source),
        )
        for band in in_order
    ]
    return draw_timeline(bands, _marks(picture.marks, person), today)


def _marks(marks: Sequence[chronology.Mark], person: Person) -> list[Mark]:
    in_order = sorted(marks, key=lambda mark: (list(MARKS).index(mark.kind), mark.on))
    return [
        Mark(MARKS[mark.kind], mark.text, mark.on, _source_url(person, mark.source), mark.kind)
        for mark in in_order
    ]


def _short(text: str) -> str:
    """A band's words without what its lane says already."""
    starts = (told.start for told in (KEPT, MOVED_TOGETHER, BACK, SHORT_STAY))
    for said in ("Moved to ", "Looked after under ", *starts):
        text = text.removeprefix(said)
    text = text.replace(" began to work with the child", "")
    return text[:1].upper() + text[1:]


def _open_now(bands: Iterable[chronology.Band], on: date, person: Person) -> list[dict[str, Any]]:
    """What is going on on a day, in the order of the lanes: its words, since when, and its source."""
    going_on = [band for band in open_bands(bands, on).values() if band.band != "worker"]
    return [
        {
            "lane": LANES[band.band],
            "text": _short(band.text.removesuffix(" began")),
            "since": band.started_on,
            "url": _source_url(person, band.source),
        }
        for band in sorted(going_on, key=lambda band: list(LANES).index(band.band))
    ]


def _source_url(person: Person, source: chronology.Source) -> str:
    if page := page_of_line(source.table):
        return reverse(page, args=[person.pk, source.thread])
    return reverse("fact_source", args=[person.pk, source.table, source.thread])


def _point(person: Person, point: chronology.TurningPoint) -> dict[str, Any]:
    return {
        "on": point.on,
        "until": point.until,
        "words": point.words,
        "text": point.text,
        "urls": [_source_url(person, source) for source in point.sources],
    }


@can_open_child
def whole_chronology(request: HttpRequest, person: Person) -> HttpResponse:
    """Every line, newest first, that can be narrowed by kind and by words; struck lines on request."""
    lines = lines_of(person, struck=request.GET.get("struck") == "yes")
    chosen = request.GET.get("kind", "")
    words = request.GET.get("words", "").replace("\x00", "").strip()[:200]
    lines = narrowed(lines, kind=chosen if chosen in kinds() else "", words=words)
    page = Paginator(lines[::-1], LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "person": person,
        "child": shown([person.pk])[person.pk],
        "page": page,
        "lines": [
            {
                "line": line,
                "title": kind(line.kind).words,
                "url": _source_url(person, chronology.Source(line.fact_table, line.fact_thread)),
            }
            for line in page
        ],
        "kinds": sorted(kinds().values(), key=lambda each: each.words),
        "chosen": chosen,
        "words": words,
        "struck": request.GET.get("struck") == "yes",
    }
    return render(request, "kith/story/chronology.html", context)


@can_open_child
def fact_source(request: HttpRequest, person: Person, table: str, thread: int) -> HttpResponse:
    """One fact: what it says, its earlier versions, and the rows of files that told it."""
    title, versions = versions_of(person, table, thread, user_of(request))
    context = {
        "person": person,
        "child": shown([person.pk])[person.pk],
        "title": title,
        "current": next((version for version in versions if version.is_current), None),
        "earlier": [version for version in versions if not version.is_current],
    }
    return render(request, "kith/story/source.html", context)
