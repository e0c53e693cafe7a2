"""Two people saved the same thing: before, theirs and yours side by side, picked field by field.

The page carries everything that was typed, so that picking needs no scripts and loses nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from kith.record.versions import VersionClash
from kith.standards.dates import short_date
from kith.web.task_pages.fields import DAYS, options_of

if TYPE_CHECKING:
    from kith.web.task_pages.forms import TaskForm

PICK, BEFORE, THEIRS, SAID = "pick~", "before~", "theirs~", "clash~said"
_CARRIED = (PICK, BEFORE, THEIRS, SAID)
_NOT_SENT_AGAIN = {
    "csrfmiddlewaretoken", "seen", "all", "draft_key", "draft_revision", "draft_owner", "draft_once"
}  # fmt: skip
Raw = dict[str, list[str]]


@dataclass(frozen=True)
class Line:
    """One field that both changed, in words, with what the page carries of it."""

    name: str
    label: str
    before: str
    theirs: str
    yours: str
    may_keep_both: bool
    carried: list[tuple[str, str]]


@dataclass(frozen=True)
class Taken:
    """A field that they changed and you did not: theirs stands."""

    label: str
    before: str
    theirs: str


@dataclass(frozen=True)
class Clash:
    """What a clash page shows. `is_gone` when they took the fact out of the record."""

    said: str
    lines: list[Line]
    taken: list[Taken]
    carried: list[tuple[str, str]]
    seen: str
    is_gone: bool
    missing: bool = False  # somebody pressed save without picking


def clash_of(form: "TaskForm", clash: VersionClash) -> Clash:
    """What a page has to show of a clash, from the form that was sent and what had been saved meanwhile."""
    seen = {**form.cleaned_data["seen"]}
    if clash.current is None:
        return Clash(clash.reason, [], [], _typed(form), json.dumps(seen), is_gone=True)
    lines, taken = [], []
    for name, attribute in _of_fact(form, clash.seen):
        before, theirs = (_raw(form, name, _said(fact, attribute)) for fact in (clash.seen, clash.current))
        yours = _sent(form, name)
        if _same(before, theirs) or _same(yours, theirs):
            continue
        if _same(before, yours):
            taken.append(_taken(form, name, before, theirs))
            for key, values in theirs.items():
                form.data.setlist(key, values)
        else:
            lines.append(_line(form, name, before, theirs))
    seen[clash.current.thread] = clash.current.pk
    carried_seen = json.dumps({str(thread): pk for thread, pk in seen.items()})
    return Clash(_who_saved(clash), lines, taken, _typed(form), carried_seen, is_gone=False)


def unpicked(form: "TaskForm") -> Clash | None:
    """The same page again where somebody saved without picking; None when there is nothing to pick."""
    names = sorted({key.removeprefix(PICK + "?") for key in form.data if key.startswith(PICK + "?")})
    if not any(not form.data.get(PICK + name) for name in names):
        return None
    lines = [
        _line(form, name, _carried_side(form, BEFORE, name), _carried_side(form, THEIRS, name))
        for name in names
        if name in form.fields
    ]
    return Clash(
        form.data.get(SAID, ""),
        lines,
        [],
        _typed(form),
        form.data.get("seen", ""),
        is_gone=False,
        missing=True,
    )


def settle(form: "TaskForm") -> None:
    """Put what was picked on a clash page into what was sent: theirs, yours, or both one after the other."""
    if unpicked(form):
        return
    for name in list(form.fields):
        pick, theirs = form.data.get(PICK + name), _carried_side(form, THEIRS, name)
        if pick == "theirs":
            for key in _keys(form, name):
                form.data.setlist(key, theirs.get(key, []))
        elif pick == "both" and _is_words(form.fields[name]):
            form.data[name] = f"{form.data.get(name, '')}\n\n{''.join(theirs.get(name, ['']))}"


def _who_saved(clash: VersionClash) -> str:
    at = timezone.localtime(clash.saved_at) if clash.saved_at else None
    when = f"at {at:%H:%M} on {short_date(at)}" if at else "a moment ago"
    return f"{clash.saved_by or 'An import'} saved this {when}, after you opened it."


def _of_fact(form: "TaskForm", fact: Any) -> Iterator[tuple[str, str]]:
    """(the form's field, the fact's field) of all that the form asks of this fact."""
    held = {field.name for field in fact._meta.concrete_fields}
    own = f"-{getattr(fact, 'person_id', None)}-"
    for name in form.fields:
        asked = name.partition(own)[2] if own in name else name
        attribute = form.of_fact.get(asked, asked)
        of_fact = attribute.partition(".")[0]
        is_told = of_fact in held or isinstance(getattr(type(fact), of_fact, None), property)
        if is_told and name != "seen":
            yield name, attribute


def _said(fact: Any, attribute: str) -> Any:
    """What a fact says in a field, or under one name of a field that holds several ("words.worries")."""
    field, _, under = attribute.partition(".")
    value = getattr(fact, field)
    return value.get(under, "") if under else value


def _keys(form: "TaskForm", name: str) -> list[str]:
    """The names under which a field's parts are sent."""
    widget = form.fields[name].widget
    if isinstance(widget, forms.MultiWidget):
        return [name + part for part in widget.widgets_names]  # type: ignore[attr-defined]
    return [name]


