"""The forms of visits and notes. Nothing about a child is filled in: only when, and whose visit it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from kith.record.chronology.policies import LONGEST_PREGNANCY
from kith.record.people.models import MayFamilyRead
from kith.record.people.queries import Shown
from kith.record.visits.models import How, HowSeen, NoteKind
from kith.web.task_pages.fields import UNSAID
from kith.web.task_pages.forms import PerChild, TaskForm, choice, day, moment, ticks, yes_no
from kith.web.task_pages.forms import words as text
from kith.web.task_pages.per_child import name_in_form

NOBODY = "nobody"
BORN = [HowSeen.ALONE, HowSeen.NOT_ALONE, HowSeen.NOT_SEEN]
UNBORN = [HowSeen.MOTHER_SEEN, HowSeen.NOT_SEEN]
NEWBORN = LONGEST_PREGNANCY + timedelta(days=56)
LETTERS_OF_A_NAME = 300


def line(label: str, longest: int = LETTERS_OF_A_NAME, help_text: str = "") -> forms.CharField:
    """A field for one line."""
    return forms.CharField(label=label, required=False, max_length=longest, help_text=help_text)


def tick(label: str) -> forms.BooleanField:
    """One box: a mark somebody makes, never made for them."""
    return forms.BooleanField(label=label, required=False)


def own_words() -> forms.CharField:
    return text("What {name} said or showed, in {name}’s own words", rows=2)


def may_family_read() -> forms.TypedChoiceField:
    return choice("May {name}’s family read these words?", MayFamilyRead.choices, across=True)


def private_line() -> forms.CharField:
    return text("Only for {name}’s file", rows=2)


def third_party_line() -> forms.BooleanField:
    return tick("That was told by somebody else about {name}: keep it out of copies for the family")


UNBORN_ASKS = {  # what is asked instead of a child not yet born; "": nobody can ask it of them
    "seen": "Was {name}’s mother seen?",
    "why_not_seen": "If she was not seen: why, and what will you do today?",
    "presentation": "How {name}’s mother was; scan, midwife and birth plan: what is known",
    "own_words": "",
    "may_family_read": "",
    "is_bedroom_seen": "",
}


def of_each(label: str = "Each child", *, asked_of: str = "children") -> PerChild:
    """What is asked of each child at a visit."""
    return PerChild(
        label,
        asked_of=asked_of,
        unborn=UNBORN_ASKS,
        seen=choice(
            "Was {name} seen?",
            HowSeen.choices,
            "Choose whether {name} was seen. If not, press “Not seen” and say why.",
            across=True,
        ),
        own_words=own_words(),
        private_line=private_line(),
        why_not_seen=text("If not seen: why, and what will you do today?", rows=2),
        is_bedroom_seen=yes_no("Did you see {name}’s bedroom?"),
        presentation=text("How {name} looked and was", rows=2),
        may_family_read=may_family_read(),
        is_private_line_from_third_party=third_party_line(),
    )


class VisitForm(TaskForm):
    """One visit to a family's children."""

    at = moment("When", is_filled=True)
    children = ticks("Which children", (), "Choose the children that the visit was to", coerce=int)
    how = choice("How", How.choices, "Choose how the visit was made", across=True)
    people_there = ticks("Who else was there", (), "Say who else was there, or press “Nobody else”")
    others_there = line("Somebody else: their name, and who they are")
    each = of_each()
    what_happened = text("What happened", "Write a line on what happened", rows=5)
    what_next = text("What next", rows=2)
    next_by = day("By when")
    into_plans = ticks("Put what comes next in the plan", (), coerce=int)
    next_who = line("Who does it, if not you", 200, "“Mum”, “Nan”, or a worker’s name")
    place = line("Where, if not at home", 100)
    with_worker = choice("Together with a colleague", ())
    with_professional = line("Together with somebody of another service", 200)
    interpreter = line(
        "Interpreter: name and language", 200, "Never a child, and never somebody of the family"
    )
    is_from_third_party = tick("Some of what happened was told by somebody outside the family")

    def __init__(
        self,
        *args: Any,
        children: Sequence[Shown] = (),
        there: Sequence[tuple[str, str]] = (),
        colleagues: Sequence[tuple[str, str]] = (),
        plans: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, children=children, **kwargs)
        offer(self, "into_plans", plans)
        if not plans:
            del self.fields["into_plans"], self.fields["next_who"]
        offer(self, "children", [(pk, name) for pk, name in self.called.items()])
        offer(self, "people_there", [*there, (NOBODY, "Nobody else")])
        if colleagues:
            offer(self, "with_worker", [*colleagues, (UNSAID, "Nobody of ours")])
        else:
            del self.fields["with_worker"]
        ask_as_born(self, "each", children)

    def clean(self) -> dict[str, Any]:
        """What a visit need not say: who was seen by phone, or anything more when nobody was in."""
        how = self.cleaned_data.get("how")
        if how in (How.PHONE, How.NOBODY_IN):
            self._ask_no_more(*(name_in_form("each", pk, "seen") for pk in self.called))
        if how == How.NOBODY_IN:
            self._ask_no_more("what_happened", "people_there")
        there = self.cleaned_data.get("people_there", [])
        others = self.cleaned_data.get("others_there")
        if others:
            self._ask_no_more("people_there")
        if NOBODY in there and (others or len(there) > 1):
            self.add_error("people_there", "Choose “Nobody else”, or who was there, but not both.")
        return self.cleaned_data

    def _ask_no_more(self, *names: str) -> None:
        for name in names:
            self.errors.pop(name, None)


