"""One more child of the family whom a message is about, born or not, on record or new."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.frontdoor import services
from kith.record.frontdoor.models import Concerned, Message
from kith.record.frontdoor.permissions import goes_on_with
from kith.record.people.queries import Shown
from kith.web.front_door.deciding import load_message
from kith.web.front_door.others import others_of_family
from kith.web.front_door.whom import name_and_age, named_in, named_people
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm, ticks, words
from kith.web.who_may import can_open_matter, user_of

LONGEST = 1_000


class AddForm(TaskForm):
    """Which other children a message is about."""

    others = words(
        "Another child, who is not named here", rows=2, longest=LONGEST,
        help_text="One on each line, with an age if you know it: “Poppy Bevan, 4”, “baby, due 3/3/2027”.",
    )  # fmt: skip

    def __init__(self, *args: Any, family: Iterable[Shown] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known := [(one.person_id, name_and_age(one)) for one in family]:
            people = ticks("Which children of the family?", known, coerce=int)
            self.fields = {"people": people, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("people") and not said.get("others", "").strip():
            self.add_error("people" if "people" in self.fields else "others", "Choose or name a child")
        return said


@can_open_matter(load_message, power="receive_referrals", goes_on=goes_on_with)
def add_to_message(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Add another child of the family to a message that waits, from the record or as they are named."""
    here = reverse("message", args=[message.thread])
    if together.is_held_back:
        return render(request, "kith/front_door/held_back.html", status=403)
    if not message.is_waiting and request.method != "POST":
        return redirect(here)
    user = user_of(request)
    family = others_of_family(user, message, together)
    form = AddForm(request.POST or None, family=family)

    def do(said: dict[str, Any]) -> list[Concerned]:
        chosen = named_people(said.get("people") or [], family)
        named = [*chosen, *named_in(said["others"], timezone.localdate())]
        return [services.add_child(message=message, child=child, by=user) for child in named]

    return carry_out(
        request, form, do, page="kith/front_door/short.html", to=here, said="The message is about them too.",
        context={"title": "Add another child of the family", "act": "Add to the message", "cancel_url": here},
    )  # fmt: skip
