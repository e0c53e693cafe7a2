"""The forms about harm outside the home: nothing that somebody has to judge is chosen beforehand."""

from collections.abc import Sequence

from django import forms

from kith.record.outside.models import Answer, Concern, HowKnown, Kind, Step, Tie
from kith.web.task_pages.forms import PerChild, TaskForm, choice, day, ticks, words, yes_no

REMINDS = "For example, 3/3/2026. It stands on My work a fortnight before."
NO_NAMES = "Write no young person’s name here: link them instead."


def line(label: str, asks: str = "", *, longest: int = 200, help_text: str = "") -> forms.CharField:
    """A field for a few words on one line."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(asks),
        help_text=help_text,
        error_messages={"required": asks},
    )


def how_known() -> forms.TypedChoiceField:
    """How it is known: rumour is an answer too, and drawn as one."""
    return choice("How is it known?", HowKnown.choices, "Say how it is known")


def one_of(label: str, held: Sequence[Concern]) -> forms.TypedChoiceField:
    """One of those that are of concern: there may be many, so they stand in a list."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Choose"), *((one.thread, f"{one.get_kind_display()}: {one.name}") for one in held)],
        coerce=int,
        error_messages={"required": "Choose one", "invalid_choice": "Choose one of these"},
    )


class ConcernForm(TaskForm):
    """What is of concern, as it is known now."""

    name = line(
        "What do young people call it?", "Write the name that they use", help_text="Their name, not ours."
    )
    how_known = how_known()
    description = words("What is known of it?", rows=4, help_text=NO_NAMES)
    may_be_shared = yes_no("May it be shared with other agencies?")


class NewConcernForm(ConcernForm):
    """The same, and what it is and since when."""

    kind = choice("What is it?", Kind.choices, "Say what it is")
    known_since = day("Since when is it known?", "Say since when")
    field_order = ("kind", "name", "how_known", "known_since")


class EndConcernForm(TaskForm):
    """Why it is no longer of concern."""

    on = day("From which day?", "Say from which day", is_filled=True)
    because = words("Why is it no longer of concern?", "Say why", rows=2, longest=300)


class StepForm(TaskForm):
    """A step against what is of concern."""

    kind = choice("What kind of step?", Step.choices, "Say what kind of step")
    what = line("What exactly?", longest=300)
    who = line("Who takes it?", "Say who takes it")
    on = day("Since which day?", "Say since which day")
    until = day("Until when does it last?", help_text=REMINDS)


class ChangeStepForm(TaskForm):
    """Until when a step lasts now: it may end sooner, or go on."""

    until = day("Until when does it last?")
    came_of_it = words("What came of it?", rows=2, longest=300)


def between_form(others: Sequence[Concern]) -> type[TaskForm]:
    """Asks what this has to do with which other."""
    asked = {
        "other": one_of("Which other?", others),
        "what": line("What do they have to do with each other?", "Say what"),
        "how_known": how_known(),
        "since": day("Since when?", "Say since when"),
    }
    return type("BetweenForm", (TaskForm,), asked)


def link_form(held: Sequence[Concern]) -> type[TaskForm]:
    """Asks what a young person has to do with which concern."""
    asked = {
        "concern": one_of("With what?", held),
        "tie": choice(
            "What do they have to do with it?",
            Tie.choices,
            "Say what they have to do with it",
            help_text="Harmed and causing harm may both be true: save one, then the other.",
        ),
        "how_known": how_known(),
        "since": day("Since when?", "Say since when"),
        "what": words("What is known of this young person?", rows=3),
    }
    return type("LinkForm", (TaskForm,), asked)


class EndLinkForm(TaskForm):
    """From when a link is over."""

    on = day("From which day is it over?", "Say from which day", is_filled=True)


class ScreenForm(TaskForm):
    """What the local tool says, and why."""

    tool = line("Which tool?", "Say which tool", longest=100)
    level = line("Which level, in the tool’s own words?", "Say which level", longest=100)
    reason = words("Why this level?", "Say why", rows=4)
    on = day("On which day?", "Say on which day", is_filled=True)
    review_on = day("When is it looked at again?", help_text=REMINDS)


class NationalForm(TaskForm):
    """A referral to the National Referral Mechanism."""

    referred_by = line("Which first responder refers?", "Say who refers")
    what = words("What happened?", "Say what happened", rows=5)
    on = day("On which day?", "Say on which day", is_filled=True)
    reference = line("Reference", longest=50)


class NationalOfAdultForm(NationalForm):
    """The same of somebody of 18 or more, who is asked."""

    consents = yes_no("Do they consent?", "Say whether they consent")


class AnswerForm(TaskForm):
    """What came back."""

    answer = choice("What was answered?", Answer.choices, "Say what was answered")
    on = day("On which day?", "Say on which day", is_filled=True)


class ConsentForm(TaskForm):
    """What somebody said who was asked again at 18."""

    consents = yes_no("Do they consent, now that they are 18?", "Say what they said")
    on = day("On which day were they asked?", "Say on which day", is_filled=True)


class HandOverForm(TaskForm):
    """Who goes on with a young person as an adult."""

    to_whom = line("Who goes on with them?", "Say who")
    agreed = words("What was agreed, and what do they think of it?", rows=4)
    on = day("On which day?", "Say on which day", is_filled=True)


class PlanForm(TaskForm):
    """What should be safer, and the first thing that somebody does for it."""

    goal = words("What should be safer, and how will we see it?", "Say what should be safer", rows=3)
    what = words("What is done first?", "Say what is done first", rows=2)
    who = line("Who does it?", "Say who does it", help_text="A worker, or somebody they trust.")
    due_on = day("By when?")
    agreed_with = line("Who agreed to it?", longest=300, help_text="The young person; Mum; school.")
    review_on = day("When is the plan looked at again?")


def panel_form(choices: Sequence[tuple[int, str]]) -> type[TaskForm]:
    """Asks about whom a panel talked, and what it decided for each: nobody is ticked beforehand."""
    asked = {
        "on": day("On which day did it meet?", "Say on which day", is_filled=True),
        "chaired_by": line("Who led it?", "Say who led it"),
        "who_came": line("Who came?", longest=300),
        "children": ticks("Whom was it about?", choices, "Choose whom it was about", coerce=int),
        "each": PerChild(
            "For each young person",
            asked_of="children",
            decided=words("What was decided for {name}?", "Say what was decided for {name}", rows=2),
            why=words("Why, for {name}?", "Say why, for {name}", rows=2),
            own_words=words("What did {name} say?", rows=2),
            actions=words("What is done for {name}: what, who, until when?", rows=3),
        ),
    }
    return type("PanelForm", (TaskForm,), asked)
