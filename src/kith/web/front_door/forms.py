"""What is asked at the front door. No judgement is filled in; what may wait is not required."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import get_text_list

from kith.record.frontdoor import codes
from kith.record.frontdoor.models import Danger, Decision, IsTold, Message, Together, Way
from kith.record.frontdoor.policies import LONGEST_WRITTEN
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown
from kith.record.sharing.policies import LONGEST_ANSWER
from kith.standards.codes import code_list
from kith.web.front_door.whom import (
    IDS,
    NEW,
    SOME,
    Whom,
    chosen_ids,
    name_and_birth,
    named_in,
    named_people,
    whom_is_meant,
)
from kith.web.people.forms import line
from kith.web.task_pages.forms import PerChild, TaskForm, choice, day, moment, ticks, words, yes_no

NEEDS = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8")
OF_DECISION = {
    "threshold": codes.THRESHOLDS,
    "consent_position": codes.CONSENT_POSITIONS,
    "lawful_basis": codes.LAWFUL_BASES,
}
HERE = (Way.PHONE, Way.VISIT, Way.LETTER, Way.WORKER)  # the ways that somebody here writes down
IN_ONE_BOX = "If they do not agree, or are not told: say also why without their agreement."


def offered(table: str) -> list[tuple[str, str]]:
    """(code, words) of a table of the front door, as it stands today."""
    return [(one.code, one.words) for one in codes.choices(table, timezone.localdate())]


def tellers_with_more() -> dict[str, list[tuple[str, str]]]:
    """Those who told us of whom a second answer tells which code it is: {teller: [(code, words)]}."""
    labels = {row.code: row.label for row in code_list("referral_source")}
    found = {}
    for one in codes.choices(codes.TELLERS, timezone.localdate()):
        of_it = one.more["sources"].split()
        if len(of_it) > 1:
            found[one.code] = [(code, _shortened(labels[code])) for code in of_it]
    return found


def _told_apart() -> str:
    """Those of whom a second answer is wanted, in the words of the first question."""
    wanted = tellers_with_more()
    return get_text_list([words.lower() for code, words in offered(codes.TELLERS) if code in wanted], "or")


def _shortened(label: str) -> str:
    """What a code says beside the others of one teller: "A&E" of "Health: A&E"."""
    said = label.partition(": ")[2] or label
    return said[0].upper() + said[1:]


def source_of(teller: str, detail: str) -> str:
    """The code of `referral_source` that two answers make; "" while the second is still wanted."""
    found = codes.choice(codes.TELLERS, teller, timezone.localdate())
    of_it = found.more["sources"].split() if found else []
    return of_it[0] if len(of_it) == 1 else detail if detail in of_it else ""


def pounds(label: str) -> forms.DecimalField:
    """A sum in pounds, which may be left empty: "40" or "39.50"."""
    return forms.DecimalField(
        label=label, required=False, decimal_places=2, min_value=Decimal("0.01"),
        max_value=Decimal("99999.99"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "kith-short", "autocomplete": "off"}),
        error_messages={
            "invalid": "Write it as 40 or 39.50", "min_value": "Write more than nothing, or leave it empty",
            "max_value": "That is more than can be given here", "max_decimal_places": "Write it as 39.50",
        },
    )  # fmt: skip


class WriteContactForm(TaskForm):
    """What somebody told us, about whom, and who they are."""

    source = choice("Who told us?", (), "Choose who told us")
    source_detail = choice("Which of these?", ())
    what_was_said = words(
        "What did they say?",
        "Write what was said",
        rows=5,
        help_text="In their words.",
        longest=LONGEST_WRITTEN,
    )
    danger = choice("Is somebody in danger now?", Danger.choices, across=True)
    received_at = moment("When did it come?", is_filled=True)
    way = choice("How did it come?", [(way.value, way.label) for way in HERE], across=True)
    teller_name = line("Their name", longest=150, help_text="A member of the public need not say it.")
    teller_role = line("Who they are to the child, or their job", longest=150)
    teller_organisation = line("Where they work", longest=150)
    teller_way_back = line("How we reach them", longest=200)
    may_name_teller = yes_no(
        "May the family be told who told us?", help_text="Left alone, they are not told."
    )
    about_when = line("When did it happen?")
    what_they_want = words("What would they like to happen?", rows=2, longest=LONGEST_WRITTEN)
    together = choice(
        "What are the children to each other, as you were told?", Together.choices,
        help_text="It is kept as said, until somebody checks.",
    )  # fmt: skip
    home = line("Where the children live", longest=300)
    is_home_hidden = yes_no(
        "Has that address to be kept from anybody?", help_text="Left alone, it is nobody’s address yet."
    )
    others_at_home = words("Who else is at home?", rows=2, longest=LONGEST_WRITTEN)
    mother_told = choice("Does their mother know of this message?", IsTold.choices, across=True)
    father_told = choice("Does their father know of it?", IsTold.choices, across=True)
    other_parent_told = choice(
        "Does anybody else with parental responsibility know of it?", IsTold.choices, across=True
    )
    is_family_told = yes_no("Did they tell the family that they would tell us?")
    adult_name = line("About somebody who works with children? Their name", longest=200)
    adult_work = line("Their work", longest=300)
    allegation = words(
        "What they are said to have done", rows=2,
        help_text="This leaves the children’s file: only custodians read it, and never the one it is about.",
    )  # fmt: skip
    language = line("Language spoken at home", longest=60)
    interpreter = line("Interpreter, or another way to talk", longest=200)

    def __init__(self, *args: Any, user: User, child: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = offered(codes.TELLERS)  # type: ignore[attr-defined]
        more = [pair for pairs in tellers_with_more().values() for pair in pairs]
        self.fields["source_detail"].choices = more  # type: ignore[attr-defined]
        self.q = str(self.data.get("q", "")) if self.is_bound else ""
        self.chosen = str(self.data.get("children", "")) if self.is_bound else ""
        self.ticked = self.data.getlist("ticked") if self.is_bound else []
        self.new_children = str(self.data.get("new_children", "")) if self.is_bound else ""
        self.whom = whom_is_meant(user, self.q, child)
        self.fields["children"] = forms.CharField(required=False, label="Who is it about?")
        self.named: list[Any] = []

    @property
    def is_looking(self) -> bool:
        """Whether the page was sent only to look a name up, without scripts."""
        return self.is_bound and "look" in self.data

    @property
    def is_urgent(self) -> bool:
        """Whether the red act was pressed: who and what are enough then."""
        return self.is_bound and "urgent" in self.data

    def full_clean(self) -> None:
        if self.is_urgent:
            for name in ("source", "source_detail"):
                self.fields[name].required = False
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        self._whom_it_is_about()
        said["source"] = self._source(said.get("source", ""), said.pop("source_detail", ""))
        said.pop("children", None)
        said["way"] = said.get("way") or Way.PHONE
        if said.get("adult_name", "").strip() and not said.get("allegation", "").strip():
            self.add_error("allegation", "Write what they are said to have done")
        return {**said, "children": self.named}

    def _source(self, teller: str, detail: str) -> str:
        source = source_of(teller, detail)
        if teller and not source and not self.is_urgent:
            self.add_error("source", "Choose which of these it was")
        return source

    def _whom_it_is_about(self) -> None:
        """The children on record that were chosen, and those written down as somebody new."""
        ids = chosen_ids(self.chosen, self.ticked)
        self.named = named_people(ids, self.whom.everyone)
        today = timezone.localdate()
        lines = self.new_children.strip() or (self.q if self.chosen == NEW else "")
        will_be_confirmed = self.chosen == NEW and self.whom.meant.a_manager_will_confirm
        for named in named_in(lines, today):
            self.named.append(_confirmed_later(named) if will_be_confirmed else named)
        is_known_choice = self.chosen in {"", NEW, SOME} or bool(IDS.fullmatch(self.chosen))
        if not self.named or not is_known_choice or (self.q.strip() and not self.chosen and not ids):
            asked = "Choose who that is, or “somebody new”" if self.q.strip() else "Write a name, then choose"
            self.add_error("children", asked)


def _confirmed_later(named: Any) -> Any:
    return replace(named, is_new=False, will_be_confirmed=True)


class DecideForm(TaskForm):
    """What is decided about a message, why, under which power; for one child differently if need be."""

    decision = choice("What do you decide?", (), "Choose what you decide", first=9)
    threshold = choice("Level of need", (), "Choose the level of need")
    reason = words("Why this?", "Write why", rows=3, help_text=IN_ONE_BOX)
    consent_position = choice("Where does the family stand?", (), "Choose where the family stands")
    lawful_basis = choice("Under which power do we act?", (), "Choose the power we act under")
    primary_need = choice(
        "Main need", (), help_text="It may be said later: whoever works with the child then owes it."
    )
    family_told = line("Who tells the family, and when?")
    given = choice("Help you give now (section 17)", (), help_text="For example money for food tonight.")
    given_amount = pounds("What it costs, in pounds")
    given_in_words = line("What it is", longest=300)
    each = PerChild(
        "Each child",
        child_said=words("What {name} said of it", rows=2),
        decision=choice("Decide differently for {name}", (), first=0),
        reason=words("Why differently for {name}", rows=2),
    )

    def __init__(
        self, *args: Any, children: Iterable[Any] = (), needs_source: bool = False, **kwargs: Any
    ) -> None:
        decisions = offered(codes.DECISIONS)
        of_one = [*decisions, ("unsaid", "As for the others")]
        self.base_fields["each"].questions["decision"].choices = of_one  # type: ignore[attr-defined]
        super().__init__(*args, children=list(children), **kwargs)
        tables = {
            "decision": decisions,
            "threshold": offered(codes.THRESHOLDS),
            "consent_position": offered(codes.CONSENT_POSITIONS),
            "lawful_basis": offered(codes.LAWFUL_BASES),
            "given": offered(codes.SECTION_17_HELP),
            "primary_need": [
                (code.code, code.label) for code in code_list("need_codes") if code.code in NEEDS
            ],
        }
        for name, options in tables.items():
            held = [] if self.fields[name].required else [("unsaid", "Leave this open")]
            self.fields[name].choices = [*options, *held]  # type: ignore[attr-defined]
        if needs_source:
            self.fields["source"] = choice("Who told us?", offered(codes.TELLERS), "Choose who told us")
            more = [pair for pairs in tellers_with_more().values() for pair in pairs]
            self.fields["source_detail"] = choice(
                "Which of these?", more, help_text=f"Of {_told_apart()} a return asks which."
            )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        is_said = said.get("given_amount") is not None or said.get("given_in_words", "").strip()
        if is_said and not said.get("given"):
            self.add_error("given", "Choose what kind of help it is")
        if said.get("given") == "other" and not said.get("given_in_words", "").strip():
            self.add_error("given_in_words", "Write what it is")
        if "source" in self.fields:
            source = source_of(said.get("source", ""), said.pop("source_detail", ""))
            if said.get("source") and not source:
                of_it = [words for _, words in tellers_with_more()[said["source"]]]
                self.add_error("source_detail", f"Choose which it was: {get_text_list(of_it, 'or')}")
            said["source"] = source
        return said


class ChangeForm(TaskForm):
    """What is decided instead, why, and for whom; what is left alone stays as it was decided before."""

    to = choice("What do you decide now?", (), "Choose what you decide now", first=9)
    because = words("Why do you change it?", "Write why you change it", rows=3, help_text=IN_ONE_BOX)
    threshold = choice("Another level of need", ())
    consent_position = choice("Where does the family stand now?", ())
    lawful_basis = choice("Another power that we act under", ())
    family_told = line("Who tells the family, and when?")

    def __init__(self, *args: Any, about: Sequence[Any] = (), decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = offered(codes.DECISIONS)  # type: ignore[attr-defined]
        for name, table in OF_DECISION.items():
            before = codes.words_of(table, getattr(decision, name))
            self.fields[name].choices = [*offered(table), ("unsaid", "As before")]  # type: ignore[attr-defined]
            self.fields[name].help_text = f"Left alone, it stays as it was: {before}."
        if len(about) > 1:
            options = [(str(child.person_id), f"{child.name} (now: {child.words})") for child in about]
            self.fields["about"] = ticks("For whom?", options, "Choose for whom it changes", with_all=True)
            self.order_fields(["to", "about"])


class MatchForm(TaskForm):
    """Who on record a child of a message is."""

    def __init__(self, *args: Any, whom: Whom, family: Iterable[Shown] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whom = whom
        found = {one.person_id: one for one in (*family, *whom.everyone)}
        people = [(str(pk), f"This is {name_and_birth(one)}") for pk, one in found.items()]
        options = [*people, ("new", "Somebody new"), ("nobody", "Nobody can tell yet")]
        self.fields["who"] = choice("Who is that?", options, "Choose who that is", first=len(options))


class WithdrawForm(TaskForm):
    """Why a message needs no decision."""

    because = words("Why?", "Write why", rows=2, longest=300)


class ToldForm(TaskForm):
    """Who told the family what was decided, and when; or why nobody did."""

    told_by = line("Who told the family?", longest=150)
    on = day("When?")
    not_told_because = words("If nobody told them: why not?", rows=2, longest=180)


class CompleteForm(TaskForm):
    """Who told us, as far as it was not said; after an urgent start, what was not asked then."""

    OF_DECISION = ("threshold", "consent_position", "lawful_basis")

    def __init__(self, *args: Any, message: Message, asks_decision: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(code.code, code.label) for code in code_list("referral_source")]
        asked: dict[str, forms.Field] = {
            "source": choice("Who told us?", sources, "Choose who told us", first=len(sources)),
            "teller_name": line("Their name", longest=150),
            "teller_role": line("Who they are to the child, or their job", longest=150),
            "teller_organisation": line("Where they work", longest=150),
            "teller_way_back": line("How we reach them", longest=200),
            "may_name_teller": yes_no("May the family be told who told us?"),
            "together": choice("What are the children to each other, as you were told?", Together.choices),
            "home": line("Where the children live", longest=300),
            "is_home_hidden": yes_no("Has that address to be kept from anybody?"),
        }
        for name, field in asked.items():
            value = getattr(message, name)
            field.initial = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            self.fields[name] = field
        if asks_decision:
            self.fields["threshold"] = choice("Level of need", offered(codes.THRESHOLDS), "Choose the level")
            self.fields["consent_position"] = choice(
                "Where does the family stand?", offered(codes.CONSENT_POSITIONS), "Choose where they stand"
            )
            self.fields["lawful_basis"] = choice(
                "Under which power do we act?", offered(codes.LAWFUL_BASES), "Choose the power"
            )


class ReplyForm(TaskForm):
    """What is told to whoever told us; a worker sends it, and Kith keeps that they did."""

    words = words("What you tell them", "Write what you tell them", rows=6)
    sent_to = line("Sent to", longest=200)
    way = choice(
        "How did you send it?", [("email", "Email"), ("phone", "Phone"), ("letter", "Letter")], across=True
    )


class AskForm(TaskForm):
    """Whom to ask, of those known or somebody new; why, and under which power."""

    why = words("Why you ask", "Write why you ask", rows=3, help_text="They read this.")
    power = choice("Under which power?", (), "Choose the power")
    is_urgent = yes_no("Is it urgent?", "Say whether it is urgent", help_text="Urgent: answered in 4 hours.")
    asked_of = line("Somebody else: their name or team", help_text="For example: Elm Road Surgery.")
    kind = choice("What kind of agency is that?", ())
    email = forms.EmailField(label="Their email", required=False)
    phone = line("Their phone number", longest=40)
    is_kept = yes_no("Keep them in the list for next time?")

    def __init__(self, *args: Any, knowing: Sequence[Any] = (), others: Sequence[Any] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels = {row.code: row.label for row in code_list("agency_types")}
        first = ("police", "gp", "health_visiting", "school", "la_housing", "nhs_provider", "early_years")
        options = [(code, labels.pop(code)) for code in first]
        self.fields["kind"].choices = [*options, *labels.items(), ("unsaid", "Leave this open")]  # type: ignore[attr-defined]
        self.fields["kind"].widget.shown = len(options)
        self.fields["power"].choices = offered(codes.LAWFUL_BASES)  # type: ignore[attr-defined]
        self.fields["known"] = ticks("Who knows the family", [(one.key, one.words) for one in knowing])
        self.fields["others"] = ticks("Others in the list", [(one.key, one.words) for one in others])
        self.order_fields(["known", "others"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        said["chosen"] = [*said.pop("known", ()), *said.pop("others", ())]
        is_new = bool(said.get("asked_of", "").strip())
        if not said["chosen"] and not is_new and "asked_of" not in self.errors:
            self.add_error("asked_of", "Choose whom you ask, or write who it is")
        if is_new and not said.get("kind"):
            self.add_error("kind", "Choose what kind of agency it is")
        return said


class SentForm(TaskForm):
    """How a link was given on."""

    how = line("How did you give it on?", "Write how, such as by email", longest=200)


class AnswerForm(TaskForm):
    """Three questions, of which one answer is enough."""

    answered_by = line("Your name and job", "Write your name", longest=200)
    is_family_known = yes_no("Do you know this family?")
    known_since = words("If so: since when, and how?", rows=2, longest=LONGEST_ANSWER)
    worries_and_strengths = words("What worries you, and what goes well?", rows=4, longest=LONGEST_ANSWER)
    danger_and_doing = words(
        "Is anyone in danger now, and what are you doing?", rows=3, longest=LONGEST_ANSWER
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = [("yes", "Yes"), ("no", "No"), ("unsaid", "I cannot say")]
        self.fields["is_family_known"].choices = answers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        written = ("known_since", "worries_and_strengths", "danger_and_doing")
        if said.get("is_family_known") is None and not any(said.get(name, "").strip() for name in written):
            self.add_error("is_family_known", "Answer one question, or say that you do not know this family")
        return said


class RangForm(AnswerForm):
    """The same, as somebody here writes down what they were told by phone."""

    ASKED_OF_THEM = {
        "answered_by": "Who answered, and their job",
        "is_family_known": "Do they know this family?",
        "worries_and_strengths": "What worries them, and what goes well?",
        "danger_and_doing": "Is anyone in danger now, and what are they doing?",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.ASKED_OF_THEM.items():
            self.fields[name].label = label


class ElsewhereForm(TaskForm):
    """What is sent on to another authority, and under which power."""

    authority = line("Which authority?", "Write which authority", longest=150)
    sent_to = line("Sent to whom there", longest=150)
    what_was_sent = words("What you sent", "Write what you sent", rows=4)
    lawful_basis = choice("Under which power?", (), "Choose the power")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lawful_basis"].choices = offered(codes.LAWFUL_BASES)  # type: ignore[attr-defined]


class AcknowledgedForm(TaskForm):
    """Who of another authority said that they have it."""

    acknowledged_by = line("Who said that they have it?", "Write who said so", longest=150)


class ReadForm(TaskForm):
    """What whoever works with a child will do about what was told."""

    what_next = words("What will you do?", "Write what you will do", rows=3)


class NeedForm(TaskForm):
    """The main need of a case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = [(one.code, one.label) for one in code_list("need_codes")]
        self.fields["primary_need"] = choice("Main need", needs, "Choose the main need", first=len(NEEDS))


def close_form(options: Sequence[tuple[int, str]]) -> type[TaskForm]:
    """Whose case is closed, when, and why: a code for the census, and words for the family."""
    reasons = [(one.code, one.label) for one in code_list("cin_closure_reason")]

    class CloseForm(TaskForm):
        children = ticks(
            "Whose case is closed?", options, "Choose whose case is closed", with_all=True, coerce=int
        )
        on = day("On which day?", "Write the day", is_filled=True)
        reason = choice("Why?", reasons, "Choose why it is closed", first=len(reasons))
        because = words(
            "Why, in words the family can read: what is better now, and who helps from now on?",
            "Say why, in words the family can read", rows=4,
        )  # fmt: skip

    return CloseForm


class GiveForm(TaskForm):
    """Help in kind or in money, as it was given."""

    amount = pounds("What it cost, in pounds")
    in_words = line("What it was", longest=300)
    given_on = day("On which day?", "Write the day", is_filled=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = offered(codes.SECTION_17_HELP)
        self.fields["kind"] = choice("What was given?", kinds, "Choose what was given")
        self.order_fields(["kind"])


class PassedForm(TaskForm):
    """To whom an allegation was given."""

    passed_to = line("Who has it now?", "Write who has it", longest=200)
