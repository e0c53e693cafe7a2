"""A protection plan: what stands in it, its core groups and reviews, and its moves between areas."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.assessment.permissions import can_assess
from kith.record.clocks.queries import clocks_for
from kith.record.help.permissions import can_begin
from kith.record.help.queries import family_of as family_helped
from kith.record.pathway import full_plan
from kith.record.pathway.seen import last_seen, last_seen_alone
from kith.record.pathway.visit_clocks import OUTER_LIMIT, PROTECTION_VISIT
from kith.record.people.models import Person, User
from kith.record.people.queries import name_of, same_person_ids
from kith.record.planning.models import PlanKind
from kith.record.planning.permissions import is_held_back
from kith.record.planning.queries import PlanShown, open_plan
from kith.record.planning.queries import shown as lines_of
from kith.record.planning.services import start_plan
from kith.record.protection import clock_facts, permissions, services
from kith.record.protection.models import CoreGroup, LegalPlanningLook, ProtectionPlan
from kith.record.protection.queries import (
    core_groups_of,
    dissent_of,
    legal_looks_of,
    meetings_of,
    plans_ever,
    transfers_in,
    transfers_of,
    transfers_out,
)
from kith.record.visits.reading import HELD_BACK
from kith.standards.clocks import clock, due_on
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.help.plans import plans_open_of
from kith.web.protecting.family import family_of, plans_in_force, records_of
from kith.web.protecting.forms.plans import (
    BETWEEN,
    EndTransferForm,
    LegalLookForm,
    MotherUnwellForm,
    PreviousPlansForm,
    TheirConferenceForm,
    core_group_form,
    transfer_in_form,
    transfer_out_form,
)
from kith.web.protecting.from_front_door import brought_for, with_brought
from kith.web.protecting.knowers import who_knows
from kith.web.protecting.shared_words import read_together
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_child, user_of

AFTER_BIRTH = {clock_facts.BIRTH, clock_facts.BIRTH_UNWELL}
OF_A_PLAN = AFTER_BIRTH | {
    clock_facts.CORE_GROUP, clock_facts.NEXT_CORE_GROUP, clock_facts.FIRST_REVIEW, clock_facts.LATER_REVIEWS,
    PROTECTION_VISIT, OUTER_LIMIT, clock_facts.DECISIONS, clock_facts.RECORD, clock_facts.REPORTS,
    clock_facts.REPORTS_OF_REVIEW, clock_facts.REPORT_WITH_CHAIR, clock_facts.LEGAL_LOOK,
    clock_facts.LEGAL_LOOK_SECOND,
}  # fmt: skip
CORE_GROUP = draft_form(
    "core-group",
    "A core group",
    page=lambda about: reverse("core_group", args=[about]),
    children=lambda about: [int(about)],
)

LEGAL_LOOK = draft_form(
    "legal-look",
    "A legal planning look",
    page=lambda about: reverse("legal_look", args=[about]),
    children=lambda about: [int(about)],
)


@can_open_child
def protection_plan(request: HttpRequest, person: Person) -> HttpResponse:
    """A child's protection plan: why, since when, what it is to reach, who met, what is due."""
    user, ids, today = user_of(request), same_person_ids(person), timezone.localdate()
    plans = plans_ever(ids)
    plan = next((one for one in reversed(plans) if one.ended_on is None), plans[-1] if plans else None)
    written = open_plan(person.pk, PlanKind.PROTECTION)
    is_kept = written is not None and is_held_back(user, written)
    clocks = [line for line in clocks_for(person, timezone.now()) if line.clock in OF_A_PLAN]
    context = {
        "person": person, "name": name_of(person), "plan": plan, "today": today,
        "is_open": plan is not None and plan.ended_on is None,
        "before": [one for one in plans if one is not plan],
        "written": lines_of(written, [person.pk]) if written and not is_kept else None, "is_kept": is_kept,
        "groups": list(reversed(read_together(user, core_groups_of(ids)))),
        "meetings": list(reversed(meetings_of(ids))), "dissent": dissent_of(ids),
        "clocks": clocks, "looks": list(reversed(legal_looks_of(ids))),
        "may_look": permissions.can_look_legally(user, [person]),
        "is_just_born": any(line.clock in AFTER_BIRTH and line.is_open for line in clocks),
        "seen": last_seen(ids), "seen_alone": last_seen_alone(ids),
        **_help_beside(user, person, ids, is_open=plan is not None and plan.ended_on is None),
        "moving_in": transfers_in(records_of(person)), "moved_in": transfers_of(ids),
        "moving_out": [
            (one, due_on(clock(clock_facts.TRANSFER_IN), one.told_on))
            for one in transfers_out(records_of(person))
        ],
        "may_act": permissions.can_enquire(user, [person]),
    }  # fmt: skip
    return render(request, "kith/protecting/protection_plan.html", context)


