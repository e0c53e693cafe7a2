"""Starting, writing, reading and sharing an assessment."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Choice, Together, family_to_choose
from kith.record.assessment import permissions, queries, services
from kith.record.assessment.form import FAMILY
from kith.record.assessment.models import ChildsPart, FamilyAssessment, Stage
from kith.record.chronology.policies import NoCaseOpen
from kith.record.frontdoor.queries import referral_threads
from kith.record.pathway import assessed
from kith.record.people.models import Person
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids, merged_under, same_person_ids
from kith.record.refusals import Refused
from kith.record.versions import current_matters
from kith.web.assessing import reading
from kith.web.assessing.forms import (
    AUTHORISE,
    ReadForm,
    ShareForm,
    child_form,
    family_form,
    initial_of,
    split,
    start_form,
)
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.told import told_about
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import can_act_for, can_open_matter, user_of

TASK, WRITE = "kith/task.html", "kith/assessing/write.html"
TOLD = 3  # messages beside the boxes


def _ids(about: str) -> Iterable[int]:
    found = reading.load(int(about.partition("-")[0]))
    return found[1] if found else ()


FAMILY_TEXT = draft_form(
    "assessment",
    "An assessment: the family",
    page=lambda about: reverse("write_family", args=[about]),
    children=_ids,
)
CHILDS_PART = draft_form(
    "childs_part",
    "An assessment: one child",
    page=lambda about: reverse("write_child", args=about.split("-")),
    children=lambda about: [int(about.partition("-")[2])],
)


@can_act_for("assess")
def assess(request: HttpRequest, person: Person) -> HttpResponse:
    """Start an assessment of this child and their brothers and sisters; or go to the one being written.

    One that a decision or an enquiry began, of which nothing is written yet, is not started again: it is
    written from here.
    """
    held = queries.open_assessments([person])
    found = queries.family_of(held.values())
    if found:
        return redirect("assessment", next(iter(found.values())))
    offered = _may_be_assessed(family_to_choose(user_of(request), person, "assess"))
    running = _running(offered)
    joins = next((one for one in running if str(one.thread) == request.POST.get("join")), None)
    if joins:
        return _join(request, joins, person)
    written = {pk for each in running.values() for pk in each}
    options = [(pk, choice.person.name) for pk, choice in offered.items() if pk not in written]

    no_case = _without_a_case(offered)

    def start(answers: dict[str, Any]) -> FamilyAssessment:
        children = [Person.objects.get(pk=pk) for pk in answers["children"]]
        _check_cases(children, offered, no_case)
        return assessed.assess_together(children=children, on=timezone.localdate(), by=user_of(request))

    return carry_out(
        request,
        start_form(options)(_sent(request)),
        start,
        page="kith/assessing/start.html",
        to=lambda family: reverse("assessment", args=[family.thread]),
        said="Write the assessment here." if held else "The assessment has begun.",
        context={
            "title": "Write the assessment that has begun" if held else "Start an assessment",
            "act": "Begin to write" if held else "Start the assessment",
            "cancel_url": _story(person),
            "begun": _begun(offered, written),
            "no_case": [offered[pk].person.name for pk in no_case],
            "may_write_down": can("receive_referrals", user_of(request)),
            "running": [
                (one, ", ".join(offered[pk].person.name for pk in each)) for one, each in running.items()
            ],
        },
    )


def _without_a_case(offered: Mapping[int, Choice]) -> list[int]:
    """Those for whom no case is open today, nor an assessment: one cannot begin for them yet."""
    children = [Person(pk=pk) for pk in offered]
    open_now = {*referral_threads(children, timezone.localdate()), *queries.open_assessments(children)}
    return [pk for pk in offered if pk not in open_now]


def _check_cases(children: Iterable[Person], offered: Mapping[int, Choice], no_case: Container[int]) -> None:
    """Raise NoCaseOpen with who of those chosen has none, and what can be done for the others."""
    without = [offered[child.pk].person.name for child in children if child.pk in no_case]
    others = [offered[child.pk].person.name for child in children if child.pk not in no_case]
    if not without:
        return
    names = " and ".join(without)
    start = f"Untick {names} to start it for {' and '.join(others)} now. " if others else ""
    raise NoCaseOpen(
        f"{names}: no case is open today, so no assessment can begin.",
        f"{start}Write down at the front door what was told of {names}, and decide there to assess; "
        "then they can join this assessment.",
    )


def _begun(offered: Mapping[int, Choice], written: Container[int]) -> list[tuple[str, date]]:
    """Those for whom a decision or an enquiry began an assessment of which nothing is written, since when."""
    held = queries.open_assessments([Person(pk=pk) for pk in offered if pk not in written])
    return [(offered[pk].person.name, one.started_on) for pk, one in held.items()]


def _running(offered: Mapping[int, Choice]) -> dict[FamilyAssessment, list[int]]:
    """The texts being written of these children, each with those of them whom it is about."""
    held = queries.open_assessments([Person(pk=pk) for pk in offered])
    texts = queries.family_of(held.values())
    found: dict[int, list[int]] = {}
    for pk, one in held.items():
        if one.thread in texts:
            found.setdefault(texts[one.thread], []).append(pk)
    families = current_matters(FamilyAssessment, found)
    return {
        families[thread]: each
        for thread, each in found.items()
        if families[thread].stage in {Stage.WRITING, Stage.SENT_BACK}
    }


def _join(request: HttpRequest, family: FamilyAssessment, person: Person) -> HttpResponse:
    """Write of this child in the text that is being written of brothers and sisters."""
    try:
        assessed.join_assessment(family=family, child=person, on=timezone.localdate(), by=user_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("assess", person.pk)
    messages.success(request, "This child is in the assessment that is being written.")
    return redirect("assessment", family.thread)


def _may_be_assessed(choices: dict[int, Choice]) -> dict[int, Choice]:
    return {pk: choice for pk, choice in choices.items() if choice.can_open}


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also where it was nothing but the press of a button."""
    return request.POST if request.method == "POST" else None


