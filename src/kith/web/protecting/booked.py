"""Whether a chair is booked already at the hour of another conference: said before it is saved, no bar."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from kith.record.people.models import User
from kith.record.protection.models import Conference
from kith.record.protection.queries import planned_conferences_of_chair
from kith.standards.dates import long_date
from kith.standards.working_days import LONDON
from kith.web.protecting.to_chair import overlap
from kith.web.task_pages.forms import TaskForm, ticks

ANYWAY, YES = "all_the_same", "yes"
Booked = Callable[[Mapping[str, Any]], str]
"""Of the answers of a form: what its chair has just then, in words; "" for nothing."""


def booked_then(
    chair: User | None, at: datetime | None, minutes: int, *, but: Conference | None = None
) -> str:
    """What else this chair is to hold at that time, in words without whom it is about; "" for nothing."""
    if chair is None or at is None:
        return ""
    wanted = Conference(planned_for=at, minutes_long=minutes)
    others = [one for one in planned_conferences_of_chair(chair) if but is None or one.thread != but.thread]
    found = next((one for one in others if overlap(one, wanted)), None)
    if found is None:
        return ""
    starts = found.planned_for.astimezone(LONDON)
    room = f", {found.room}" if found.room else ""
    return (
        f"{chair} has another conference at that time: {long_date(starts.date())}, {starts:%H:%M}{room}. "
        "Choose another hour or chair, or tick that it is to be booked all the same"
    )


def warning_of(kind: type[TaskForm], booked: Booked) -> type[TaskForm]:
    """The same form, which says that its chair is booked just then, and is saved once that is ticked."""

    def clean(form: TaskForm) -> dict[str, Any]:
        cleaned: dict[str, Any] = kind.clean(form) or form.cleaned_data
        if form.errors or not (words := booked(cleaned)):
            return cleaned
        form.fields[ANYWAY] = ticks("The chair is booked already", [(YES, "Book it all the same")])
        if form.data.get(ANYWAY) != YES:
            form.add_error(ANYWAY, words)
        return cleaned

    return type(kind.__name__, (kind,), {"clean": clean})
