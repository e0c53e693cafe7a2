"""The documents on a person's file: the list, adding one, taking one away, taking one off."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from kith.record.documents import permissions, queries, services
from kith.record.documents.formats import formats
from kith.record.documents.models import Document
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, shown
from kith.web.documents.forms import DocumentForm, TakeOffForm
from kith.web.task_pages.doing import carry_out
from kith.web.visits.whom import whom
from kith.web.who_may import can_open_child, user_of

ON_A_PAGE = 50


@can_open_child
def documents(request: HttpRequest, person: Person) -> HttpResponse:
    """Every document on a person's file, the latest first."""
    user = user_of(request)
    held = queries.documents_of(same_person_ids(person))
    words = {one.format: one.words for one in formats()}
    page = Paginator(held, ON_A_PAGE).get_page(request.GET.get("page"))
    may_read = permissions.can_read_each(user, person, [one.about for one in page])
    context = {
        "person": person,
        "child": shown([person.pk])[person.pk],
        "page": page,
        "lines": [
            {
                "document": one.document,
                "part": one.part,
                "kind": words.get(one.document.format, "file"),
                "may_read": may,
            }
            for one, may in zip(page, may_read, strict=True)
        ],
        "may_keep": permissions.can_keep(user, [person]),
    }
    return render(request, "kith/documents/documents.html", context)


@can_open_child
def add_document(request: HttpRequest, person: Person) -> HttpResponse:
    """Keep a file about the children of a family whose records this worker may open."""
    user = user_of(request)
    permissions.check_can_keep(user, [person])
    family = whom(user, person, timezone.localdate(), "add a document")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DocumentForm(*sent, children=family.children, initial={"children": [person.pk]})
    back = reverse("documents", args=[person.pk])
    return carry_out(
        request,
        form,
        lambda answers: _add(user, answers),
        page="kith/documents/add.html",
        to=back,
        said="The document is on the file of each child it is about.",
        context={"person": person, "title": "Add a document", "act": "Keep the document", "cancel_url": back},
    )


def _add(user: User, answers: dict[str, Any]) -> Document:
    file, chosen = answers.pop("file"), answers.pop("children")
    about = [Person(pk=pk) for pk in chosen]
    return services.add_document(**answers, about=about, content=file.chunks(), name=file.name, by=user)


@can_open_child
def document(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """One document to take away; no browser keeps it or opens it by itself."""
    found = _found(person, thread)
    content = services.take_away(found, person=person, by=user_of(request))
    answer = HttpResponse(content, content_type=found.document.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.document.file_name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@can_open_child
def take_document_off(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Take a document off the file of somebody it is not about."""
    user, found = user_of(request), _found(person, thread)
    permissions.check_can_keep(user, [person])
    back = reverse("documents", args=[person.pk])
    return carry_out(
        request,
        TakeOffForm(request.POST or None),
        lambda answers: services.take_off(part=found.part, by=user, **answers),
        page="kith/documents/take_off.html",
        to=back,
        said="It is off this file.",
        context={
            "person": person,
            "what": found.document.what,
            "title": "This document is not about this child",
            "act": "Take it off this file",
            "danger": True,
            "cancel_url": back,
        },
    )


def _found(person: Person, thread: int) -> queries.OnFile:
    found = queries.document_on_file(thread, same_person_ids(person))
    if found is None:
        raise Http404("It is not on this file")
    return found
