"""The forms of what an enquiry found, child by child, and of whether each child was seen."""

from collections.abc import Mapping
from typing import Any

from django import forms

from kith.record.protection.models import EnquiryFinding
from kith.record.protection.policies import check_rests_on
from kith.record.said import NotSaid
from kith.web.protecting.forms.enquiring import UNBORN
from kith.web.task_pages.forms import PerChild, TaskForm, choice, day, words, yes_no
from kith.web.task_pages.per_child import name_in_form

STILL = "still"
FINDINGS = [*EnquiryFinding.Finding.choices[:3], (STILL, "Still enquiring: hold this date")]
FINDINGS_LATER = list(EnquiryFinding.Finding.choices)


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
