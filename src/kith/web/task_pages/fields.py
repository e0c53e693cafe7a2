"""The questions a task asks: a day, a moment, a choice, ticks, yes or no, words. No judgement is filled in.

Each takes `asks`, what it says when it is left empty; a field without it may be left empty.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from kith.record.lengths import LONGEST_TEXT
from kith.standards.codes import code_list

DAY = "For example, 3/3/2026"
DAYS = [  # as people type a day, and as pages write one: it may be pasted
    "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%d %m %Y", "%d %b %Y", "%d %B %Y",
    "%a %d %b %Y", "%Y-%m-%d",
]  # fmt: skip
MANY = 5  # more than these stand in columns on a desk
LARGEST = 9  # so many radios are seen at a glance; the others wait behind "More"
UNSAID = "unsaid"  # a mistaken press can be taken back: it cleans to "" or None
_ALL = {2: "Both", 3: "All three", 4: "All four", 5: "All five", 6: "All six", 7: "All seven", 8: "All eight"}


def all_words(number: int) -> str:
    """What a button says that answers for so many at once: "Both", "All three"."""
    return _ALL.get(number, f"All {number}")


def options_of(field: forms.Field) -> list[tuple[str, str]]:
    """(value, words) of each answer that a field offers; none for a field that is typed."""
    offered = getattr(field, "choices", ())
    return [(str(value), str(said)) for value, said in offered]


def day(label: str, asks: str = "", *, help_text: str = DAY, is_filled: bool = False) -> forms.DateField:
    """A field for a day; one that is filled in beforehand (`initial`) is not called optional."""
    field = forms.DateField(
        label=label,
        required=bool(asks),
        input_formats=DAYS,
        help_text=help_text,
        widget=forms.DateInput(attrs={"class": "kith-short", "autocomplete": "off"}),
        error_messages={"required": asks, "invalid": "Write the day as 3/3/2026"},
    )
    field.is_filled = is_filled  # type: ignore[attr-defined]
    return field


class Words(forms.CharField):
    """Words that are measured here: a browser that measured them would cut off what is pasted in silence."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        return {name: value for name, value in attrs.items() if name != "maxlength"}


def words(
    label: str, asks: str = "", *, rows: int = 4, help_text: str = "", longest: int = LONGEST_TEXT
) -> forms.CharField:
    """A field for somebody's own words, of so many letters at most."""
    return Words(
        label=label,
        required=bool(asks),
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": asks},
    )


class LargeRadios(forms.RadioSelect):
    """Radios to press with a thumb: the first few are seen, the others open under "More" without scripts."""

    template_name = "components/choice.html"
    shown = LARGEST
    across = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        more = options[self.shown :]
        is_open = any(option["selected"] for option in more)
        context["widget"].update(
            first=options[: self.shown],
            more=more,
            is_open=is_open,
            across=self.across,
            in_columns=len(options) > MANY,
        )
        return context


class TickBoxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, with a button that ticks them all where that is a choice somebody makes."""

    template_name = "components/ticks.html"
    with_all = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _, group, _ in context["widget"]["optgroups"] for option in group]
        all_of = all_words(len(options)) if self.with_all and len(options) > 1 else ""
        context["widget"].update(options=options, all=all_of, is_required=self.is_required)
        return context


def choice(
    label: str,
    options: Iterable[tuple[str, Any]],
    asks: str = "",
    *,
    first: int | None = None,
    across: bool = False,
    help_text: str = "",
) -> forms.TypedChoiceField:
    """Radios, none of them chosen. With more than nine options, `first` (or nine) stand before "More".

    `across` sets them side by side on a desk. One that may be left empty can be taken back.
    """
    listed = [*options]
    may_wait = [] if asks else [(UNSAID, "Leave this open")]
    widget = LargeRadios()
    widget.shown = first if first is not None else LARGEST
    if not asks and len(listed) <= widget.shown:
        widget.shown = len(listed) + 1
    widget.across = across
    return forms.TypedChoiceField(
        label=label,
        choices=[*listed, *may_wait],
        coerce=lambda said: "" if said == UNSAID else said,
        empty_value="",
        required=bool(asks),
        widget=widget,
        help_text=help_text,
        error_messages={"required": asks, "invalid_choice": asks or "Choose one of these"},
    )


def code_choice(
    label: str, name: str, on: date, asks: str = "", *, first: Sequence[str] = (), help_text: str = ""
) -> forms.TypedChoiceField:
    """Radios from a code list as it stands on a day; all but the codes in `first` wait under "More"."""
    valid = {code.code: code.label for code in code_list(name).valid_on(on)}
    shown = [code for code in first if code in valid]
    in_order = [*shown, *(code for code in valid if code not in shown)]
    options = [(code, valid[code]) for code in in_order]
    return choice(label, options, asks, first=len(shown) or None, help_text=help_text)


def yes_no(label: str, asks: str = "", *, help_text: str = "") -> forms.TypedChoiceField:
    """Yes, no, or nobody said: True, False or None. Left alone it is None, and never No."""
    said = {"yes": True, "no": False, UNSAID: None}
    widget = LargeRadios()
    widget.across = True
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", "Yes"), ("no", "No"), (UNSAID, "Nobody has said")],
        coerce=lambda answer: said[answer],
        empty_value=None,
        required=bool(asks),
        widget=widget,
        help_text=help_text,
        error_messages={"required": asks},
    )


def ticks(
    label: str,
    options: Iterable[tuple[Any, str]],
    asks: str = "",
    *,
    with_all: bool = False,
    coerce: Any = str,
    help_text: str = "",
) -> forms.TypedMultipleChoiceField:
    """Boxes to tick, cleaned to a list of what `coerce` makes of each; `with_all` adds one press for all."""
    widget = TickBoxes()
    widget.with_all = with_all
    return forms.TypedMultipleChoiceField(
        label=label,
        choices=[(str(value), said) for value, said in options],
        coerce=coerce,
        required=bool(asks),
        widget=widget,
        help_text=help_text,
        error_messages={"required": asks},
    )