def _story(person: Person) -> str:
    return reverse("story", args=[person.pk])


@can_open_matter(reading.load)
def assessment(request: HttpRequest, family: FamilyAssessment, children: Together) -> HttpResponse:
    """All of an assessment on one page: its clock, what is written, what is missing, and what to do next."""
    return render(request, "kith/assessing/assessment.html", _shown(request, family, children))


def _shown(request: HttpRequest, family: FamilyAssessment, children: Together) -> dict[str, Any]:
    read, by = reading.children_read(family, children), user_of(request)
    parts = [child.part for child in read]
    assessments = [queries.assessment_of(part) for part in parts]
    looks_over = any(permissions.can_look_over(by, one) for one in assessments)
    return {
        "family": family,
        "text": None if children.is_held_back else reading.text_of(FAMILY, family.words),
        "children": read,
        "is_held_back": children.is_held_back,
        "clocks": reading.clocks_of(children, timezone.now()),
        "to_finish": {part.person_id for part in queries.parts_to_finish(family)},
        "shared": reading.sharings(family, read),
        "is_written": family.stage in {Stage.WRITING, Stage.SENT_BACK},
        "is_asked": family.stage == Stage.ASKED,
        "is_authorised": family.stage == Stage.AUTHORISED,
        "may_write": permissions.can_assess(by, [part.person for part in parts]),
        "may_read": looks_over and permissions.wrote_none_of(by, family, parts),
    }


@can_open_matter(reading.load, power="assess")
def write_family(request: HttpRequest, family: FamilyAssessment, children: Together) -> HttpResponse:
    """Write what the assessment says of the whole family."""
    if children.is_held_back:
        raise Http404("Its words are with a custodian")
    draft = with_draft(request, FAMILY_TEXT, about=family.thread)
    form = draft.form(family_form(), seen=[family], initial=family.words)

    def write(answers: dict[str, Any]) -> FamilyAssessment:
        return services.write_family(
            family=family, words=answers, by=user_of(request), expected=form.expected(family)
        )

    return carry_out(
        request,
        form,
        write,
        page=WRITE,
        to=_page(family),
        said="What you wrote is in the assessment.",
        context={
            **_writing("The family", family, children),
            **_told(request, [pk for ids in merged_under(children.people).values() for pk in ids]),
        },
        draft=draft,
    )


@can_open_matter(reading.load, power="assess")
def write_child(
    request: HttpRequest, family: FamilyAssessment, children: Together, person_id: int
) -> HttpResponse:
    """Write what the assessment says of one child alone."""
    child = _child_or_404(family, children, person_id)
    draft = with_draft(request, CHILDS_PART, about=f"{family.thread}-{person_id}")
    said = reading.words_since(child, family.started_on)
    asked = child_form(
        is_seen=child.seen_on is not None,
        on=timezone.localdate(),
        said={str(seen.thread): seen.own_words.strip() for seen in said},
        is_unborn=reading.is_unborn(child.shown),
    )
    form = draft.form(asked, seen=[child.part], initial=initial_of(child.part))

    def write(answers: dict[str, Any]) -> ChildsPart:
        return services.write_child(
            part=child.part, by=user_of(request), expected=form.expected(child.part), **split(answers)
        )

    return carry_out(
        request,
        form,
        write,
        page=WRITE,
        to=_page(family),
        said="What you wrote is in the assessment.",
        context={
            **_writing(child.shown.name, family, children),
            "said": said,
            "name": child.shown.name,
            **_told(request, same_person_ids(child.part.person)),
        },
        draft=draft,
    )


