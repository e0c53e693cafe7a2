"""The forms of protection. What is a fact may stand filled in; no judgement does."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import capfirst

from kith.record.chronology.words import words_for
from kith.record.people.models import SafeContact
from kith.record.protection.models import (
    ConferenceOf,
    EmergencyStep,
    EnquiryFinding,
    Invited,
    LegalPlanningLook,
    ProtectionPlan,
    StrategyDiscussion,
)
from kith.record.protection.policies import LONGEST_BETWEEN_VISITS, check_rests_on
from kith.record.said import NotSaid
from kith.standards.codes import code_list
from kith.standards.dates import long_date
from kith.standards.working_days import legal_day
from kith.web.task_pages.forms import (
    PerChild,
    TaskForm,
    choice,
    code_choice,
    day,
    moment,
    ticks,
    words,
    yes_no,
)
from kith.web.task_pages.per_child import name_in_form

OUTLINE_LINES, OUTLINE_WORDS = 4, ("safe_meanwhile", "if_nothing_changes")
STILL, NO_CONFERENCE, OTHER_SLOT = "still", "none", "other"
FINDINGS = [*EnquiryFinding.Finding.choices[:3], (STILL, "Still enquiring: hold this date")]
NEED_PLAN, FAMILY_HELP = "need_plan", "family_help"
FOLLOWS = [
    (NEED_PLAN, "A child in need plan from today"),
    (FAMILY_HELP, "Family help, which one person leads"),
]
FINDINGS_LATER = list(EnquiryFinding.Finding.choices)
# Who takes part in a strategy discussion, in the words of practice; codes of `agency_types`.
TAKE_PART = (
    ("police", "Police"),
    ("nhs_provider", "Health: hospital or clinic"),
    ("gp", "Health: family doctor"),
    ("health_visiting", "Health: health visitor or school nurse"),
    ("midwifery", "Health: midwife"),
    ("camhs", "Health: children’s mental health"),
    ("school", "School or college"),
    ("early_years", "Nursery or child minder"),
    ("la_housing", "Housing"),
    ("domestic_abuse", "Domestic abuse service"),
    ("probation", "Probation"),
    ("legal", "Legal"),
)
SENT_BY = (
    (SafeContact.Way.IN_PERSON.value, "Handed over"),
    (SafeContact.Way.LETTER.value, "By post"),
    (SafeContact.Way.EMAIL.value, "By email"),
)
COMES_AS = (("", "Family, or no agency"), ("la_csc", "Children’s social care"), *TAKE_PART)


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


def _who_came(agency: str) -> str:
    """What the form calls the name of who came from an agency."""
    return f"who-{agency}"


def _names_of_who_came() -> dict[str, forms.Field]:
    """A name for each agency; beside its box, so that the box alone says its agency in full."""
    return {
        _who_came(agency): forms.CharField(
            label=f"Who came ({said.rpartition(': ')[2]})", required=False, max_length=200,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        for agency, said in TAKE_PART
    }  # fmt: skip


class WhoCameForm(TaskForm):
    """Each agency that took part, with the name of who came from it; a name alone says that it came."""

    took_part = ticks(
        "Who took part, beside children’s social care?", TAKE_PART, "Choose each agency that took part"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(_names_of_who_came())

    def clean(self) -> dict[str, Any]:
        """The answers, with `took_part` as the record keeps it: an agency and who spoke for it, each once."""
        told = super().clean() or self.cleaned_data
        ticked = told.get("took_part", [])
        names = {agency: told.pop(_who_came(agency), "").strip() for agency, _ in TAKE_PART}
        told["took_part"] = [
            {"agency": agency, "who": who} for agency, who in names.items() if who or agency in ticked
        ]
        if told["took_part"] and "took_part" in self.errors:
            del self.errors["took_part"]
        return told

    def agencies(self) -> list[tuple[Any, Any]]:
        """The box of each agency, with the field for the name beside it."""
        boxes = zip(self["took_part"].subwidgets, TAKE_PART, strict=True)
        return [(box, self[_who_came(agency)]) for box, (agency, _) in boxes]


UNBORN = {  # what is asked instead of a child not yet born; "": nobody can ask it of them
    "sleeps_where": "Where does {name}’s mother sleep tonight?",
    "is_safe_tonight": "Is {name}’s mother safe there tonight?",
    "seen_when": "When will {name}’s mother be seen, by whom?",
    "medical": "Scan, midwife and birth plan: what is known, what is needed",
    "seen_on": "When was {name}’s mother seen?",
    "not_seen_because": "If {name}’s mother was not seen: why not?",
    "is_seen_alone": "",
    "child_said": "",
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


def _slot(slots: Sequence[tuple[str, str]], with_none: bool) -> forms.TypedChoiceField:
    last = [(OTHER_SLOT, "Another day, which I write below")]
    none = [(NO_CONFERENCE, "None: the enquiry leads to no conference")] if with_none else []
    return choice("Which day?", [*slots, *last, *none], "Choose a day")


def _people(people: Sequence[tuple[str, str, bool]]) -> forms.TypedMultipleChoiceField:
    field = ticks("Who is to be asked", [(key, said) for key, said, _ in people])
    field.initial = [key for key, _, is_ticked in people if is_ticked]
    return field


def conference_form(
    slots: Sequence[tuple[str, str]],
    proposed: Sequence[tuple[str, str, bool]],
    tellers: Sequence[tuple[str, str]],
    chairs: Sequence[tuple[str, str]],
) -> type[TaskForm]:
    """Convening the first conference: what the enquiry found, the day, and who tells the family."""

    class ConferenceForm(TaskForm):
        finding = choice("What has the enquiry found?", FINDINGS, "Choose what the enquiry has found")
        slot = _slot(slots, with_none=True)
        family_told_by = choice("Who tells the family?", tellers, "Choose who tells the family")
        each = PerChild(
            "Differently for one child",
            finding=choice("What has the enquiry found about {name}?", FINDINGS),
            because=words("Why, for {name}?", rows=2),
        )
        because = words("Why: what the finding rests on", rows=2)
        when_seen = PerChild("When each child was seen in the enquiry", unborn=UNBORN, **seen_or_why_not())
        people = _people(proposed)
        other_at = moment("Another day and time")
        other_chair = choice("Who chairs on that other day?", chairs)
        family_not_told_because = words("If the family is not told yet: why?", rows=2)
        interpreter = _interpreter()

    return ConferenceForm


def convene_form(
    slots: Sequence[tuple[str, str]],
    proposed: Sequence[tuple[str, str, bool]],
    tellers: Sequence[tuple[str, str]],
    chairs: Sequence[tuple[str, str]],
) -> type[TaskForm]:
    """Convening the first conference where what was found is on record; with no `tellers` they know."""

    class ConveneForm(TaskForm):
        slot = _slot(slots, with_none=False)
        if tellers:
            family_told_by = choice("Who tells the family?", tellers, "Choose who tells the family")
            family_not_told_because = words("If the family is not told yet: why?", rows=2)
        people = _people(proposed)
        other_at = moment("Another day and time")
        other_chair = choice("Who chairs on that other day?", chairs)
        interpreter = _interpreter()

    return ConveneForm


def _interpreter() -> forms.CharField:
    return forms.CharField(
        label="Interpreter: language, and who", required=False, max_length=200,
        help_text="Never a child or a relative. With one, the conference takes twice as long.",
    )  # fmt: skip


def later_conference_form(
    slots: Sequence[tuple[str, str]],
    proposed: Sequence[tuple[str, str, bool]],
    chairs: Sequence[tuple[str, str]],
) -> type[TaskForm]:
    """Arranging a review, or the conference of a plan that moves in: the day."""

    class LaterConferenceForm(TaskForm):
        slot = _slot(slots, with_none=False)
        other_at = moment("Another day and time")
        other_chair = choice("Who chairs on that other day?", chairs)
        people = _people(proposed)
        interpreter = forms.CharField(
            label="Interpreter: language, and who", required=False, max_length=200,
            help_text="Never a child or a relative.",
        )  # fmt: skip

    return LaterConferenceForm


def seen_or_why_not() -> dict[str, Any]:
    """Whether each child was seen in the enquiry, and alone, or why not."""
    return {
        "seen_on": day("When was {name} seen?"),
        "is_seen_alone": yes_no("Was {name} seen alone?"),
        "not_seen_because": words("If {name} was not seen: why not?", rows=2),
    }


def _not_rested(own: Mapping[str, Any], name: str) -> str:
    """Why a child's finding cannot stand yet, in words for the field; "" where it can."""
    if not own.get("finding") or "seen_on" not in own or not own.get("because"):
        return ""  # another field says what is wrong
    one = EnquiryFinding(
        finding=own["finding"], why=own["because"], seen_on=own["seen_on"],
        not_seen_because=own.get("not_seen_because", ""),
    )  # fmt: skip
    try:
        check_rests_on(one, name)
    except NotSaid as refusal:
        return str(refusal)
    return ""


