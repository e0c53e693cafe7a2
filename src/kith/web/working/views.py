"""Giving children to a worker, handing them over, and covering for a colleague."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.looking import Together
from kith.record.access.messages import tell
from kith.record.access.permissions import can_open
from kith.record.audit.services import looks_together
from kith.record.owed.models import Owed
from kith.record.owed.queries import persons_of
from kith.record.pathway import handing_over
from kith.record.people import staff
from kith.record.people.models import Cover, Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import (
    covers_for,
    members_managed_by,
    memberships_of,
    name_of,
    same_person_ids,
)
from kith.record.refusals import Refused
from kith.record.workload import services
from kith.record.workload.models import Handover
from kith.record.workload.queries import handovers_of, to_read
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.told import told_about
from kith.web.protecting.of_concern import of_concern
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_child, can_open_matter, power, user_of
from kith.web.working.assembled import assembled
from kith.web.working.forms import AllocateForm, CoverForm, FamilyToldForm, GoodbyeForm, HandOverForm
from kith.web.working.whom import of_one_family, role_with_child, who_has, workers_to_choose

HAND_OVER = draft_form(
    "hand_over",
    "A handover",
    page=lambda about: reverse("hand_over", args=[about]),
    children=lambda about: [int(about)],
)
ONE_DAY = timedelta(days=1)


@can_act_for("allocate")
@looks_together()
def allocate(request: HttpRequest, person: Person) -> HttpResponse:
    """Give a child, and the children of their family, to a worker from a day."""
    user, today = user_of(request), timezone.localdate()
    family = of_one_family(user, person, only=None, where="allocating")
    form = AllocateForm(
        request.POST or None,
        children_of=[(str(child.person_id), child.name) for child in family],
        workers=workers_to_choose(user, today),
        initial={"on": today},
    )

    def give(said: dict[str, Any]) -> None:
        worker = User.objects.get(pk=said["worker"])
        member = memberships_of(worker).first()
        handing_over.give_children(
            children=[Person(pk=pk) for pk in said["children"]],
            worker=worker,
            team=member.team if member else None,
            role=role_with_child(worker),
            on=said["on"],
            change_reason=said["change_reason"],
            apart_because=said["apart_because"],
            by=user,
        )

    return carry_out(
        request, form, give, page="kith/task.html", to=reverse("my_work"),
        said="They are told, and find the children in My work.",
        context={
            "title": f"Who works with {name_of(person)}?", "act": "Allocate",
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("hand_over")
@looks_together()
def hand_over(request: HttpRequest, person: Person) -> HttpResponse:
    """Hand a child over to the next worker, with brothers and sisters who are the same worker's."""
    user, today = user_of(request), timezone.localdate()
    before = who_has(person, user, today)
    if before is None:
        messages.info(request, "Nobody works with this child yet: choose who does.")
        return redirect("allocate", person.pk)
    theirs = handing_over.children_with(before, today)
    family = of_one_family(user, person, only=theirs, where="handing over")
    draft = with_draft(request, HAND_OVER, about=person.pk)
    form = draft.form(
        HandOverForm,
        children=family,
        children_of=[(str(child.person_id), child.name) for child in family],
        workers=workers_to_choose(user, today, but=[before.pk]),
        initial={"on": today},
    )

    def hand(said: dict[str, Any]) -> None:
        handing_over.hand_over(
            children=[Person(pk=pk) for pk in said["children"]],
            before=before,
            to=User.objects.get(pk=said["to"]),
            on=said["on"],
            change_reason=said["change_reason"],
            apart_because=said["apart_because"],
            lines=said["each"],
            family=handing_over.OfFamily(said["told_by"], said["told_on"], said["goodbye_on"]),
            by=user,
        )

    return carry_out(
        request, form, hand, draft=draft, page="kith/working/hand_over.html", to=reverse("my_work"),
        said="It is handed over. What is owed and planned went with it.",
        context={
            "person": person, "title": f"Hand over {name_of(person)}", "act": "Hand over",
            "before": before, "is_own": before.pk == user.pk,
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


def _left(owed: int) -> tuple[Owed, list[int]] | None:
    """Something owed of a handover that is still to be done, and whom it is about."""
    found = Owed.current.filter(thread=owed, what__in=[handing_over.TOLD, handing_over.GOODBYE]).first()
    return (found, persons_of(found)) if found and found.is_open else None


@can_open_matter(_left)
def after_handover(request: HttpRequest, left: Owed, children: Together) -> HttpResponse:
    """Say who told the family of their new worker, or when the visit together was; it is owed no more."""
    user, is_told = user_of(request), left.what == handing_over.TOLD
    names = ", ".join(one.name for one in children.people.values())
    form = (FamilyToldForm if is_told else GoodbyeForm)(request.POST or None)
    do = handing_over.say_family_is_told if is_told else handing_over.say_goodbye_is_held
    return carry_out(
        request, form, lambda said: do(left=left, by=user, **said),
        page="kith/task.html", to=reverse("my_work"), said="It is on record.",
        context={
            "title": f"Who told the family of {names}?" if is_told else f"The goodbye: {names}",
            "act": "Save who told them" if is_told else "Save when it was", "cancel_url": reverse("my_work"),
        },
    )  # fmt: skip


def _next_to_read(user: User, read: Iterable[Handover]) -> int | None:
    """Another child who was handed over with these and waits to be read of; None where there is none."""
    together = {(one.handed_by_id, one.from_on) for one in read if one.taken_by_id == user.pk}
    waiting = [one for one in to_read(user) if (one.handed_by_id, one.from_on) in together]
    return next((one.person_id for one in waiting if can_open(user, one.person)), None)


@can_open_child
def handover(request: HttpRequest, person: Person) -> HttpResponse:
    """The story so far of a child for their next worker, from the record; to read or to print."""
    user = user_of(request)
    written = handovers_of(same_person_ids(person))
    if request.method == "POST":
        for one in written:
            if one.taken_by_id == user.pk and one.read_at is None:
                services.say_it_is_read(handover=one, by=user)
        messages.success(request, "It is written down that you have read this.")
        return redirect("handover", _next_to_read(user, written) or person.pk)
    context = {
        "person": person,
        "child": assembled(user, person, timezone.now()),
        "handovers": written,
        "told": told_about(user, same_person_ids(person)),
        "of_concern": of_concern(user, person, same_person_ids(person), timezone.localdate()),
        "to_read": any(one.taken_by_id == user.pk and one.read_at is None for one in written),
    }
    is_paper = "paper" in request.GET
    return render(
        request, "kith/working/handover.html",
        {**context, "is_paper": is_paper, "base": "kith/paper.html" if is_paper else "kith/base.html"},
    )  # fmt: skip


@power("hand_over")
def cover(request: HttpRequest) -> HttpResponse:
    """Who covers for whom, and a form for a cover to come: one's own, or that of somebody one manages."""
    user, today = user_of(request), timezone.localdate()
    mine = [(str(user.pk), f"{user.name} (you)")]
    form = CoverForm(
        request.POST or None,
        whose=[*mine, *_managed(user)],
        workers=workers_to_choose(user, today),
        initial={"started_on": today},
    )

    def arrange(said: dict[str, Any]) -> None:
        worker, other = (User.objects.get(pk=said[name]) for name in ("worker", "covered_by"))
        made = staff.arrange_cover(
            worker=worker, covered_by=other, started_on=said["started_on"],
            ended_on=said["last_day"] + ONE_DAY, by=user,
        )  # fmt: skip
        waits = f" Must not wait: {said['must_not_wait']}" if said["must_not_wait"] else ""
        tell([made.user], f"You cover for {worker} until {said['last_day']:%d/%m/%Y}.{waits}", link="/")

    covers = (
        Cover.objects.filter(ended_on__gt=today).select_related("user", "for_user").order_by("started_on")
    )
    seen = {pk for pk, _ in _managed(user)} | {str(user.pk)}
    return carry_out(
        request, form, arrange, page="kith/working/cover.html", to=reverse("cover"),
        said="The cover is arranged. It ends by itself.",
        context={
            "title": "Cover", "act": "Arrange the cover",
            "covers": [one for one in covers if {str(one.user_id), str(one.for_user_id)} & seen],
            "covering": list(covers_for(user)), "day": ONE_DAY,
        },
    )  # fmt: skip


def _managed(user: User) -> list[tuple[str, str]]:
    """(id, name) of whoever is in a team that this person manages today, but for themselves."""
    if not can("cover_for_others", user):
        return []
    today = timezone.localdate()
    found = members_managed_by(user, today)
    return sorted(((str(pk), name) for pk, name in found.items()), key=lambda one: one[1])


@power("hand_over")
@require_POST
def end_cover(request: HttpRequest, cover_id: int) -> HttpResponse:
    """End a cover today, before its time."""
    one = get_object_or_404(Cover, pk=cover_id)
    if one.ended_on <= timezone.localdate():
        raise Http404("This cover has ended")
    try:
        staff.end_cover(one, by=user_of(request), on=max(timezone.localdate(), one.started_on))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The cover has ended.")
    return redirect("cover")