@can_open_matter(reading.load)
def childs_part(
    request: HttpRequest, family: FamilyAssessment, children: Together, person_id: int
) -> HttpResponse:
    """What the assessment says of one child alone, to be read."""
    child = _child_or_404(family, children, person_id)
    is_written = family.stage in {Stage.WRITING, Stage.SENT_BACK}
    shown = {
        "family": family,
        "child": child,
        "may_write": is_written and permissions.can_assess(user_of(request), [child.part.person]),
    }
    return render(request, "kith/assessing/part.html", shown)


def _child_or_404(family: FamilyAssessment, children: Together, person_id: int) -> reading.ChildRead:
    for child in reading.children_read(family, children):
        if child.part.person_id == person_id:
            return child
    raise Http404("No such child in this assessment")


def _page(family: FamilyAssessment) -> str:
    return reverse("assessment", args=[family.thread])


def _writing(title: str, family: FamilyAssessment, children: Together) -> dict[str, Any]:
    return {
        "title": f"Assessment: {title}",
        "act": "Save what I wrote",
        "cancel_url": _page(family),
        "clocks": reading.clocks_of(children, timezone.now()),
    }


def _told(request: HttpRequest, person_ids: list[int]) -> dict[str, Any]:
    """What the front door was told of these children, beside the boxes, so that nothing is asked again."""
    told = told_about(user_of(request), person_ids)
    return {"told": told[:TOLD], "told_earlier": len(told[TOLD:])}


@can_open_matter(reading.load, power="assess")
def ask_for_sign_off(request: HttpRequest, family: FamilyAssessment, children: Together) -> HttpResponse:
    """Ask a manager to read an assessment; what is missing is said, and nothing is lost."""
    form = TaskForm(_sent(request), seen=[family])

    def ask(_: dict[str, Any]) -> FamilyAssessment:
        return assessed.ask_for_sign_off(family=family, by=user_of(request), expected=form.expected(family))

    return carry_out(
        request,
        form,
        ask,
        page=TASK,
        to=_page(family),
        said="Your manager has been asked to read it.",
        context={
            "title": "Ask a manager to read it",
            "act": "Ask a manager to read it",
            "cancel_url": _page(family),
            "clocks": reading.clocks_of(children, timezone.now()),
        },
    )


@can_open_matter(reading.load, power="authorise_assessments")
def read_assessment(request: HttpRequest, family: FamilyAssessment, children: Together) -> HttpResponse:
    """Read an assessment and decide: authorise it for every child, or send it back."""
    unwritten = _by_whom(queries.unwritten(family), children)
    form = ReadForm(_sent(request), seen=[family], is_complete=not unwritten)

    def decide(answers: dict[str, Any]) -> str:
        by, expected = user_of(request), form.expected(family)
        if answers["decision"] == AUTHORISE:
            assessed.sign_off(
                family=family, on=timezone.localdate(), by=by, expected=expected,
                although=answers.get("although", ""),
            )  # fmt: skip
            return "The assessment is authorised, and what comes next has begun."
        services.send_back(family=family, because=answers["because"], by=by, expected=expected)
        return "The assessment went back with what is needed."

    return carry_out(
        request,
        form,
        decide,
        page="kith/assessing/read.html",
        to=_page(family),
        said=lambda words: str(words),
        context={
            **_shown(request, family, children),
            "sent_back": None if children.is_held_back else _sent_back(family, children),
            "unwritten": unwritten,
            "title": "Read the assessment",
            "act": "Decide",
            "cancel_url": _page(family),
        },
    )


def _by_whom(unwritten: Iterable[queries.Unwritten], children: Together) -> dict[str, list[str]]:
    """The headings with nothing under them, by the family or the child's name, of what this reader reads.

    None of a child whose part is not theirs to read: a heading alone may tell that a baby is expected.
    """
    kept = kept_ids(one.person_id for one in unwritten if one.person_id)
    family = None if children.is_held_back else "The family"
    found: dict[str, list[str]] = {}
    for one in unwritten:
        child = children.people.get(kept[one.person_id]) if one.person_id else None
        whose = (child.name if child else None) if one.person_id else family
        if whose:
            found.setdefault(whose, []).append(one.heading)
    return found


def _sent_back(family: FamilyAssessment, children: Together) -> reading.SentBack | None:
    return reading.sent_back(family, reading.children_read(family, children))


@can_open_matter(reading.load, power="assess")
def share_assessment(request: HttpRequest, family: FamilyAssessment, children: Together) -> HttpResponse:
    """Write down that somebody in the family was given the assessment to read, and what they said."""

    def share(answers: dict[str, Any]) -> list[Any]:
        shown = reading.children_read(family, children)
        return [services.share_assessment(part=child.part, by=user_of(request), **answers) for child in shown]

    return carry_out(
        request,
        ShareForm(_sent(request), initial={"on": timezone.localdate()}),
        share,
        page="kith/assessing/share.html",
        to=_page(family),
        said="It is on record who read it, and what they said.",
        context={
            "title": "Share the assessment with the family",
            "act": "Save who read it",
            "cancel_url": _page(family),
        },
    )
