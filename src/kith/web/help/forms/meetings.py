"""The forms of a family meeting: its offer, the reply, the day itself, and its plan looked at again."""

from typing import Any

from kith.record.help.models import FamilyMeeting
from kith.web.help.forms.fields import REACHED_BY, line
from kith.web.task_pages.forms import TaskForm, choice, day, words, yes_no


class MeetingForm(TaskForm):
    """A meeting of the family, offered or not."""

    kind = choice("Which meeting?", FamilyMeeting.Kind.choices, "Choose which meeting")
    is_offered = yes_no("Is it offered?", "Say whether it is offered")
    offered_to = line("To whom?", help_text="One person with parental responsibility is enough.", longest=300)
    how = choice("How?", REACHED_BY)
    on = day("When?", is_filled=True)
    although = line("If that way is not safe for them: why did it have to be?", longest=200)
    because = words("If not offered: why is that best for the children?", rows=3)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("is_offered"):
            for name, asks in (("offered_to", "Write to whom"), ("how", "Choose how"), ("on", "Write when")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, asks)
        elif said.get("is_offered") is False and not said.get("because", "").strip():
            self.add_error("because", "Write why it is not offered")
        return said


class MeetingReplyForm(TaskForm):
    """What the family said to the offer."""

    reply = choice("What did they say?", FamilyMeeting.Reply.choices, "Choose what they said")
    on = day("When?", "Write when", is_filled=True)
    prepared_by = line(
        "Who prepares it with them?", help_text="For family group decision making: somebody independent."
    )


class MeetingHeldForm(TaskForm):
    """A meeting as it was held."""

    on = day("Held on", "Write when it was held", is_filled=True)
    who_came = words("Who came?", rows=2)
    had_private_time = yes_no("Did the family have time alone?")
    familys_plan = words("The family’s own plan", "Write the family’s plan, in their words")
    agreed = words("What was agreed?", rows=3)
    not_agreed = words("What was not agreed?", rows=2)
    not_agreed_because = words("Why not?", rows=2)
    review_on = day("When is it looked at again?")


class MeetingReviewForm(TaskForm):
    """The plan that a family made is looked at again."""

    on = day("When?", "Write when", is_filled=True)
    how_it_goes = words("How does the family’s plan go?", "Write how it goes", help_text="In their words.")
    review_on = day("When is it looked at next?", help_text="Leave it empty if it need not be.")