class FoundForm(TaskForm):
    """What the enquiry found, child by child."""

    each = PerChild(
        "For each child",
        for_all="finding",
        unborn=UNBORN,
        finding=choice(
            "What did the enquiry find about {name}?", FINDINGS_LATER, "Choose what was found about {name}"
        ),
        because=words("Why, for {name}?", "Say why, for {name}", rows=3),
        child_said=words("What did {name} say?", rows=2),
        **seen_or_why_not(),
        help_offered=words("What help is offered now?", rows=2),
    )
    family_told_on = day("When was the family told?")
    family_told_by = forms.CharField(label="Who told them?", required=False, max_length=150)
    family_not_told_because = words("If the family was not told: why not?", rows=2)

    def clean(self) -> dict[str, Any]:
        """The answers; a worry is put down only where it is said whether the child was seen, or why not."""
        told = super().clean() or self.cleaned_data
        for pk, own in told.get("each", {}).items():
            if refusal := _not_rested(own, self.called[pk]):
                self.add_error(name_in_form("each", pk, "seen_on"), refusal)
        return told


class FoundAgainForm(TaskForm):
    """What the enquiry found about one child, once more."""

    finding = choice("What did the enquiry find?", FINDINGS_LATER, "Choose what was found")
    because = words("Why?", "Say why", rows=3)
    child_said = words("What did the child say?", rows=2)
    seen_on = day("When was the child seen?")
    is_seen_alone = yes_no("Was the child seen alone?")
    not_seen_because = words("If the child was not seen: why not?", rows=2)
    help_offered = words("What help is offered now?", rows=2)

    def clean(self) -> dict[str, Any]:
        """The answers; a worry is put down only where it is said whether the child was seen, or why not."""
        told = super().clean() or self.cleaned_data
        if refusal := _not_rested(told, "the child"):
            self.add_error("seen_on", refusal)
        return told


