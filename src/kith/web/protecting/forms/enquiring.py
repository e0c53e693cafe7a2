"""The forms of an enquiry: its start, its strategy discussions, and the day from which it counts."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import capfirst

from kith.record.chronology.words import words_for
from kith.record.protection.models import StrategyDiscussion
from kith.standards.codes import code_list
from kith.web.protecting.forms.agencies import WhoCameForm
from kith.web.task_pages.forms import PerChild, TaskForm, choice, day, moment, ticks, words, yes_no


def kinds_of_harm(on: date) -> list[tuple[str, str]]:
    """The kinds of harm, in words; the one that says several comes last."""
    codes = [one.code for one in code_list("category_of_abuse").valid_on(on)]
    return [
        (code, capfirst(words_for("category_of_abuse", code)))
        for code in sorted(codes, key=lambda c: c == "MUL")
    ]


def enquiry_form(options: Sequence[tuple[int, str]], on: date) -> type[TaskForm]:
    """Starting an enquiry: two facts, and what may be said now or later."""
    single = [kind for kind in kinds_of_harm(on) if kind[0] != "MUL"]

    class EnquiryForm(TaskForm):
        children = ticks(
            "Which children may be suffering harm?", options, "Choose the children", with_all=True, coerce=int
        )
        suspected_harm = words(
            "What harm is suspected, to whom, and what is known?", "Say what harm is suspected", rows=5
        )
        is_danger_now = yes_no("Is a child in danger now?")
        kinds = ticks("Kinds of harm, as far as you can tell", single)
        at = moment("When did the message come?", is_filled=True)

    return EnquiryForm


UNBORN = {  # what is asked instead of a child not yet born; "": nobody can ask it of them
    "sleeps_where": "Where does {name}’s mother sleep tonight?",
    "is_safe_tonight": "Is {name}’s mother safe there tonight?",
    "seen_when": "When will {name}’s mother be seen, by whom?",
    "medical": "Scan, midwife and birth plan: what is known, what is needed",
    "seen_on": "When was {name}’s mother seen?",
    "not_seen_because": "If {name}’s mother was not seen: why not?",
    "is_seen_alone": "",
    "child_said": "",
    "participation": "",
}


def strategy_form(
    options: Sequence[tuple[int, str]], going_on: Sequence[int], leads: Sequence[tuple[str, str]]
) -> type[WhoCameForm]:
    """A strategy discussion; the children are those whose enquiry goes on, which is a fact."""

    class StrategyForm(WhoCameForm):
        discussed = words(
            "What was shared, and what was agreed about tonight?", "Write what was shared and agreed", rows=6
        )
        decision = choice("What was decided?", StrategyDiscussion.Decision.choices, "Choose what was decided")
        tonight = PerChild(
            "Tonight",
            unborn=UNBORN,
            sleeps_where=words("Where does {name} sleep tonight?", rows=2),
            is_safe_tonight=yes_no("Is {name} safe there tonight?"),
        )
        about = ticks("Which children it was about", options, coerce=int)
        led_by = choice("Who led it?", leads)
        held_at = moment("When was it held?", is_filled=True)
        way = choice("How was it held?", StrategyDiscussion.Way.choices, across=True)
        risk_now = words("What is the risk now?", rows=2)
        of_concern = words("Which adult is suspected, or of concern? Visitors are warned of them", rows=2)
        actions = words("Who does what, by when?", rows=3)
        each = PerChild(
            "For each child",
            unborn=UNBORN,
            seen_when=words("When will {name} be seen, by whom?", rows=2),
            medical=words("Medical for {name}", rows=2),
        )

    StrategyForm.base_fields["about"].initial = list(going_on)
    return StrategyForm


class CountFromForm(TaskForm):
    on = day("From which day does the enquiry count?", "Write the day")
    because = words("Why?", "Say why", rows=2)