def offer(form: TaskForm, name: str, options: Sequence[tuple[Any, Any]]) -> None:
    """Offer these options where a form asks for one or some of them."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = options


def ask_as_born(form: TaskForm, name: str, children: Sequence[Shown]) -> None:
    """Ask of a child not yet born whether the mother was seen; around a birth, either may be right."""
    for child in children:
        ways = [(one.value, one.label) for one in _ways(child, timezone.localdate())]
        offer(form, name_in_form(name, child.person_id, "seen"), ways)


def _ways(child: Shown, today: date) -> list[HowSeen]:
    if child.date_of_birth is None:
        return UNBORN if child.expected_date_of_birth else BORN
    return [*BORN, HowSeen.MOTHER_SEEN] if today - child.date_of_birth < NEWBORN else BORN


class NoteForm(TaskForm):
    """A note, a call, a meeting or a decision."""

    at = moment("When", is_filled=True)
    children = ticks("About", (), "Choose whom it is about", coerce=int)
    kind = choice("What is it?", NoteKind.choices, "Choose what it is")
    words = text("What to write down", rows=5)
    because = text("Why was it decided so?", rows=2)
    with_whom = line("With whom")
    each = PerChild(
        "For one child alone",
        asked_of="children",
        own_words=own_words(),
        private_line=private_line(),
        may_family_read=may_family_read(),
        is_private_line_from_third_party=third_party_line(),
    )
    what_next = text("What next", rows=2)
    next_by = day("By when")
    is_from_third_party = tick("Some of it was told by somebody outside the family")

    def __init__(
        self, *args: Any, children: Sequence[Shown] = (), may_decide: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, children=children, **kwargs)
        offer(self, "children", [(pk, name) for pk, name in self.called.items()])
        kinds = [kind for kind in NoteKind.choices if may_decide or kind[0] != NoteKind.MANAGERS_DECISION]
        offer(self, "kind", kinds)
        if not may_decide:
            del self.fields["because"]


class CorrectVisitForm(TaskForm):
    """Put a visit right: what all its children share, where that may be read whole, and one child's part."""

    at = moment("When", "Write the day and the time")
    how = choice("How", How.choices, "Choose how the visit was made", across=True)
    others_there = line("Who else was there, of those not on record")
    what_happened = text("What happened", "Write a line on what happened", rows=6)
    what_next = text("What next", rows=2)
    next_by = day("By when")
    each = of_each("This child", asked_of="")
    because = text("What was wrong?", "Say in a few words what was wrong", rows=1)

    SHARED = ("at", "how", "others_there", "what_happened", "what_next", "next_by")
    of_fact = {"seen": "how_seen"}

    def __init__(
        self, *args: Any, children: Sequence[Shown] = (), with_shared: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, children=children, **kwargs)
        leave_shared(self, with_shared)
        ask_as_born(self, "each", children)
        for pk in self.called:
            self.fields[name_in_form("each", pk, "seen")].required = False


class CorrectNoteForm(TaskForm):
    """Put a note right: what all its children share, where that may be read whole, and one child's part."""

    at = moment("When", "Write the day and the time")
    words = text("What to write down", rows=6)
    because_of = text("Why was it decided so?", rows=2)
    with_whom = line("With whom")
    what_next = text("What next", rows=2)
    next_by = day("By when")
    each = PerChild(
        "This child",
        own_words=own_words(),
        private_line=private_line(),
        may_family_read=may_family_read(),
        is_private_line_from_third_party=third_party_line(),
    )
    because = text("What was wrong?", "Say in a few words what was wrong", rows=1)

    SHARED = ("at", "words", "because_of", "with_whom", "what_next", "next_by")
    of_fact = {"because_of": "because", "because": ""}

    def __init__(self, *args: Any, with_shared: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leave_shared(self, with_shared)


def leave_shared(form: CorrectVisitForm | CorrectNoteForm, with_shared: bool) -> None:
    """Ask nothing of what others share who are not this reader's to open."""
    for name in () if with_shared else form.SHARED:
        del form.fields[name]


class MoveForm(TaskForm):
    """Whose a note was, if not this child's."""

    to = choice("Whose is it?", (), "Choose whose it is, or that it is none of these")
    because = text(
        "How did it come here?",
        "Say in a few words what went wrong",
        rows=1,
        help_text="It stays on this file: name nobody of another family.",
    )

    NOBODYS = "nobody"

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [*offered, (self.NOBODYS, "None of these: take it off this file")])


class FindForm(forms.Form):
    """The child of another family whose note it is."""

    find = forms.CharField(
        label="Is it about a child of another family? Find the child",
        required=False,
        max_length=200,
        help_text="Those whose record you may open are shown.",
    )
