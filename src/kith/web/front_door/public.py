"""Anybody may tell us about a child: no account, and nobody is put on record by it."""

from dataclasses import replace
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from kith.record.frontdoor import services
from kith.record.frontdoor.models import Danger, Message, Way
from kith.record.frontdoor.policies import LONGEST_OF_PUBLIC, MOST_OF_PUBLIC
from kith.record.pathway.alerting import tell_managers_now
from kith.record.people.local import local_setting
from kith.record.refusals import NotPossible, Refused
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.whom import named_in
from kith.web.front_door.writing import URGENT
from kith.web.people.forms import line
from kith.web.task_pages.forms import TaskForm, choice, words
from kith.web.task_pages.public import public_page
from kith.web.who_may import anyone

TELL = draft_form("tell-us", "Tell us about a child", page=lambda about: reverse("tell_us"), is_open=True)
# How somebody knows the child -> the code of `referral_source`, where that alone says it.
KNOWS = {"family": "1A", "near": "1B", "self": "1C", "work": "", "other": "1D"}


class TellUsForm(TaskForm):
    """What worries somebody, about which child; all else may stay empty."""

    what_was_said = words(
        "What are you worried about?", "Write what worries you", rows=5, longest=LONGEST_OF_PUBLIC
    )
    children = words(
        "Which child or children?", "Write which child this is about", rows=3, longest=LONGEST_OF_PUBLIC,
        help_text="A name if you know it, how old they are, and where they live. One child a line.",
    )  # fmt: skip
    danger = choice(
        "Could a child be hurt today?",
        [(Danger.NOW, "Yes"), (Danger.NOT_TODAY, "No, not today"), (Danger.CANNOT_TELL, "I cannot tell")],
        help_text="If somebody is in danger right now, ring 999 first.",
    )
    knows = choice(
        "How do you know them?",
        [
            ("family", "I am family"), ("near", "I am a neighbour or a friend"), ("self", "It is about me"),
            ("work", "Through my work"), ("other", "Another way"),
        ],
    )  # fmt: skip
    teller_name = line("Your name, if you want to say it", longest=150)
    teller_way_back = line("How and when may we ring or write to you?", longest=200)
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people never see it; robots fill it

    def clean_children(self) -> str:
        said = str(self.cleaned_data["children"])
        if len([each for each in said.splitlines() if each.strip()]) > MOST_OF_PUBLIC:
            raise ValidationError(f"Name up to {MOST_OF_PUBLIC} children; tell us of others once more")
        return said


@anyone
def tell_us(request: HttpRequest) -> HttpResponse:
    """Tell us about a child, with or without one's name; a manager reads it within a working day."""
    draft = with_draft(request, TELL, about="new")
    form = draft.form(TellUsForm)
    is_too_often = False
    if request.method == "POST" and form.is_valid():
        if form.answers["website"]:
            return redirect("told_us")
        is_too_often = not ratelimit.consume(request, action="tell_us")
        try:
            _check_not_too_often(is_too_often)
            draft.finish(lambda: _told(form.answers))
        except Refused as refusal:
            form.add_error(None, refusal.outside)
        else:
            return redirect("told_us")
    draft.keep()
    return public_page(
        request, "kith/front_door/tell_us.html",
        {"title": "Tell us about a child", "act": "Tell us", "form": form, "draft": draft},
        status=429 if is_too_often else 422 if form.errors else 200,
    )  # fmt: skip


def _check_not_too_often(is_too_often: bool) -> None:
    """Raise NotPossible, with a number to ring, where too many came from one address; all stays typed."""
    if is_too_often:
        today = timezone.localdate()
        phone = local_setting("front_door_phone", today) or local_setting("help_phone", today)
        raise NotPossible(
            "Thank you for telling us. So much was told from here today that this page cannot send yours "
            "just now; it is not sent.",
            f"Please ring {phone or 'the council and ask for children’s social care'}: somebody will listen. "
            "What you wrote is still below, to read it out.",
        )


def _told(said: dict[str, Any]) -> str:
    today = timezone.localdate()
    message: Message = services.write_message(
        by=None,
        way=Way.PAGE,
        what_was_said=said["what_was_said"],
        children=[_unmatched(child) for child in named_in(said["children"], today)],
        danger=said["danger"],
        source=KNOWS.get(said["knows"], ""),
        teller_name=said["teller_name"],
        teller_way_back=said["teller_way_back"],
        teller_role="Knows the child through their work" if said["knows"] == "work" else "",
        is_from_third_party=said["knows"] != "self",
    )
    if message.danger == Danger.NOW:
        tell_managers_now(message, None, text=URGENT)
    return "told"


def _unmatched(child: services.Named) -> services.Named:
    """A child that a public page named: nobody has looked yet who that is."""
    return replace(child, is_new=False)


@anyone
def told_us(request: HttpRequest) -> HttpResponse:
    """What happens next; nothing of what was told is shown again."""
    return public_page(request, "kith/front_door/told_us.html", {"title": "Thank you for telling us"})
