"""How a child is at school: all of it on one page, with a short form for each thing that changes."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.people.models import Person
from kith.record.people.queries import same_person_ids, shown
from kith.record.schooling import permissions, services
from kith.record.schooling.models import ExclusionKind, PlaceKind, Support
from kith.record.schooling.queries import schooling_of
from kith.standards.codes import code_list
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm, choice, day, ticks, words, yes_no
from kith.web.who_may import can_act_for, can_open_child, user_of

TASK = "kith/task.html"


class PlaceForm(TaskForm):
    """Where the child learns from a day on."""

    kind = choice("Where does the child learn?", PlaceKind.choices, "Choose what comes nearest")
    school = forms.CharField(label="Which school or college?", max_length=200, required=False)
    year_group = forms.CharField(label="Year group", max_length=20, required=False)
    is_part_time = yes_no("Is it a part-time table?")
    on = day("Since which day?", "Say since which day")


class AttendanceForm(TaskForm):
    """How much of a time the child was there."""

    percent = forms.DecimalField(
        label="How much of the time was the child there, in per cent?",
        max_digits=4,
        decimal_places=1,
        error_messages={"required": "Say how much", "invalid": "Write a number from 0 to 100"},
    )
    first = day("From which day?", "Say from which day")
    last = day("To which day?", "Say to which day")
    said_by = forms.CharField(label="Who said so?", max_length=100, required=False)


class ExclusionForm(TaskForm):
    """That a school kept the child out."""

    kind = choice("What happened?", ExclusionKind.choices, "Choose one")
    on = day("From which day?", "Say from which day")
    days = forms.DecimalField(
        label="For how many school days?", max_digits=4, decimal_places=1, required=False
    )
    reason = words("Why?", rows=2, longest=300)


class SpecialNeedForm(TaskForm):
    """What help with special needs the child has."""

    support = choice("What help does the child have?", Support.choices, "Choose what comes nearest")
    needs = ticks("Which needs are known?", [(code.code, code.label) for code in code_list("sen_need_type")])
    on = day("Since which day?", "Say since which day")


@can_open_child
def schooling(request: HttpRequest, person: Person) -> HttpResponse:
    """All that is known of how a child is at school."""
    today = timezone.localdate()
    page = {
        "person": person,
        "child": shown([person.pk])[person.pk],
        "schooling": schooling_of(same_person_ids(person), today),
        "needs": {code.code: code.label for code in code_list("sen_need_type")},
        "may_record": permissions.can_record(user_of(request), person),
    }
    return render(request, "kith/assessing/schooling.html", page)


def _page(form: type[TaskForm], service: Any, title: str, act: str, said: str) -> Any:
    """The page of one thing about school."""

    @can_act_for("record_schooling")
    def record(request: HttpRequest, person: Person) -> HttpResponse:
        return carry_out(
            request,
            form(request.POST if request.method == "POST" else None),
            lambda answers: service(child=person, by=user_of(request), **answers),
            page=TASK,
            to=reverse("schooling", args=[person.pk]),
            said=said,
            context={"title": title, "act": act, "cancel_url": reverse("schooling", args=[person.pk])},
        )

    record.__doc__ = f"{title}."
    return record


start_school = _page(
    PlaceForm, services.start_school, "Where the child learns", "Save where the child learns",
    "It is on record where the child learns.",
)  # fmt: skip
attendance = _page(
    AttendanceForm, services.record_attendance, "How often the child was there", "Save how often",
    "It is on record how often the child was there.",
)  # fmt: skip
exclusion = _page(
    ExclusionForm, services.record_exclusion, "Kept out of school", "Save that they were kept out",
    "It is on record that the child was kept out of school.",
)  # fmt: skip
special_need = _page(
    SpecialNeedForm, services.record_special_need, "Special needs", "Save the help they have",
    "It is on record what help the child has.",
)  # fmt: skip
