"""What is of concern outside the home: the list, one of them, and what is done against it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.outside import permissions, queries, services
from kith.record.outside.models import Concern
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.outside.forms import (
    ChangeStepForm,
    ConcernForm,
    EndConcernForm,
    EndLinkForm,
    NewConcernForm,
    StepForm,
    between_form,
)
from kith.web.outside.known import touched_by
from kith.web.outside.pages import Words, about_concern, act_page, carry_on_with, write_anew
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import power, user_of

NOTE = draft_form(
    "note_concern", "Something of concern outside the home", page=lambda about: reverse("note_concern")
)
STEP = draft_form(
    "disrupt", "A step against harm outside the home", page=lambda about: reverse("disrupt", args=[about])
)
BETWEEN = draft_form(
    "link_concerns", "Two that are linked", page=lambda about: reverse("link_concerns", args=[about])
)


@power("work_on_harm_outside")
def concerns(request: HttpRequest) -> HttpResponse:
    """Every place, group, adult, vehicle, phone and account of concern; no young person is named."""
    return render(request, "kith/outside/concerns.html", {"concerns": queries.concerns()})


@power("work_on_harm_outside")
def note_concern(request: HttpRequest) -> HttpResponse:
    """Write down what is of concern, as young people call it."""
    draft = with_draft(request, NOTE)
    return carry_out(
        request,
        draft.form(NewConcernForm),
        lambda answers: services.note_concern(by=user_of(request), **answers).thread,
        page="kith/task.html",
        to=lambda thread: reverse("concern", args=[thread]),
        said="It is written down. Now link whom and what it touches.",
        context={
            "title": "Something of concern outside the home",
            "act": "Write it down",
            "cancel_url": reverse("concerns"),
        },
        draft=draft,
    )


@power("work_on_harm_outside")
def concern(request: HttpRequest, thread: int) -> HttpResponse:
    """One of them: what is known, whom it touches of those the reader works with, and what is done."""
    one, user, today = _concern_or_404(thread), user_of(request), timezone.localdate()
    links = queries.links_to([thread])[thread]
    touched = touched_by(user, links, where="a concern outside the home")
    others = {each.thread: each for each in queries.concerns()}
    page = {
        "concern": one,
        "links": [{"link": link, "who": who} for link in links if (who := touched.of(link))],
        "are_there_others": touched.are_there_others,
        "steps": [
            {"step": step, "comes_up": queries.comes_up(step.until, today)}
            for step in queries.steps_against([thread])[thread]
        ],
        "between": [
            {"what": each, "other": others[other]}
            for each in queries.between([thread])
            if (other := each.other_thread if each.one_thread == thread else each.one_thread) in others
        ],
        "may_see_map": permissions.can_see_map(user),
        "today": today,
    }
    return render(request, "kith/outside/concern.html", page)


@power("work_on_harm_outside")
def change_concern(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down what is known of it now."""
    one = _concern_or_404(thread)
    now = {name: getattr(one, name) for name in ("name", "how_known", "description")}
    now["may_be_shared"] = {True: "yes", False: "no", None: ""}[one.may_be_shared]
    words = Words("{name}: what is known of it now", "Save what is known", "It is written down.")
    return carry_on_with(
        request, about_concern(one), ("concern", one), ConcernForm, services.change_concern, words, now
    )


@power("work_on_harm_outside")
def end_concern(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down that it is no longer of concern; what is linked to it ends with it."""
    one, said = _concern_or_404(thread), "It is over, and so are the links to it."
    words = Words("{name}: no longer of concern", "Save that it is over", said)
    return carry_on_with(
        request, about_concern(one), ("concern", one), EndConcernForm, services.end_concern, words
    )


@power("work_on_harm_outside")
def link_concerns(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down that it has to do with another."""
    one, draft = _concern_or_404(thread), with_draft(request, BETWEEN, about=thread)
    held = {each.thread: each for each in queries.concerns() if each != one and each.ended_on is None}

    def link(said: dict[str, Any]) -> int:
        other = held[said.pop("other")]
        return services.link_concerns(one=one, other=other, by=user_of(request), **said).thread

    words = Words("{name}: what it has to do with another", "Link the two", "They are linked.")
    form = draft.form(between_form([*held.values()]))
    return act_page(request, about_concern(one), form, link, words, draft)


@power("work_on_harm_outside")
def end_between(request: HttpRequest, thread: int, between: int) -> HttpResponse:
    """Write down that it has nothing to do with another any more."""
    one, link = _concern_or_404(thread), queries.between_of(between)
    if link is None or thread not in {link.one_thread, link.other_thread}:
        raise Http404("No such link of this")
    words = Words("{name}: a link is over", "Save that it is over", "The link is over.")
    return carry_on_with(
        request, about_concern(one), ("between", link), EndLinkForm, services.end_between, words
    )


@power("work_on_harm_outside")
def disrupt(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down a step against it."""
    one = _concern_or_404(thread)
    words = Words("{name}: a step against it", "Save the step", "The step is on record.")
    about, drafted = about_concern(one), (STEP, thread)
    return write_anew(request, about, drafted, StepForm, services.disrupt, words, concern=one)


@power("work_on_harm_outside")
def change_step(request: HttpRequest, thread: int, step: int) -> HttpResponse:
    """Write down until when a step lasts now, and what came of it."""
    one, held = _concern_or_404(thread), queries.step_of(step)
    if held is None or held.concern_thread != thread:
        raise Http404("No such step against this")
    now = {"until": held.until, "came_of_it": held.came_of_it}
    words = Words("{name}: a step against it", "Save what became of it", "The step is on record.")
    return carry_on_with(
        request, about_concern(one), ("step", held), ChangeStepForm, services.change_step, words, now
    )


def _concern_or_404(thread: int) -> Concern:
    found = queries.concern_of(thread)
    if found is None:
        raise Http404("Nothing of concern by this number")
    return found
