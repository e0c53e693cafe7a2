"""The forms that say which children are helped: as help begins, and when one more child joins."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from kith.record.frontdoor.models import Together
from kith.record.planning.models import Basis
from kith.standards.codes import code_list
from kith.web.help.forms.fields import REACHED_BY, line
from kith.web.task_pages.forms import TaskForm, choice, code_choice, day, ticks, words, yes_no

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
