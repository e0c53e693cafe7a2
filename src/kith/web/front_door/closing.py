"""Closing the cases of a child and of brothers and sisters, once all that hangs on each has ended."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import family_to_choose
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.permissions import can_close
from kith.record.frontdoor.queries import open_referrals
from kith.record.owed.queries import owed_for
from kith.record.pathway.closing import close_cases, still_open
from kith.record.people.models import Person, User
from kith.record.people.queries import name_of, same_person_ids
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.forms import close_form
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, user_of

CLOSE = draft_form(
    "close-case",
    "Closing a case",
    page=lambda about: reverse("close_case", args=[about]),
    children=lambda about: [int(about)],
)


@dataclass(frozen=True)
class Case:
    """A child's open case on the page that closes it: what of it has not ended, and what is still owed."""

    referral: Referral
    name: str
    is_open: list[str]
    owed: list[str]


def may_close(user: User, person: Person) -> bool:
    """Whether somebody may close the case that this child has open."""
    referral = open_referrals([person], timezone.localdate()).get(person.pk)
    return referral is not None and can_close(user, referral)


@can_act_for("close_cases")
def close_case(request: HttpRequest, person: Person) -> HttpResponse:
    """Close the case of a child, and of those of the family who are ticked, with the reason in words."""
    user, today = user_of(request), timezone.localdate()
    cases = _cases(user, person)
    if person.pk not in cases:
        raise Http404("No open case")
    draft = with_draft(request, CLOSE, about=person.pk)
    form = draft.form(
        close_form([(pk, one.name) for pk, one in cases.items()]),
        initial={"on": today, "children": [str(person.pk)]}, seen=[one.referral for one in cases.values()],
    )  # fmt: skip

    def close(said: dict[str, Any]) -> list[Referral]:
        chosen = [cases[pk].referral for pk in said.pop("children")]
        return close_cases(referrals=chosen, by=user, **said)

    return carry_out(
        request, form, close, page="kith/front_door/close.html", to=reverse("story", args=[person.pk]),
        said=lambda closed: "The case is closed." if len(closed) == 1 else "The cases are closed.",
        draft=draft,
        context={
            "title": f"Close the case of {name_of(person)}", "act": "Close the case", "cases": cases.values(),
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


def _cases(user: User, person: Person) -> dict[int, Case]:
    """The open cases of this child and of the family's children whom this person may open, by kept id."""
    family = family_to_choose(user, person, "close case")
    ids = [person.pk, *(pk for pk, one in family.items() if one.can_open and pk != person.pk)]
    referrals = open_referrals([Person(pk=pk) for pk in ids], timezone.localdate())
    return {
        pk: Case(referrals[pk], name_of(Person(pk=pk)), still_open(referrals[pk]), _owed(pk))
        for pk in ids
        if pk in referrals and (pk == person.pk or can_close(user, referrals[pk]))
    }


def _owed(pk: int) -> list[str]:
    lines = owed_for(same_person_ids(Person(pk=pk)), timezone.now())
    return [f"{line.words} ({line.who})" for line in lines]
