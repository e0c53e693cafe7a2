"""A child in need plan in the browser: begun, met about, ended; and the manager's look at an assessment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Choice, family_to_choose
from kith.record.assessment import services
from kith.record.assessment.models import ChildInNeedPlan
from kith.record.assessment.queries import open_assessments, open_need_plans
from kith.record.frontdoor.queries import referral_threads
from kith.record.pathway.need_plans import begin_need_plan, end_need_plan
from kith.record.people.models import Person
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import ids_on, open_plan
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import PerChild, TaskForm, day, ticks, words, yes_no
from kith.web.who_may import can_act_for, user_of

TASK = "kith/task.html"


def start_form(choices: list[tuple[int, str]]) -> type[TaskForm]:
    """Asks for whom the plan is, and who of the family agreed: nobody is ticked beforehand."""
    asked = {
        "children": ticks(
            "Whom is the plan for?", choices, "Choose whom the plan is for", with_all=True, coerce=int
        ),
        "agreed_with": forms.CharField(
            label="Who in the family agreed to it?",
            max_length=300,
            required=False,
            help_text="For example: Mum and Dad.",
        ),
    }
    return type("StartPlanForm", (TaskForm,), asked)


def end_form(choices: list[tuple[int, str]]) -> type[TaskForm]:
    """Asks whose plan ends, and why."""
    asked = {
        "children": ticks("Whose plan ends?", choices, "Choose whose plan ends", with_all=True, coerce=int),
        "because": words(
            "Why does it end, and what is in place now?", "Say why it ends", rows=3, longest=300
        ),
    }
    return type("EndPlanForm", (TaskForm,), asked)


class MeetingForm(TaskForm):
    """A meeting as held: what all may read once, and what was decided for each child apart."""

    on = day("On which day?", "Say on which day", is_filled=True)
    who_came = forms.CharField(label="Who came?", max_length=300, required=False)
    is_family_there = yes_no("Was the family there?")
    each = PerChild("What was decided", decided=words("What was decided for {name}", rows=3))


class LookedOverForm(TaskForm):
    """A manager says that the assessment was talked through, on a day."""

    on = day("On which day did you talk it through?", "Say on which day", is_filled=True)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _story(person: Person) -> str:
    return reverse("story", args=[person.pk])


def _open_to(request: HttpRequest, person: Person, where: str) -> dict[int, Choice]:
    """The children of the family whose records this person may open, by kept id."""
    offered = family_to_choose(user_of(request), person, where)
    return {pk: each for pk, each in offered.items() if each.can_open}


def _people(ids: Iterable[int]) -> list[Person]:
    wanted = [*ids]
    held = Person.objects.in_bulk(wanted)
    return [held[pk] for pk in wanted]


@can_act_for("assess")
def start_need_plan(request: HttpRequest, person: Person) -> HttpResponse:
    """Begin a child in need plan for this child and brothers and sisters who have a case and no plan."""
    family, today = _open_to(request, person, "start_need_plan"), timezone.localdate()
    people = _people(family)
    cases, plans = referral_threads(people, today), open_need_plans(people, today)
    options = [(pk, each.person.name) for pk, each in family.items() if pk in cases and pk not in plans]

    def begin(answers: dict[str, Any]) -> Any:
        return begin_need_plan(
            children=_people(answers["children"]),
            on=today,
            by=user_of(request),
            agreed_with=answers["agreed_with"],
        )

    return carry_out(
        request,
        start_form(options)(_sent(request)),
        begin,
        page=TASK,
        to=_story(person),
        said="The child in need plan has begun. Write its goals and who does what.",
        context={
            "title": "Start a child in need plan",
            "act": "Start the plan",
            "cancel_url": _story(person),
        },
    )


@can_act_for("assess")
def need_plan_meeting(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a meeting about the plan of this child, and of those on the same plan."""
    family = _open_to(request, person, "need_plan_meeting")
    plans = _on_the_same_plan(person, family)
    shown = [family[pk].person for pk in plans]

    def meet(answers: dict[str, Any]) -> Any:
        decided = {pk: answer.get("decided", "") for pk, answer in answers.pop("each").items()}
        return services.hold_need_plan_meeting(
            plans=[*plans.values()], by=user_of(request), decided_for=decided, **answers
        )

    return carry_out(
        request,
        MeetingForm(_sent(request), children=shown, initial={"on": timezone.localdate()}),
        meet,
        page=TASK,
        to=_story(person),
        said="The meeting is on record.",
        context={
            "title": "Meeting about the child in need plan",
            "act": "Save the meeting",
            "cancel_url": _story(person),
        },
    )


def _on_the_same_plan(person: Person, family: Iterable[int]) -> dict[int, ChildInNeedPlan]:
    """The open plans of this child and of those of `family` worked with by the same one."""
    together = open_plan(person.pk, PlanKind.CHILD_IN_NEED)
    ids = ids_on([together.thread])[together.thread] if together else [person.pk]
    people = _people(pk for pk in family if pk in {*ids, person.pk})
    return open_need_plans(people, timezone.localdate())


@can_act_for("assess")
def stop_need_plan(request: HttpRequest, person: Person) -> HttpResponse:
    """End the plans of those chosen, with why and what is in place now."""
    family = _open_to(request, person, "end_need_plan")
    plans = _on_the_same_plan(person, family)
    options = [(pk, family[pk].person.name) for pk in plans]

    def end(answers: dict[str, Any]) -> Any:
        return end_need_plan(
            children=_people(answers["children"]),
            on=timezone.localdate(),
            because=answers["because"],
            by=user_of(request),
        )

    return carry_out(
        request,
        end_form(options)(_sent(request)),
        end,
        page=TASK,
        to=_story(person),
        said="The plan has ended.",
        context={"title": "End the child in need plan", "act": "End the plan", "cancel_url": _story(person)},
    )


@can_act_for("authorise_assessments")
def look_over(request: HttpRequest, person: Person) -> HttpResponse:
    """A manager says that they talked the assessment through with whoever writes it."""
    family = _open_to(request, person, "look_over")
    held = open_assessments(_people(family))

    def looked(answers: dict[str, Any]) -> Any:
        return services.check_at_manager(assessments=[*held.values()], by=user_of(request), **answers)

    return carry_out(
        request,
        LookedOverForm(_sent(request), initial={"on": timezone.localdate()}),
        looked,
        page=TASK,
        to=_story(person),
        said="It is on record that you talked it through.",
        context={
            "title": "Talk the assessment through",
            "act": "Save that we talked it through",
            "cancel_url": _story(person),
        },
    )
