"""A moment as people write it, a day and a time; on the night the clocks go back it asks which of the two."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kith.standards.dates import long_date
from kith.web.task_pages.fields import DAYS

TIMES = ("%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I%p")
WHICH = (("first", "The first, before the clocks went back"), ("second", "The second, after they went back"))


def came_twice(day: date, at: time) -> bool:
    """Whether this time came twice on that day, because the clocks went back."""
    before, after = _offsets(day, at)
    return before > after


def never_came(day: date, at: time) -> bool:
    """Whether there was no such time on that day, because the clocks went forward over it."""
    before, after = _offsets(day, at)
    return before < after


def _offsets(day: date, at: time) -> tuple[timedelta, timedelta]:
    zone = timezone.get_current_timezone()
    one, other = (
        datetime.combine(day, at.replace(fold=fold), zone).utcoffset() or timedelta() for fold in (0, 1)
    )
    return one, other


class MomentBoxes(forms.MultiWidget):
    """A box for the day, one for the time, and, where the time came twice, the question which."""

    template_name = "components/moment.html"

    def __init__(self) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.DateInput(attrs={"class": "kith-short", "autocomplete": "off"}),
            "time": forms.TextInput(attrs={"class": "kith-shorter", "autocomplete": "off"}),
            "which": forms.RadioSelect(choices=WHICH),
        }
        super().__init__(boxes)

    def decompress(self, value: datetime | None) -> list[Any]:
        if not value:
            return [None, None, None]
        local = timezone.localtime(value)
        which = ("second" if local.fold else "first") if came_twice(local.date(), local.time()) else None
        return [local.date(), f"{local:%H:%M}", which]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = value if isinstance(value, list) else self.decompress(value)
        context["widget"]["asks_which"] = _came_twice_as_typed(said)
        return context


def _came_twice_as_typed(said: list[Any]) -> bool:
    try:
        day, at = (
            forms.DateField(input_formats=DAYS).clean(said[0]),
            _TIME.clean((said[1] or "").replace(" ", "")),
        )
    except ValidationError:
        return False
    return came_twice(day, at)


_TIME = forms.TimeField(input_formats=TIMES, error_messages={"invalid": "Write the time as 14:05"})


class TimeAsTyped(forms.TimeField):
    """A time in the ways people type it: 14:05, 14.05, 1405, 2.05 pm."""

    def to_python(self, value: Any) -> time | None:
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)


class MomentField(forms.MultiValueField):
    """A day and a time, cleaned to a moment. One that is filled in falls back to now when it is emptied."""

    def __init__(self, *, is_filled: bool = False, asks: str = "", **options: Any) -> None:
        self.is_filled = is_filled
        needed = bool(asks) and not is_filled
        super().__init__(
            fields=(
                forms.DateField(
                    required=needed,
                    input_formats=DAYS,
                    error_messages={"invalid": "Write the day as 3/3/2026"},
                ),
                TimeAsTyped(
                    required=needed,
                    input_formats=TIMES,
                    error_messages={"invalid": "Write the time as 14:05"},
                ),
                forms.ChoiceField(required=False, choices=WHICH),
            ),
            require_all_fields=False,
            required=needed,
            widget=MomentBoxes(),
            error_messages={"required": asks, "incomplete": asks or "Write both the day and the time"},
            **options,
        )

    def clean(self, value: Any) -> datetime | None:
        if self.is_filled and not any(value or ()):
            return timezone.now()
        said: datetime | None = super().clean(value)
        return said

    def compress(self, said: list[Any]) -> datetime | None:
        day, at, which = said or (None, None, None)
        if day is None and at is None:
            return None
        if day is None or at is None:
            raise ValidationError("Write both the day and the time")
        if never_came(day, at):
            raise ValidationError(
                f"There was no {at:%H:%M} on {long_date(day)}: the clocks went forward over it. "
                "Write the time again."
            )
        if came_twice(day, at) and not which:
            raise ValidationError(
                f"{at:%H:%M} came twice on {long_date(day)}, when the clocks went back. Choose which it was."
            )
        fold = 1 if which == "second" and came_twice(day, at) else 0
        return datetime.combine(day, at.replace(fold=fold), timezone.get_current_timezone())


def moment(label: str, asks: str = "", *, is_filled: bool = False, help_text: str = "") -> MomentField:
    """A field for a moment; `is_filled` writes now into it, which anybody may change."""
    return MomentField(
        label=label,
        asks=asks,
        is_filled=is_filled,
        help_text=help_text,
        initial=timezone.now if is_filled else None,
    )
