"""The gallery of components: everything that pages are made of, in every state."""

from datetime import date, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.people.models import Role
from kith.web.areas import brought
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.who_may import roles


@roles(Role.ADMINISTRATOR, anyone_in_demo=True)
def gallery(request: HttpRequest) -> HttpResponse:
    """Each component in every state, for those who build pages from them; each area's after Kith's own."""
    form = GalleryForm({"seen_on": "31/31/2026", "what": "Everybody was at home."})
    form.is_valid()
    draft = with_draft(request, TRIED if request.user.is_authenticated else TRIED_BY_A_VISITOR)
    tried = draft.form(TriedForm, prefix="tried")
    if request.method == "POST" and tried.is_valid():
        return redirect(draft.finish(lambda: TRIED.page("")))
    draft.keep()
    today = timezone.localdate()
    parts = [(f"kith/gallery/{area_of(each)}.html", each.examples(today)) for each in brought("gallery")]
    shown = {"form": form, "draft": draft, "tried": tried, "parts": parts, **_examples(today)}
    return render(request, "kith/gallery.html", shown)


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


class TriedForm(forms.Form):
    """A form to try drafts with: what is typed is kept until it is sent, and then kept nowhere."""

    day = forms.DateField(label="Day you tried it", help_text="For example, 3/3/2026")
    words = forms.CharField(label="Type here, and look below", widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.ChoiceField(
        label="Was it kept?", choices=[("yes", "All of it"), ("no", "Not all")], widget=forms.RadioSelect
    )
    by = forms.MultipleChoiceField(
        label="Who tried it?",
        required=False,
        choices=[("me", "I did"), ("another", "Somebody beside me")],
        widget=forms.CheckboxSelectMultiple,
    )


def _where_it_is_tried(about: str) -> str:
    return reverse("gallery") + "#drafts"


TRIED = draft_form("tried", "A form to try", page=_where_it_is_tried)
TRIED_BY_A_VISITOR = draft_form("tried-by-a-visitor", "A form to try", page=_where_it_is_tried, is_open=True)


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
            {"id": "drafts", "title": "Drafts"},
        ],
        "headings": ["Year", "Children", "On time"],
        "figures": [["2023-24", 412, "81%"], ["2024-25", 398, "84%"]],
        "born": today - timedelta(days=2700),
        "lines": [
            _line(today, 30, "Moved to her grandmother", "care", who="Sade Bankole"),
            _line(today, 90, "Section 47 enquiry started", "protection"),
            _line(today, 200, "Family help began", "help", text="Asked for by her mother."),
        ],
        "drafts": [
            SimpleNamespace(
                title="A visit",
                names="Amira Khan",
                url="#drafts",
                form="tried",
                about="new",
                saved_at=timezone.now() - timedelta(days=age),
                is_old=age > 14,
            )
            for age in (0, 20)
        ],
        "page": Paginator(range(45), 10).page(2),
        "dues": [
            _due(is_open=True, is_late=True, words="9 working days over, since Tue 3 Mar 2026"),
            _due(is_open=True, is_late=False, words="Due Tue 3 Mar 2026, 4 working days left"),
            _due(is_open=False, is_late=False, words="Met Mon 2 Mar 2026"),
        ],
    }


def _due(**state: Any) -> SimpleNamespace:
    rule = {"what": "Review conference", "why": "Working Together 2023", "is_verified": False}
    return SimpleNamespace(**rule, is_set_locally=False, **state)


def _line(today: date, days: int, title: str, kind: str, **more: str) -> dict[str, Any]:
    return {"on": today - timedelta(days=days), "title": title, "kind": kind, **more}


def area_of(module: ModuleType) -> str:
    """The area that a module was brought by."""
    return module.__name__.split(".")[-2]
