"""The forms of asking for help and of answering: what would help, what was tried, what becomes of it."""

from collections.abc import Iterable
from typing import Any

from kith.record.frontdoor.models import Danger
from kith.record.help.models import Answer, ForWhom, Way
from kith.web.help.forms.fields import REACHED_BY, line
from kith.web.task_pages.forms import TaskForm, choice, ticks, words, yes_no

LONGEST = 5_000  # letters that a family may write in one box
ONE_OF_US = [(each.value, str(each.label)) for each in Way if each is not Way.PAGE]


class AskForm(TaskForm):
    """What somebody who asks for help is asked: six things, of which two are needed."""

    what_would_help = words(
        "What would help?",
        "Write what would help, in a few words",
        help_text="For example: money for food, somewhere to live, somebody to talk to, a break.",
        longest=LONGEST,
    )
    for_whom = choice("Who is it for?", ForWhom.choices)
    name = line("Your name, or what to call you")
    how_and_when_safe = words(
        "How and when is it safe to reach you?",
        "Write how we can reach you safely",
        rows=3,
        help_text="For example: “Text 07700 900123 after 6. Please don’t leave a voicemail.” "
        "We use only the way you write here.",
        longest=LONGEST,
    )
    where = line("Where do you live?", help_text="Your area, or the first half of your postcode, is enough.")
    anything_else = words("Is there anything else we should know?", rows=3, longest=LONGEST)


class WriteRequestForm(AskForm):
    """The same, written down by one of us for somebody who rang, came in, or asks for a family."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_and_when_safe"].required = False
        self.fields[
            "how_and_when_safe"
        ].help_text = "In their own words. Empty only where the family does not know yet."
        self.fields["way"] = choice("How did they get in touch?", ONE_OF_US, "Choose how they got in touch")
        self.fields["asked_by"] = line("If somebody asks for them: who, and how to reach them")
        self.fields["does_family_know"] = yes_no(
            "If somebody asks for them: does the family know?",
            help_text="Nobody rings a family that does not know: whoever asks speaks with them first.",
        )


class ReplyForm(TaskForm):
    """One try to reach a family."""

    got_through = yes_no("Did you speak with them?", "Say whether you spoke with them")
    way = choice("By what way?", REACHED_BY, "Choose by what way")
    is_safe_way = yes_no(
        "Was it the way and the time they said is safe?", "Say whether it was the way they said is safe"
    )
    against_safe_way_because = line("If not: why did it have to be otherwise?", longest=300)
    said = words("What was said?", help_text="Leave it empty where nobody answered: that is no concern.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("is_safe_way") is False and not said.get("against_safe_way_because", "").strip():
            self.add_error("against_safe_way_because", "Write why it had to be otherwise")
        return said


class AnswerForm(TaskForm):
    """What becomes of a request. Family help and the front door have pages of their own."""

    ANSWERS = (Answer.ACTIVITY, Answer.ADVICE, Answer.OTHER_SERVICE, Answer.CANNOT_HELP, Answer.STOPPED)

    answer = choice(
        "What happens now?", [(each.value, str(each.label)) for each in ANSWERS], "Choose what happens now"
    )
    in_words = words(
        "In a few words",
        rows=3,
        help_text="Which activity, advice or service; or what was needed and could not be given.",
    )


class KnowsForm(TaskForm):
    """That a family now knows that somebody asked for it."""

    how_and_when_safe = words("How and when is it safe to reach them?", rows=3, longest=LONGEST)


class FrontDoorForm(TaskForm):
    """Why a request is told to the front door, and which children it is about."""

    reason = words("Why may somebody not be safe?", "Write why somebody may not be safe")
    children = words(
        "Which children?",
        "Write which children, as well as you can",
        rows=2,
        help_text="One on each line, with an age if you know it: “Amira Khan, 7”, “a baby”.",
    )
    is_family_told = yes_no(
        "Does the family know that you tell the front door?", "Say whether the family knows"
    )
    why_not_told = line("If not: why would telling them put somebody at risk?", longest=300)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("is_family_told") is False and not said.get("why_not_told", "").strip():
            self.add_error("why_not_told", "Write why the family was not told")
        return said


class ContactForm(FrontDoorForm):
    """Why a request becomes a contact, and which children it is about: those helped already are offered."""

    danger = choice("Is somebody in danger now?", Danger.choices, across=True)

    def __init__(self, *args: Any, family: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known := list(family):
            people = ticks("Which children of the family?", known, with_all=True, coerce=int)
            self.fields = {"reason": self.fields.pop("reason"), "people": people, **self.fields}
            self.fields["children"].label = "Other children?"
            self.fields["children"].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "people" in self.fields and not said.get("people") and not said.get("children"):
            self.add_error("people", "Choose or name the children")
        return said
