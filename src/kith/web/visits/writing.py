"""Writing a visit or a note: one screen, one press to save, for all the children it was about."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.clocks.queries import clocks_for
from kith.record.pathway import visiting
from kith.record.pathway.assessment_clocks import SEEN, SEEN_AT_ONCE
from kith.record.pathway.visit_clocks import NEED_VISIT, OUTER_LIMIT, PROTECTION_VISIT
from kith.record.people.models import Person, User
from kith.record.visits import permissions, services
from kith.record.visits.models import How, Note, Visit
from kith.record.visits.services import About, Saw
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.fields import all_words
from kith.web.visits.forms import NOBODY, NoteForm, VisitForm
from kith.web.visits.whom import colleagues, counts_in_words, plans_to_offer, who_may_be_there, whom
from kith.web.who_may import can_open_child, user_of

VISIT = draft_form(
    "visit",
    "A visit",
    page=lambda about: reverse("write_visit", args=[about]),
    children=lambda about: [int(about)],
)
NOTE = draft_form(
    "note",
    "A note",
    page=lambda about: reverse("add_note", args=[about]),
    children=lambda about: [int(about)],
)
VISIT_CLOCKS = {PROTECTION_VISIT, OUTER_LIMIT, NEED_VISIT, SEEN, SEEN_AT_ONCE}


@can_open_child
def write_visit(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down one visit to the children of a family whose records this worker may open."""
    user, today = user_of(request), timezone.localdate()
    permissions.check_can_write(user, [person])
    family = whom(user, person, today, "write the visit")
    draft = with_draft(request, VISIT, about=person.pk)
    form = draft.form(
        VisitForm,
        children=family.children,
        there=who_may_be_there(user, person, [child.person_id for child in family.children], today),
        colleagues=colleagues(user),
        plans=plans_to_offer(user, family.children),
        initial={"children": family.together},
    )
    clocks = [line for line in clocks_for(person, timezone.now()) if line.clock in VISIT_CLOCKS]
    context = {
        "person": person,
        "title": "Write the visit",
        "act": "Save the visit",
        "clocks": [line for line in clocks if line.is_open],
        "counts": counts_in_words(form.called, today),
        "all_words": all_words(len(family.children)),
        "others": family.others,
    }
    return carry_out(
        request,
        form,
        lambda answers: _write_visit(user, answers),
        page="kith/visits/write_visit.html",
        to=lambda made: reverse("visit", args=[person.pk, made.thread]),
        said=_visit_said,
        context=context,
        draft=draft,
    )


def _write_visit(user: User, answers: dict[str, Any]) -> Visit:
    there, worker = answers.pop("people_there", []), answers.pop("with_worker", "")
    each, chosen = answers.pop("each"), answers.pop("children")
    return visiting.write_visit(
        **answers,
        saw=[Saw(Person(pk=pk), **each.get(pk, {})) for pk in chosen],
        people_there=[int(pk) for pk in there if pk != NOBODY],
        was_nobody_else_there=True if NOBODY in there else None,
        with_worker=User.objects.get(pk=worker) if worker else None,
        by=user,
    )


def _visit_said(made: Visit) -> str:
    if made.how == How.NOBODY_IN:
        return "The visit is on record, and that nobody was in."
    return "The visit is on record, on the file of each child it was to."


@can_open_child
def add_note(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a note, a call, a meeting, a child's words or a manager's decision."""
    user, today = user_of(request), timezone.localdate()
    permissions.check_can_write(user, [person])
    family = whom(user, person, today, "add a note")
    draft = with_draft(request, NOTE, about=person.pk)
    form = draft.form(
        NoteForm,
        children=family.children,
        may_decide=permissions.can_decide(user, [person]),
        initial={"children": [person.pk]},
    )
    context = {
        "person": person,
        "title": "Add a note",
        "act": "Save the note",
        "others": family.others,
    }
    return carry_out(
        request,
        form,
        lambda answers: _write_note(user, answers),
        page="kith/visits/add_note.html",
        to=lambda made: reverse("note", args=[person.pk, made.thread]),
        said="The note is on record, on the file of each child it is about.",
        context=context,
        draft=draft,
    )


def _write_note(user: User, answers: dict[str, Any]) -> Note:
    each, chosen = answers.pop("each"), answers.pop("children")
    about = [About(Person(pk=pk), **each.get(pk, {})) for pk in chosen]
    return services.write_note(**answers, about=about, by=user)
