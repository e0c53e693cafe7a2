"""A death: written down, what was open closed with it, and taken back where it was a mistake."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from kith.record.chronology.policies import life_told
from kith.record.lengths import LONGEST_REASON
from kith.record.pathway import died
from kith.record.pathway.life_over import open_for
from kith.record.people.models import Person, PersonDetails
from kith.record.people.queries import name_of, same_person_ids
from kith.record.versions import current_facts
from kith.web.people.life_over import ClosingForm, answered, beside, questions, where_next
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm, day, ticks, words
from kith.web.who_may import can_act_for, user_of

PAGE = "kith/people/death.html"
RIGHT = "The day is right: what says that they were seen later is wrong"


class DeathForm(ClosingForm):
    """The day somebody died; asked again, once, where a visit saw them after it."""

    on = day("On which day?", "Write the day, or the day you were told")
    is_day_checked = ticks("They were seen later", [("yes", RIGHT)])

    def __init__(self, *args: Any, child: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        if not self.is_bound:
            del self.fields["is_day_checked"]

    def full_clean(self) -> None:
        super().full_clean()
        on = getattr(self, "cleaned_data", {}).get("on")
        seen_on = died.seen_after(self.child, on) if on else None
        if seen_on is None:
            self.fields.pop("is_day_checked", None)
        elif not self.cleaned_data.get("is_day_checked"):
            self.add_error("is_day_checked", " ".join(died.asks_about(seen_on)))


class MistakeForm(TaskForm):
    """Why it was written down that somebody died."""

    because = words("How did this come to be written down?", "Say how", rows=3, longest=LONGEST_REASON)


@can_act_for("keep_people")
def record_death(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that somebody died; what is open for them is seen, and closes in the same act."""
    if not died.may_have_died(person):
        raise Http404("A death is on record, or nobody was born")
    user, details, name, held = user_of(request), _details(person), name_of(person), open_for(person)
    asked = questions(user, person, held, f"{name} has died")
    form = DeathForm(request.POST or None, child=person, seen=details, asked=asked)

    def do(said: dict[str, Any]) -> PersonDetails:
        expected = form.expected(details[0]) if details else None
        checked = bool(said.pop("is_day_checked", None))
        return died.died(child=person, by=user, expected=expected, is_day_checked=checked, **answered(said))

    return carry_out(
        request, form, do, page=PAGE, to=lambda _: where_next(user, person),
        said="It is on record. Nobody is reminded of anything for them any more.",
        context={
            "title": f"{name} has died", "act": "Save", "ends": True, **beside(user, person, held),
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("close_cases")
def close_after_death(request: HttpRequest, person: Person) -> HttpResponse:
    """Close what is still open for somebody whose death is on record."""
    user, name, held = user_of(request), name_of(person), open_for(person)
    if life_told(person).died_on is None or not held:
        raise Http404("No death is on record, or nothing is open")
    asked = questions(user, person, held, f"{name} has died")
    form = ClosingForm(request.POST if request.method == "POST" else None, asked=asked)
    return carry_out(
        request, form, lambda said: died.close_after_death(child=person, by=user, **answered(said)),
        page=PAGE, to=lambda _: where_next(user, person), said="It is closed.",
        context={
            "title": f"What is still open for {name}", "act": "Save", "ends": False,
            **beside(user, person, held), "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("keep_people")
def death_mistaken(request: HttpRequest, person: Person) -> HttpResponse:
    """Say that a death was written down by mistake; what it closed is open again."""
    if life_told(person).died_on is None:
        raise Http404("No death is on record")
    user, details, back = user_of(request), _details(person), reverse("story", args=[person.pk])
    form = MistakeForm(request.POST or None, seen=details)
    return carry_out(
        request, form,
        lambda said: died.did_not_die(child=person, by=user, expected=form.expected(details[0]), **said),
        page="kith/task.html", to=back, said="It is taken back. What it had closed is open again.",
        context={
            "title": f"{name_of(person)} has not died", "act": "Take it back", "cancel_url": back,
        },
    )  # fmt: skip


def _details(person: Person) -> list[PersonDetails]:
    """What is known of a person, the kept record's own first; empty where nothing is."""
    held = current_facts(PersonDetails, same_person_ids(person))
    return sorted(held, key=lambda one: one.person_id != person.pk)
