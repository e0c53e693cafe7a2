"""The forms of what is written of a family that is helped, and of what a child says."""

from kith.web.help.forms.fields import REACHED_BY, line
from kith.web.task_pages.forms import TaskForm, choice, day, words


class DescribeForm(TaskForm):
    """How things are for the whole family, in its own words."""

    going_well = words("What is going well?")
    is_hard = words("What is hard?")
    what_would_help = words("What would help?")


class AgreementForm(TaskForm):
    """What somebody of the family said to being helped."""

    who = line("Who?", "Write who was asked", help_text="“Sal, their mum”, “Adam himself”")
    answer = choice(
        "What did they say?",
        [("yes", "They agree"), ("no", "They do not agree"), ("withdrawn", "They agreed, and no longer do")],
        "Choose what they said",
    )
    how = choice("How did they say so?", REACHED_BY, "Choose how they said so")
    on = day("When?", "Write when", is_filled=True)
    in_their_words = words("In their words", rows=3)


class ChildsViewForm(TaskForm):
    """What one child says."""

    on = day("When?", "Write when", is_filled=True)
    own_words = words(
        "In the child’s own words", help_text="Or what you saw, of a child who does not speak yet."
    )
    not_asked_because = line("If nobody has asked yet: why?", longest=300)
    may_family_read = choice(
        "May the family read it?",
        [("yes", "Yes"), ("not_yet", "Not yet"), ("no", "No")],
        help_text="Left alone, it stands on no copy for the family.",
    )


class ReviewForm(TaskForm):
    """The family and those who help it look at the plan again."""

    on = day("When?", "Write when", is_filled=True)
    who_was_there = line("Who was there?", longest=300)
    what_changed = words("What has changed?", "Write what has changed")
    next_on = day("When do you look again?")