def _help_beside(user: User, person: Person, ids: list[int], *, is_open: bool) -> dict[str, Any]:
    """The help that runs beside a protection plan or after it; the ways to begin some where none does."""
    family = family_helped(person.pk, timezone.localdate())
    plans = [one for one in plans_open_of(ids) if one.kind != PlanKind.PROTECTION]
    is_without = not (is_open or family or plans)
    return {
        "family_help": family, "other_plans": plans,
        "may_start_need": is_without and can_assess(user, [person]),
        "may_start_help": is_without and can_begin(user, [person]),
    }  # fmt: skip


@can_act_for("enquire")
def write_plan(request: HttpRequest, person: Person) -> HttpResponse:
    """Open the written plan of the children of this family who have a protection plan, where none is yet."""
    today, user = timezone.localdate(), user_of(request)
    if request.method == "POST" and open_plan(person.pk, PlanKind.PROTECTION) is None:
        family = family_of(request, person, "write plan")
        with_plan = plans_in_force(family.children, today)
        people = [one for one in family.persons(with_plan) if open_plan(one.pk, PlanKind.PROTECTION) is None]
        if people:
            start_plan(kind=PlanKind.PROTECTION, people=people, on=today, by=user)
            messages.success(request, "The plan is open to be written.")
    return redirect("protection_plan", person.pk)