class ChildSeenForm(TaskForm):
    """When one child was seen in an enquiry, or why not."""

    seen_on = day("When was the child seen?")
    is_seen_alone = yes_no("Was the child seen alone?")
    not_seen_because = words("If the child was not seen: why not?", rows=2)


class SendBackForm(TaskForm):
    """Not agreeing yet."""

    because = words("What is needed?", "Say what is needed", rows=3)


class MoveForm(TaskForm):
    """Moving a conference."""

    planned_for = moment("The new day and time", "Write the new day and time")
    because = words("Why does it move?", "Say why it moves", rows=2)
    safe_until_then = words(
        "What keeps the children safe until then?", "Say what keeps the children safe until then", rows=3
    )


def name_chair_form(chairs: Sequence[tuple[str, str]]) -> type[TaskForm]:
    """Who holds a conference: one of those who are independent of its children."""

    class NameChairForm(TaskForm):
        chair = choice("Who chairs it?", chairs, "Choose who chairs it")

    return NameChairForm


class CallOffForm(TaskForm):
    because = words("Why is it called off?", "Say why it is called off", rows=3)


class AskForm(TaskForm):
    """One more person to be asked."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write their name"})
    job = forms.CharField(label="Their work, or who they are to the children", required=False, max_length=100)
    agency = choice("From where?", COMES_AS[1:])
    is_report_wanted = yes_no("Is a report asked of them?")


class InvitedForm(TaskForm):
    """What happened with one person who is asked."""

    told_on = day("When were they told in person?")
    told_by = forms.CharField(label="Who told them?", required=False, max_length=150)
    apart = forms.CharField(
        label="If they must not meet somebody: how do they come?", required=False, max_length=300
    )
    invited_on = day("When did the invitation go?")
    invited_how = choice("How did it go?", SENT_BY)
    although = words("If it is not known to be safe for them: why does it go all the same?", rows=2)
    report_received_on = day("When did their report come?")
    report_shared_on = day("When was it shared with the family?")
    report_shared_how = forms.CharField(
        label="With whom, and in which language?", required=False, max_length=300
    )


class OutlineForm(TaskForm):
    """The outline of a protection plan: what has to change, who does what by when, and what happens else.

    `cleaned_data["outline"]` holds each line that says something. A name is matched to a worker by the view.
    """

    safe_meanwhile = words("What keeps the children safe while this is worked for?", rows=2)
    if_nothing_changes = words("What happens if it does not change?", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(OUTLINE_LINES):
            for name, field in _outline_line().items():
                self.fields[f"outline-{number}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        """The answers, the lines together; a line that says what is done says who does it."""
        told = super().clean() or self.cleaned_data
        told["outline"] = []
        for number in range(OUTLINE_LINES):
            line = {name: told.pop(f"outline-{number}-{name}", None) for name in _outline_line()}
            if line["what"] and not line["who"]:
                self.add_error(f"outline-{number}-who", "Say who will do this")
            if (line["who"] or line["due_on"]) and not line["what"]:
                self.add_error(f"outline-{number}-what", "Say what they will do")
            if line["goal"] or line["what"]:
                told["outline"].append(line)
        return told

    def outline_lines(self) -> list[list[Any]]:
        """The fields of each line of the outline, for a page that lays them out."""
        return [
            [self[f"outline-{number}-{name}"] for name in _outline_line()] for number in range(OUTLINE_LINES)
        ]

    def pieces(self) -> Iterator[dict[str, Any]]:
        """The form in its order, without the outline, which stands in a section of its own."""
        for piece in super().pieces():
            field = piece.get("field")
            if field is None or not (field.name in OUTLINE_WORDS or field.name.startswith("outline-")):
                yield piece


def _outline_line() -> dict[str, forms.Field]:
    return {
        "goal": words("What has to change?", rows=2),
        "what": words("What will be done for it?", rows=2),
        "who": forms.CharField(
            label="Who will do it?", required=False, max_length=200,
            widget=forms.TextInput(attrs={"list": "who-does-it", "autocomplete": "off"}),
        ),
        "due_on": day("By when?"),
    }  # fmt: skip


def chair_form(
    is_review: bool, on: date, planned_for: datetime, chairs: Sequence[tuple[str, str]]
) -> type[TaskForm]:
    """The day of the conference: who held it and when, each child's decision with its reason, the minutes,
    who saw it otherwise."""
    planned_on = legal_day(planned_for)
    first = ConferenceOf.Decision.choices[2:] if is_review else ConferenceOf.Decision.choices[:2]
    questions: dict[str, Any] = {
        "decision": choice("What was decided for {name}?", first, "Choose what was decided for {name}"),
        "category": choice("If there is a plan: the main kind of harm", kinds_of_harm(on)),
    }
    if is_review:
        questions["end_reason"] = choice("If the plan ends: why?", ProtectionPlan.End.choices)
        questions["steps_down"] = choice("If it ends: what follows from today?", FOLLOWS)
    usual = "as until now where nobody says" if is_review else "10 where nobody says"
    questions["visits_every"] = forms.IntegerField(
        label=f"Seen every so many working days ({usual})", required=False,
        min_value=1, max_value=LONGEST_BETWEEN_VISITS,
    )  # fmt: skip
    questions |= {
        "because": words("Why, in words the family can read", "Say why, for {name}", rows=3),
        "instead": words("What helps, if there is no plan or it ends?", rows=2),
        "child_said": words("What did {name} say?", rows=2),
        "participation": code_choice(
            "How did {name} take part?", "review_participation", on, first=("PN1", "PN2", "PN7")
        ),
        "family_view": words("What does the family say about it?", rows=2),
        "dissent_by": forms.CharField(
            label="Who would have decided otherwise for {name}?", required=False, max_length=200
        ),
        "would_have": words("What would they have decided, and why?", rows=2),
    }

    class ChairForm(OutlineForm):
        chair = choice("Who chaired?", chairs, "Choose who chaired")
        held_at = moment(
            "When did it begin?", is_filled=True, help_text=f"It was planned for {long_date(planned_on)}."
        )
        is_other_day = forms.BooleanField(
            label=f"It was held on another day than {long_date(planned_on)}", required=False
        )
        each = PerChild("For each child", unborn=UNBORN, **questions)
        said = words("The record that everybody may share", rows=6)
        went_on_because = words(
            "If it went on without its quorum: why?", rows=2, help_text="Else put it off to another day."
        )

        def clean(self) -> dict[str, Any]:
            """The answers; a day that is not the planned one is meant only where that is said."""
            told = super().clean() or self.cleaned_data
            held_at = told.get("held_at")
            if held_at and legal_day(held_at) != planned_on and not told.get("is_other_day"):
                self.add_error(
                    "held_at",
                    f"It was planned for {long_date(planned_on)}. Write that day, or say that it was held "
                    f"on another: {long_date(legal_day(held_at))}",
                )
            return told

    return ChairForm


class UnaskedForm(TaskForm):
    """Somebody who came to a conference though nobody asked them."""

    unasked_name = forms.CharField(label="Their name", required=False, max_length=200)
    unasked_job = forms.CharField(
        label="Their work, or who they are to the children", required=False, max_length=100
    )
    unasked_agency = choice("From where?", COMES_AS[1:])


CAME = list(Invited.Came.choices)


class CoreGroupForm(TaskForm):
    """A core group."""

    on = day("When did it meet?", "Write the day", is_filled=True)
    who_came = words("Who came?", "Name who came", rows=2)
    is_family_there = yes_no("Was the family there?")
    what_changed = words("What is different for the children since last time?", "Say what changed", rows=4)
    each = PerChild("For each child", decided=words("What was settled for {name}?", rows=2))


def transfer_in_form(options: Sequence[tuple[int, str]], on: date) -> type[TaskForm]:
    class TransferInForm(TaskForm):
        children = ticks(
            "Which children moved here with a plan?", options, "Choose the children", with_all=True,
            coerce=int,
        )  # fmt: skip
        from_authority = forms.CharField(
            label="From which authority?", max_length=100, error_messages={"required": "Name the authority"}
        )
        notified_on = day("When did they write to us?", "Write the day of their letter")
        category = choice("The kind of harm in their plan", kinds_of_harm(on))
        their_plan_began_on = day("When did their plan begin?")
        their_chair = forms.CharField(label="Their chair", required=False, max_length=150)
        papers = words("What papers came?", rows=2)

    return TransferInForm


def transfer_out_form(options: Sequence[tuple[int, str]]) -> type[TaskForm]:
    class TransferOutForm(TaskForm):
        children = ticks("Which children moved?", options, "Choose the children", with_all=True, coerce=int)
        to_authority = forms.CharField(
            label="To which authority?", max_length=100, error_messages={"required": "Name the authority"}
        )
        on = day("When were they told?", "Write the day they were told")
        sent = words("What was sent to them?", rows=2)

    return TransferOutForm


class EndTransferForm(TaskForm):
    """A plan from another area that is kept here no longer, without a conference of ours."""

    on = day("From which day is it not kept here?", "Write the day")
    because = words("Why?", "Say why, and where the family is now", rows=2)


class TheirConferenceForm(TaskForm):
    on = day("When did they hold their conference?", "Write the day of their conference")


class LegalLookForm(TaskForm):
    """What a legal planning look decided, child by child."""

    on = day("When was it looked at?", "Write the day", is_filled=True)
    who = words("Who took part, and which lawyer?", "Name who took part, and the lawyer", rows=2)
    each = PerChild(
        "For each child",
        decision=choice(
            "What was decided for {name}?",
            LegalPlanningLook.Decision.choices,
            "Choose what was decided for {name}",
        ),
        because=words("Why, for {name}?", "Say why, for {name}", rows=3),
    )


class MotherUnwellForm(TaskForm):
    is_unwell = yes_no("Is the mother unwell after the birth?", "Say whether the mother is unwell")


class PreviousPlansForm(TaskForm):
    ever = forms.IntegerField(
        label="How many protection plans before this one, here or anywhere?", min_value=0, max_value=20,
        error_messages={"required": "Write a number; 0 if there was none"},
    )  # fmt: skip


def emergency_form(options: Sequence[tuple[int, str]]) -> type[TaskForm]:
    """A power used at once. Extensions are made from the order they extend."""
    kinds = [one for one in EmergencyStep.Kind.choices if one[0] != EmergencyStep.Kind.EXTENSION]

    class EmergencyForm(TaskForm):
        children = ticks(
            "Which children are protected?", options, "Choose the children", with_all=True, coerce=int
        )
        kind = choice("By which power?", kinds, "Choose the power")
        began_on = day("From which day?", "Write the day")
        began_at = forms.TimeField(
            label="From which hour?", required=False, help_text="For example 22:30. Empty: nobody knows.",
            error_messages={"invalid": "Write the time as 14:05"},
        )  # fmt: skip
        until_at = moment("If a court set when it ends")
        where = forms.CharField(label="Where is the child?", required=False, max_length=300)
        who = forms.CharField(label="Which officer, or which court?", required=False, max_length=200)
        terms = words("What does the order say?", rows=2)
        parents_told = words("Who told the parents, and when?", rows=2)
        child_told = words("What was the child told?", rows=2)

    return EmergencyForm


class EndEmergencyForm(TaskForm):
    at = moment("When did it end?", "Write the day and the time", is_filled=False)
    because = words(
        "What keeps the child safe now?", "Say where the child is and what keeps them safe", rows=3
    )


class ExtendForm(TaskForm):
    on = day("When did the court extend it?", "Write the day")
    until_at = moment("Until when?")


class CountFromForm(TaskForm):
    on = day("From which day does the enquiry count?", "Write the day")
    because = words("Why?", "Say why", rows=2)


class ReportForm(TaskForm):
    report = words("Your report for the conference", "Write your report", rows=12, longest=100_000)
