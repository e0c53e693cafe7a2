"""What is asked on the pages of help: of families in their own words, of those who help them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from kith.record.frontdoor.models import Danger, Together
from kith.record.help.models import Answer, FamilyMeeting, ForWhom, Way
from kith.record.planning.models import Basis
from kith.standards.codes import code_list
from kith.web.task_pages.fields import UNSAID
from kith.web.task_pages.forms import TaskForm, choice, code_choice, day, ticks, words, yes_no

LONGEST = 5_000  # letters that a family may write in one box
ONE_OF_US = [(each.value, str(each.label)) for each in Way if each is not Way.PAGE]
REACHED_BY = [
    (each.value, str(each.label)) for each in (Way.PHONE, Way.TEXT, Way.VISIT, Way.LETTER, Way.PARTNER)
]


def line(label: str, asks: str = "", *, help_text: str = "", longest: int = 200) -> forms.CharField:
    """A field for a few words on one line."""
    return forms.CharField(
        label=label,
        required=bool(asks),
        help_text=help_text,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": asks},
    )


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


NEW_CHILDREN = range(1, 5)


class BeginForm(TaskForm):
    """Who is helped, on what ground, and who of the family agrees."""

    def __init__(
        self,
        *args: Any,
        family: Iterable[tuple[int, str]] = (),
        home: str = "",
        asker: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = list(family)
        asked: dict[str, forms.Field] = {}
        if known:
            asked["people"] = ticks("Which children is the help for?", known, with_all=True, coerce=int)
        for number in NEW_CHILDREN:
            asked |= self._new_child(number)
        asked["together"] = choice(
            "What are the new children to each other, and to those ticked?", Together.choices,
            help_text="As you were told. Left open, nobody is tied to anybody.",
        )  # fmt: skip
        if asker:
            asked["asker_is"] = choice(
                f"What is {asker}, who asked, to the new children?",
                [("mother", "Their mother"), ("father", "Their father")],
                help_text="Answered, they are put on record by this name, as told.",
            )
        if home:
            asked["is_home_hidden"] = yes_no(
                "Is where they live to be kept from anybody?",
                help_text=f"They said “{home}”. Answered, the new children’s address is that, as told and "
                "not checked; left open, none is written down.",
            )
        asked["basis"] = choice("On what ground?", Basis.choices, "Choose on what ground help is given")
        asked["agreed_by"] = line(
            "Who of the family agrees?", "Write who agrees",
            help_text="One parent, or a young person of 16 or over: “Sal, their mum”.",
        )  # fmt: skip
        asked["agreed_how"] = choice("How did they say so?", REACHED_BY, "Choose how they said so")
        asked["agreed_words"] = words("In their words", rows=2)
        asked["need"] = code_choice(
            "What is the help for, above all?", "help_needs", timezone.localdate(),
            first=[code.code for code in code_list("help_needs")][:9],
        )  # fmt: skip
        self.fields = {**asked, **self.fields}
        self.has_known = bool(known)

    @staticmethod
    def _new_child(number: int) -> dict[str, forms.Field]:
        return {
            f"given_names_{number}": line("Given names", help_text="For a baby not yet born: Baby."),
            f"family_name_{number}": line("Family name"),
            f"date_of_birth_{number}": day("Date of birth", help_text="Leave it empty if nobody knows."),
            f"expected_{number}": day("If not yet born: expected on", help_text=""),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("people") and not self.new_children():
            self.add_error("people" if self.has_known else "given_names_1", "Choose or name the children")
        for number in NEW_CHILDREN:
            if said.get(f"date_of_birth_{number}") and said.get(f"expected_{number}"):
                self.add_error(f"expected_{number}", "Give the day of birth or the day expected, not both")
        return said

    def new_rows(self) -> list[list[Any]]:
        """The boxes of each child who is new, for the page."""
        names = ("given_names", "family_name", "date_of_birth", "expected")
        return [[self[f"{name}_{number}"] for name in names] for number in NEW_CHILDREN]

    def new_children(self) -> list[Mapping[str, Any]]:
        """The children named who are not on record, as `register_person` takes them."""
        said = self.cleaned_data
        return [
            {
                "given_names": said.get(f"given_names_{number}", "").strip(),
                "family_name": said.get(f"family_name_{number}", "").strip(),
                "date_of_birth": said.get(f"date_of_birth_{number}"),
                "expected_date_of_birth": said.get(f"expected_{number}"),
                "sex": "U" if said.get(f"expected_{number}") else "",
            }
            for number in NEW_CHILDREN
            if said.get(f"given_names_{number}", "").strip() or said.get(f"family_name_{number}", "").strip()
        ]


SEXES = [("F", "Female"), ("M", "Male"), ("U", "Not known, or not yet born")]  # code list `sex`
TIES = [
    ("sibling", "Brother or sister"),
    ("half_sibling", "Half brother or half sister"),
    ("step_sibling", "Step brother or step sister"),
]  # of code list `family_relationships`
NEW = "new"


class AddChildForm(TaskForm):
    """One more child of the family: on record already, or new to us."""

    OF_THE_NEW = ("given_names", "family_name", "sex", "date_of_birth", "expected_date_of_birth")

    def __init__(
        self, *args: Any, family: Iterable[tuple[int, str]] = (), beside: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(pk), name) for pk, name in family]
        asked: dict[str, forms.Field] = {
            "child": choice(
                "Which child?", [*known, (NEW, "A child who is new to us")], "Choose which child"
            ),
            "given_names": line("Given names", help_text="For a baby not yet born: Baby."),
            "family_name": line("Family name"),
            "sex": choice("Sex", SEXES, across=True),
            "date_of_birth": day("Date of birth", help_text="Leave it empty if nobody knows."),
            "expected_date_of_birth": day("If not yet born: expected on", help_text=""),
            "tie": choice(f"What is the new child to {beside}?", TIES),
            "on": day("From when?", "Write from when", is_filled=True),
        }
        self.fields = {**asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("child") == NEW:
            if not (said.get("given_names", "").strip() or said.get("family_name", "").strip()):
                self.add_error("given_names", "Write the child’s name")
            if not said.get("tie"):
                self.add_error("tie", "Choose what the child is to a brother or sister")
            if said.get("date_of_birth") and said.get("expected_date_of_birth"):
                self.add_error("expected_date_of_birth", "Give one of the two days")
        return said

    def of_the_new(self) -> list[Any]:
        """The boxes about a child who is new, for the page."""
        return [self[name] for name in (*self.OF_THE_NEW, "tie")]

    def details(self) -> dict[str, Any]:
        """What is said of a child who is new, as `register_person` takes it."""
        said = {name: self.cleaned_data.get(name) for name in self.OF_THE_NEW}
        return said | {"sex": "U" if said["expected_date_of_birth"] else said["sex"] or ""}


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


class NeedForm(TaskForm):
    """Something the family needs, with the help there is for it."""

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "kind": code_choice(
                "What is needed?", "help_needs", timezone.localdate(), "Choose what is needed",
                first=[code.code for code in code_list("help_needs")][:9],
            ),
            "only_for": choice(
                "Who is it for?", [("all", "The whole family"), *((str(pk), name) for pk, name in people)],
                "Choose who it is for",
            ),
            "in_words": words("In a few words", rows=2),
            "met_by": line("Who or what could help?", help_text="A service or a person.", longest=300),
        }  # fmt: skip
        self.fields = {**asked, **self.fields}


class MatchNeedForm(TaskForm):
    """What was found for a need, of the directory or besides, and whether it helped."""

    met_by = line("If it is not in the list: who or what helps?", longest=300)
    offered_on = day("Offered on")
    was_taken_up = yes_no("Did the family take it up?")
    has_helped = yes_no("Has it helped?")

    def __init__(self, *args: Any, services: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offered := [(str(thread), name) for thread, name in services]:
            service = choice("What there is in the directory", offered, first=6)
            self.fields = {"service": service, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("service") and not said.get("met_by", "").strip():
            self.add_error("met_by", "Choose a service, or write who or what helps")
        return said


class UnmetForm(TaskForm):
    """What a family needs and nobody here can give, without a name."""

    what = words(
        "What was needed, and is not there?", "Write what was needed", rows=3, longest=500,
        help_text="Those who plan services read this. Write no name, and nothing that tells who it is.",
    )  # fmt: skip
    district = line("Where do they live?", help_text="The area is enough.", longest=100)


class TeamMemberForm(TaskForm):
    """Somebody of the team around the family."""

    name = line("Name", "Write the name")
    does_what = line("What do they do for the family?", longest=300)
    phone = line("Phone", longest=40)


class LeftTeamForm(TaskForm):
    """The day on which somebody's part in the team ended."""

    on = day("When did their part end?", "Write when their part ended", is_filled=True)


