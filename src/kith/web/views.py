"""Kith's own small pages: health, keys, staying signed in, and the gallery of components."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.record.people.models import Role
from kith.web.who_may import anyone, roles, signed_in


@anyone
def health(request: HttpRequest) -> HttpResponse:
    """ "well" when Kith and its database answer; 503 and "no database" when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database", status=503, content_type="text/plain")
    return HttpResponse("well", content_type="text/plain")


@signed_in
def stay(request: HttpRequest) -> HttpResponse:
    """Say that somebody is still here; the session notes it."""
    request.session["last_seen_at"] = timezone.now().timestamp()
    return HttpResponse("signed in", content_type="text/plain")


@signed_in
def keys(request: HttpRequest) -> HttpResponse:
    """The keys, as a page, for those whose browser runs no scripts."""
    return render(request, "kith/keys.html")


@roles(Role.ADMINISTRATOR, anyone_in_demo=True)
def gallery(request: HttpRequest) -> HttpResponse:
    """Each component in every state, for those who build pages from them."""
    form = GalleryForm({"seen_on": "31/31/2026", "what": "Everybody was at home."})
    form.is_valid()
    return render(request, "kith/gallery.html", {"form": form, **_examples(timezone.localdate())})


class GalleryForm(forms.Form):
    """A form with a field of each kind; invented, and never saved."""

    seen_on = forms.DateField(label="Date of the visit", help_text="For example, 3/3/2026")
    what = forms.CharField(label="What happened", widget=forms.Textarea(attrs={"rows": 3}))
    where = forms.ChoiceField(
        label="Where", choices=[("", "Choose"), ("home", "At home"), ("school", "At school")]
    )
    alone = forms.ChoiceField(
        label="Was she seen alone?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    who = forms.MultipleChoiceField(
        label="Who was there?",
        required=False,
        choices=[("mother", "Mother"), ("grandmother", "Grandmother")],
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label="A photograph", required=False)
    told = forms.BooleanField(label="The family has been told", required=False)


def _examples(today: date) -> dict[str, Any]:
    return {
        "clocks": [
            SimpleNamespace(due=today + timedelta(days=2), held=None),
            SimpleNamespace(due=today, held=None),
            SimpleNamespace(due=today - timedelta(days=3), held=None),
            SimpleNamespace(due=today, held=today - timedelta(days=1)),
            SimpleNamespace(due=today - timedelta(days=9), held=today - timedelta(days=4)),
        ],
        "rows": [
            {"key": "Likes to be called", "value": "Mimi", "url": "#summary-list"},
            {"key": "First language", "value": "Dari"},
        ],
        "sections": [
            {"id": "timescales", "title": "Timescales", "alert": "1 late"},
            {"id": "tables", "title": "Tables"},
        ],
        "headings": ["Year", "Children", "On time"],
        "figures": [["2023-24", 412, "81%"], ["2024-25", 398, "84%"]],
        "born": today - timedelta(days=2700),
        "lines": [
            _line(today, 30, "Moved to her grandmother", "care", who="Sade Bankole"),
            _line(today, 90, "Section 47 enquiry started", "protection"),
            _line(today, 200, "Family help began", "help", text="Asked for by her mother."),
        ],
        "page": Paginator(range(45), 10).page(2),
    }


def _line(today: date, days: int, title: str, kind: str, **more: str) -> dict[str, Any]:
    return {"on": today - timedelta(days=days), "title": title, "kind": kind, **more}