@can_act_for("enquire")
def core_group(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a core group: once for all children of the family with a plan, and each one's own."""
    user = user_of(request)
    family = family_of(request, person, "core group")
    plans = plans_in_force(family.children, timezone.localdate())
    if not plans:
        messages.info(request, "No child of this family has a protection plan.")
        return redirect("story", person.pk)
    draft = with_draft(request, CORE_GROUP, about=person.pk)
    expected = _expected(user, family.persons(plans))
    members = list(dict.fromkeys([*expected, *_came_last(user, person)]))
    form = draft.form(
        core_group_form(members), children=family.shown(plans), initial={"on": timezone.localdate()}
    )
    return carry_out(
        request, form, lambda said: _meet(user, plans, said), page="kith/protecting/core_group.html",
        to=reverse("protection_plan", args=[person.pk]), said="The core group is on record.", draft=draft,
        context={
            "title": "Write the core group", "act": "Save the core group", "name": name_of(person),
            "expected": expected, "written": _written(user, person),
            "cancel_url": reverse("protection_plan", args=[person.pk]),
        },
    )  # fmt: skip


def _expected(user: User, children: list[Person]) -> list[str]:
    """The people of the plan: those who would be asked to a conference, but for whom to be wary of."""
    return [one.words for one in who_knows(user, children, timezone.localdate()) if one.is_ticked]


def _came_last(user: User, person: Person) -> list[str]:
    """Who came to the last core group of this child, one by one, as far as `user` may read it."""
    held = read_together(user, core_groups_of(same_person_ids(person))[-1:])
    came = held[0].read.words(held[0].matter.who_came) if held else ""
    by_one = re.split(r"[;\n]", came) if BETWEEN.strip() in came else re.split(r"[,\n]", came)
    return [who.strip() for who in by_one if who.strip() and HELD_BACK not in who]


def _written(user: User, person: Person) -> PlanShown | None:
    """The written plan as it is for this child; None where none is, or somebody on it is kept from `user`."""
    plan = open_plan(person.pk, PlanKind.PROTECTION)
    return lines_of(plan, [person.pk]) if plan and not is_held_back(user, plan) else None


def _meet(user: User, plans: dict[int, ProtectionPlan], said: dict[str, Any]) -> CoreGroup:
    of_each = {plans[pk].person_id: own["decided"] for pk, own in said.pop("each").items()}
    return full_plan.hold_core_group(plans=list(plans.values()), by=user, of_each=of_each, **said)


@can_act_for("arrange_conferences")
def previous_plans(request: HttpRequest, person: Person) -> HttpResponse:
    """Say how many protection plans a child had before, here or anywhere."""
    plan = plans_in_force([person.pk], timezone.localdate()).get(person.pk)
    if plan is None:
        messages.info(request, "This child has no protection plan.")
        return redirect("protection_plan", person.pk)
    user = user_of(request)
    form = PreviousPlansForm(request.POST or None, seen=[plan])
    return carry_out(
        request, form,
        lambda said: services.count_previous_plans(
            plan=plan, by=user, expected=form.expected(plan), **said
        ),
        page="kith/task.html", to=reverse("protection_plan", args=[person.pk]), said="It is on record.",
        context={
            "title": "Earlier protection plans", "act": "Save",
            "cancel_url": reverse("protection_plan", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("prepare_for_court")
def legal_look(request: HttpRequest, person: Person) -> HttpResponse:
    """Write what a legal planning look decided about each child of the family with a plan."""
    user, today = user_of(request), timezone.localdate()
    family = family_of(request, person, "legal look")
    plans = plans_in_force(family.children, today)
    if not plans:
        messages.info(request, "No child of this family has a protection plan.")
        return redirect("story", person.pk)
    draft = with_draft(request, LEGAL_LOOK, about=person.pk)
    form = draft.form(LegalLookForm, children=family.shown(plans), initial={"on": today})

    def write(said: dict[str, Any]) -> list[LegalPlanningLook]:
        each = said.pop("each")
        decided = {plans[pk].person_id: (own["decision"], own["because"]) for pk, own in each.items()}
        return services.look_with_lawyer(plans=list(plans.values()), decisions=decided, by=user, **said)

    return carry_out(
        request, form, write, page="kith/task.html", to=reverse("protection_plan", args=[person.pk]),
        said="What was decided is on record.", draft=draft,
        context={
            "title": "Legal planning look", "act": "Save what was decided",
            "cancel_url": reverse("protection_plan", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("enquire")
def mother_unwell(request: HttpRequest, person: Person) -> HttpResponse:
    """Say whether the mother is unwell after the birth: the first meeting after it may then be later."""
    plan = plans_in_force([person.pk], timezone.localdate()).get(person.pk)
    if plan is None:
        messages.info(request, "This child has no protection plan.")
        return redirect("protection_plan", person.pk)
    user, form = user_of(request), MotherUnwellForm(request.POST or None, seen=[plan])
    return carry_out(
        request, form,
        lambda said: services.say_mother_unwell(plan=plan, by=user, expected=form.expected(plan), **said),
        page="kith/task.html", to=reverse("protection_plan", args=[person.pk]), said="It is on record.",
        context={
            "title": "After the birth", "act": "Save",
            "cancel_url": reverse("protection_plan", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("enquire")
def transfer_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that children with another area's plan moved here; visits begin now."""
    user = user_of(request)
    brought = brought_for(user, person, "transfer_in", "transfer in")
    family = with_brought(family_of(request, person, "transfer in"), brought)
    told = {"children": brought.ids, **brought.of_transfer} if brought else {}
    form = transfer_in_form(family.options, timezone.localdate())(request.POST or None, initial=told)
    return carry_out(
        request, form,
        lambda said: services.take_transfer_in(
            **{**said, "children": family.persons(said["children"])}, by=user
        ),
        page="kith/protecting/transfer_in.html", to=reverse("arrange_transfer", args=[person.pk]),
        said="The plan is kept here from their letter on. Visits begin now.",
        context={
            "title": "A plan from another area", "act": "Keep the plan here", "brought": brought,
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("enquire")
def end_transfer_in(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """The plan of another area is kept here no longer: the family went on, or back, before our conference."""
    kept = next((one for one in transfers_in(records_of(person)) if one.thread == thread), None)
    if kept is None:
        raise Http404("No such plan")
    user = user_of(request)
    return carry_out(
        request, EndTransferForm(request.POST or None),
        lambda said: services.end_transfer_in(transfer=kept, by=user, **said),
        page="kith/task.html", to=reverse("protection_plan", args=[person.pk]),
        said="It is kept here no longer. Tell the other area.",
        context={
            "title": f"The plan from {kept.from_authority} is kept here no longer",
            "act": "Say that it is kept here no longer",
            "cancel_url": reverse("protection_plan", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("enquire")
def transfer_out(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that another area was told; the plan stays ours until their conference."""
    user = user_of(request)
    family = family_of(request, person, "transfer out")
    plans = plans_in_force(family.children, timezone.localdate())
    options = [(pk, said) for pk, said in family.options if pk in plans]
    form = transfer_out_form(options)(request.POST or None)

    def tell(said: dict[str, Any]) -> list[Any]:
        chosen = [plans[pk] for pk in said.pop("children")]
        return services.tell_other_authority(plans=chosen, by=user, **said)

    return carry_out(
        request, form, tell, page="kith/task.html", to=reverse("protection_plan", args=[person.pk]),
        said="It is on record. The plan stays ours until their conference.",
        context={
            "title": "The child moved to another area", "act": "Say that they were told",
            "cancel_url": reverse("protection_plan", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("enquire")
def their_conference(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """The other area held its conference: our plan ends that day."""
    moving = next((one for one in transfers_out(records_of(person)) if one.thread == thread), None)
    if moving is None:
        raise Http404("No such move")
    user = user_of(request)
    return carry_out(
        request, TheirConferenceForm(request.POST or None),
        lambda said: services.end_plan_at_their_conference(transfer=moving, by=user, **said),
        page="kith/task.html", to=reverse("protection_plan", args=[person.pk]),
        said="Our plan ended on that day.",
        context={
            "title": f"The conference in {moving.to_authority}", "act": "End our plan on that day",
            "cancel_url": reverse("protection_plan", args=[person.pk]),
        },
    )  # fmt: skip