class LeadForm(TaskForm):
    """Who leads the help for a family."""

    on = day("From", "Write from when", is_filled=True)

    def __init__(self, *args: Any, workers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker = choice("Who leads?", [(str(pk), name) for pk, name in workers], "Choose who leads")
        self.fields = {"worker": worker, **self.fields}


class AgreePlanForm(TaskForm):
    """A plan's first goal and first action: all that is asked of a family at first."""

    goal = words("What should be better?", "Write what should be better", rows=2)
    action = words("What happens first?", "Write what happens first", rows=2)
    worker = choice("Who does it?", ())
    owner_in_words = line("Their name, if it is none of us", help_text="“Mum”, “Nan”, “Bea from school”.")
    due_on = day("By when?", "Write by when")
    agreed_with = line("Who of the family agreed to this plan?", longest=300)
    review_on = day("When do you look at it again together?")

    def __init__(self, *args: Any, workers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        us = [(str(pk), name) for pk, name in workers]
        self.fields["worker"].choices = [*us, (UNSAID, "Somebody else, named below")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        worker, other = said.get("worker"), (said.get("owner_in_words") or "").strip()
        if not worker and not other:
            self.add_error("owner_in_words", "Say who does it: choose a worker, or write a name")
        if worker and other:
            self.add_error("owner_in_words", "Choose “Somebody else, named below”, or leave this empty")
        return said


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


class ReviewForm(TaskForm):
    """The family and those who help it look at the plan again."""

    on = day("When?", "Write when", is_filled=True)
    who_was_there = line("Who was there?", longest=300)
    what_changed = words("What has changed?", "Write what has changed")
    next_on = day("When do you look again?")


class StepUpForm(TaskForm):
    """Asking whether social workers have to help as well."""

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "people": ticks("Which children?", people, "Choose which children", with_all=True, coerce=int),
            "what_has_changed": words("What has changed?", "Write what has changed"),
            "was_family_told": yes_no("Does the family know that you ask?", "Say whether the family knows"),
            "not_told_because": line("If not: why?", longest=300),
        }
        self.fields = {**asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("was_family_told") is False and not said.get("not_told_because", "").strip():
            self.add_error("not_told_because", "Write why the family does not know")
        return said


class DecideStepUpForm(TaskForm):
    """A manager decides whether the front door is told."""

    decision = choice(
        "What do you decide?",
        [("step_up", "Tell the front door: more than family help may be needed"),
         ("stay", "The family stays with family help")],
        "Choose what you decide",
    )  # fmt: skip
    because = words("Why?", "Write why", rows=3)


class WithdrawStepUpForm(TaskForm):
    """That nobody asks for more any longer."""

    because = line("Why is it not needed?", "Write why it is not needed", longest=300)


class CloseForm(TaskForm):
    """How a family's help ends."""

    on = day("When?", "Write when", is_filled=True)
    because = words(
        "What led to this?", rows=2, help_text="A family that chooses to stop owes nobody a reason."
    )
    in_place_now = words("What is in place now?", rows=3)
    who_to_ring = line("Who can the family ring?", longest=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [code.code for code in code_list("help_end_reasons")]
        asks = "Choose why help ends"
        reason = code_choice(
            "Why does help end?", "help_end_reasons", timezone.localdate(), asks, first=codes
        )
        self.fields = {"reason": reason, **self.fields}


class StepDownForm(TaskForm):
    """Going on with family help, as more is no longer needed."""

    def __init__(
        self,
        *args: Any,
        family: Iterable[tuple[int, str]] = (),
        workers: Iterable[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "people": ticks("Which children?", family, "Choose which children", with_all=True, coerce=int),
            "agreed_by": line("Who of the family agrees?", "Write who agrees"),
            "agreed_how": choice("How did they say so?", REACHED_BY, "Choose how they said so"),
            "lead": choice("Who leads?", [(str(pk), name) for pk, name in workers]),
        }
        self.fields = {**asked, **self.fields}