def _raw(form: "TaskForm", name: str, value: Any) -> Raw:
    """A fact's value as the form would send it."""
    field = form.fields[name]
    if isinstance(field.widget, forms.MultiWidget):
        parts = field.widget.decompress(value) or []
        return {key: [_text(field, part)] for key, part in zip(_keys(form, name), parts, strict=True)}
    if isinstance(value, list | tuple):
        return {name: [str(each) for each in value]}
    return {name: [_text(field, value)]}


def _text(field: forms.Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _sent(form: "TaskForm", name: str) -> Raw:
    return {key: form.data.getlist(key) for key in _keys(form, name)}


def _same(one: Raw, other: Raw) -> bool:
    return _plain(one) == _plain(other)


def _plain(raw: Raw) -> dict[str, list[str]]:
    """What a person would call the same: "unsaid" and empty, every way of writing a day or a new line."""
    return {key: sorted(text for value in values if (text := _plainly(value))) for key, values in raw.items()}


def _plainly(value: str) -> str:
    text = value.replace("\r\n", "\n").strip()
    try:
        return str(forms.DateField(input_formats=DAYS).clean(text))
    except forms.ValidationError:
        return "" if text == "unsaid" else text


def _is_words(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.Textarea)


def _in_words(form: "TaskForm", name: str, raw: Raw) -> str:
    """What a field says, as its page would say it."""
    labels = dict(options_of(form.fields[name]))
    said = [labels.get(value, value) for key in _keys(form, name) for value in raw.get(key, []) if value]
    return ", ".join(said) or "Nothing"


def _line(form: "TaskForm", name: str, before: Raw, theirs: Raw) -> Line:
    carried = [
        (prefix + key, value)
        for prefix, side in ((BEFORE, before), (THEIRS, theirs))
        for key, values in side.items()
        for value in values
    ]
    return Line(
        name=name,
        label=str(form.fields[name].label),
        before=_in_words(form, name, before),
        theirs=_in_words(form, name, theirs),
        yours=_in_words(form, name, _sent(form, name)),
        may_keep_both=_is_words(form.fields[name]),
        carried=[*carried, (f"{PICK}?{name}", "yes")],
    )


def _taken(form: "TaskForm", name: str, before: Raw, theirs: Raw) -> Taken:
    label = str(form.fields[name].label)
    return Taken(label, _in_words(form, name, before), _in_words(form, name, theirs))


def _carried_side(form: "TaskForm", prefix: str, name: str) -> Raw:
    return {key: form.data.getlist(prefix + key) for key in _keys(form, name)}


def _typed(form: "TaskForm") -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again."""
    return [
        (key, value)
        for key in form.data
        if key not in _NOT_SENT_AGAIN and not key.startswith(_CARRIED)
        for value in form.data.getlist(key)
    ]
