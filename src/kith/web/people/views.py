"""Registering somebody, tying two people, mending a name, how to reach somebody safely, who is the same."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access import looking
from kith.record.access import services as access
from kith.record.access.permissions import can_open
from kith.record.people import services
from kith.record.people.family import ties_of, told_of_tie
from kith.record.people.models import MatchProposal, Person, PersonName, SafeContact, User
from kith.record.people.queries import child_ids_of, kept_ids, name_of, same_person_ids, shown, survivor
from kith.record.people.safe_contact import UNKNOWN, in_words, safe_contacts_of
from kith.record.people.services import NewHome, NewPerson
from kith.record.versions import current_facts
from kith.standards.codes import code_list
from kith.web.people.forms import (
    AddNameForm,
    CorrectNameForm,
    DecideMatchForm,
    EndSafeContactForm,
    RegisterForm,
    RelateForm,
    SafeContactForm,
    UntieForm,
)
from kith.web.people.matching import Meant, people_meant
from kith.web.story.reaching import with_words_of_requests
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, power, user_of

PAIRS_A_PAGE = 20
STAYS_CLOSED = (
    "Their record stays closed to you until a colleague writes down the same, or you open it with a reason "
    "and a manager finds that right."
)
OF_THE_PERSON = ("given_names", "family_name", "sex", "ethnicity", "date_of_birth", "expected_date_of_birth")


@power("keep_people")
def register_person(request: HttpRequest) -> HttpResponse:
    """Put somebody new on record, once it is seen that they are not there already."""
    user = user_of(request)
    form = RegisterForm(request.POST or None, initial={"given_names": request.GET.get("name", "")})
    meant = _like(user, form) if request.method == "POST" else Meant()
    is_looked_at = bool(request.POST.get("none_of_these"))
    if (meant.matches or meant.a_manager_will_confirm) and not is_looked_at:
        form.add_error(None, "Look whether one of these is meant, and press “None of these” if not.")
    return carry_out(
        request, form, lambda said: _register(user, said), page="kith/people/register.html",
        to=lambda person: _where_to_read(user, person),
        said=lambda person: f"{name_of(person)} is on record.",
        context={
            "title": "Put somebody on record", "act": "Put on record", "meant": meant,
            "must_look": bool(form.errors) and bool(meant.matches or meant.a_manager_will_confirm),
        },
    )  # fmt: skip


def _like(user: User, form: RegisterForm) -> Meant:
    """Who is on record under a name like the one in the form, with that date of birth or without."""
    if not form.is_valid():
        return Meant()
    said = form.cleaned_data
    born = said["date_of_birth"].isoformat() if said["date_of_birth"] else ""
    return people_meant(user, " ".join(filter(None, (said["given_names"], said["family_name"], born))))


def _register(user: User, said: dict[str, Any]) -> Person:
    details = {name: said[name] for name in OF_THE_PERSON}
    lives = said["lines"].strip() or said["postcode"].strip()
    home = NewHome(said["lines"], said["postcode"], said["is_confidential"]) if lives else None
    new = NewPerson("new", is_child=said["who"] == "child", details=details)
    made = services.register_family(by=user, people=[new], ties=[], address=home, on=timezone.localdate())
    return made["new"]


def _where_to_read(user: User, person: Person) -> str:
    """The record, where it may be opened; else where it is found: nobody opens one by having made it."""
    if can_open(user, person):
        return reverse("story", args=[person.pk])
    found = next(iter(child_ids_of(person).values()), "") or name_of(person)
    return f"{reverse('people_match')}?{urlencode({'q': found})}"


@can_act_for("keep_people")
def relate_people(request: HttpRequest, person: Person) -> HttpResponse:
    """Say how somebody is tied to this person: whom is found first, then what they are to each other."""
    user = user_of(request)
    other = _chosen(user, request.GET.get("other", ""))
    context = {"person": person, "name": name_of(person), "cancel_url": reverse("story", args=[person.pk])}
    if other is None:
        meant = people_meant(user, request.GET.get("q", ""))
        return render(request, "kith/people/relate_whom.html", {**context, "meant": meant})
    names = {"person": name_of(person), "other": name_of(other)}
    return carry_out(
        request, RelateForm(request.POST or None, **names),
        lambda said: services.relate(
            person, other, by=user, **{**said, "is_born_together": bool(said["is_born_together"])}
        ),
        page="kith/task.html", to=reverse("story", args=[person.pk]),
        said=lambda made: _tied(user, other, names),
        context={
            **context, "title": f"{names['other']} and {names['person']}", "act": "Save how they are tied"
        },
    )  # fmt: skip


def _tied(user: User, other: Person, names: dict[str, str]) -> str:
    """That two people are tied; and how the other's record opens, where a tie of one's own does not."""
    said = f"{names['other']} is on record as tied to {names['person']}."
    return said if can_open(user, other) else f"{said} {STAYS_CLOSED}"


@can_act_for("keep_people")
def ties(request: HttpRequest, person: Person) -> HttpResponse:
    """How this person's relatives are tied to them, each with where that is mended."""
    held = {tie.person_id: tie for tie in ties_of(person)}
    kept = kept_ids(held)
    named = looking.show_names(user_of(request), set(kept.values()), where="how people are tied")
    labels = code_list("family_relationships")
    shown_ties = [(named[kept[pk]], labels.label(tie.kind)) for pk, tie in held.items() if kept[pk] in named]
    context = {"person": person, "name": name_of(person), "ties": shown_ties}
    return render(request, "kith/people/ties.html", context)


@can_act_for("keep_people")
def untie(request: HttpRequest, person: Person, other_id: int) -> HttpResponse:
    """Say that a tie has ended, or was a mistake; what either record says of it ends with it."""
    user, back = user_of(request), reverse("ties", args=[person.pk])
    other = _chosen(user, str(other_id))
    told = told_of_tie(person, other.pk) if other else []
    if other is None or not told:
        raise Http404("Nothing ties these two")
    names = f"{name_of(other)} and {name_of(person)}"
    form = UntieForm(request.POST or None, seen=told)
    return carry_out(
        request, form,
        lambda said: access.untie(
            told, by=user, because=said["because"], on=said["on"] if said["what"] == "ended" else None,
            expected={one.thread: form.expected(one) for one in told},
        ),
        page="kith/task.html", to=back, said="It is mended.",
        context={"title": f"{names}: what is so?", "act": "Save what is so", "cancel_url": back},
    )  # fmt: skip


def _chosen(user: User, chosen: str) -> Person | None:
    """The person chosen, where their name may be shown to `user`; it is written down as shown."""
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 20):
        return None
    named = looking.show_names(user, [int(chosen)], where="relating people") if _is_there(chosen) else {}
    return Person(pk=next(iter(named))) if named else None


def _is_there(chosen: str) -> bool:
    return Person.objects.filter(pk=int(chosen)).exists()


@can_act_for("keep_people")
def names(request: HttpRequest, person: Person) -> HttpResponse:
    """The names of this person, each to be mended; and a further one to be added."""
    user = user_of(request)
    held = current_facts(PersonName, same_person_ids(person))
    return carry_out(
        request, AddNameForm(request.POST or None),
        lambda said: services.add_name(person, by=user, started_on=None, **said),
        page="kith/people/names.html", to=reverse("person_names", args=[person.pk]),
        said="The name is on record.",
        context={
            "person": person, "names": held, "act": "Add this name",
            "title": f"Names of {name_of(person)}", "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("keep_people")
def correct_name(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Mend a name that was written down wrongly; the old spelling stays readable, and is found."""
    user = user_of(request)
    name = get_object_or_404(PersonName.current, thread=thread, person__in=same_person_ids(person))
    written = {"given_names": name.given_names, "family_name": name.family_name}
    form = CorrectNameForm(request.POST or None, initial=written, seen=[name])
    return carry_out(
        request, form,
        lambda said: services.correct_name(name, by=user, expected=form.expected(name), **said),
        page="kith/task.html", to=reverse("person_names", args=[person.pk]), said="The name is mended.",
        context={
            "title": f"Mend the name {name.given_names} {name.family_name}", "act": "Mend the name",
            "cancel_url": reverse("person_names", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("keep_people")
def safe_contact(request: HttpRequest, person: Person) -> HttpResponse:
    """How it is safe to reach this person, and a form for what somebody said of it."""
    user, here = user_of(request), reverse("safe_contact", args=[person.pk])
    said = safe_contacts_of(same_person_ids(person))
    children = [Person(pk=tie.person_id) for tie in ties_of(person) if tie.kind == "own_child"]
    about = [person.pk, *(child.pk for child in children if can_open(user, child))]
    return carry_out(
        request, SafeContactForm(request.POST or None, initial={"started_on": timezone.localdate()}),
        lambda told: services.record_safe_contact(
            person, by=user, **{**told, "is_safe": told["is_safe"] == "yes"}
        ),
        page="kith/people/safe_contact.html", to=here, said="It is on record how to reach them.",
        context={
            "person": person, "unknown": UNKNOWN, "contacts": [(one, in_words(one)) for one in said],
            "told": with_words_of_requests([], about),
            "title": f"How it is safe to reach {name_of(person)}", "act": "Save how to reach them",
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("keep_people")
def end_safe_contact(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Say that something said of reaching this person is no longer so."""
    user, back = user_of(request), reverse("safe_contact", args=[person.pk])
    contact = get_object_or_404(
        SafeContact.current, thread=thread, person__in=same_person_ids(person), ended_on=None
    )
    form = EndSafeContactForm(request.POST or None, initial={"on": timezone.localdate()}, seen=[contact])
    return carry_out(
        request, form,
        lambda told: services.end_safe_contact(contact, by=user, expected=form.expected(contact), **told),
        page="kith/task.html", to=back, said="It is on record that this is no longer so.",
        context={"title": f"No longer so: {in_words(contact)}", "act": "End it", "cancel_url": back},
    )  # fmt: skip


@power("decide_matches")
def match_proposals(request: HttpRequest) -> HttpResponse:
    """Pairs of records that may be one person and wait for somebody to decide, the oldest first."""
    waiting = MatchProposal.objects.filter(state=MatchProposal.State.OPEN).order_by("proposed_at", "pk")
    page = Paginator(waiting, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    kept = {pk: survivor(Person(pk=pk)).pk for one in page for pk in (one.first_id, one.second_id)}
    named = looking.show_names(user_of(request), set(kept.values()), where="records that may be one person")
    pairs = [
        (one, named[kept[one.first_id]], named[kept[one.second_id]])
        for one in page
        if kept[one.first_id] in named and kept[one.second_id] in named
    ]
    return render(request, "kith/people/proposals.html", {"page": page, "pairs": pairs})


@power("decide_matches")
def decide_match(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Two records side by side: one person or two? Neither answer is chosen beforehand."""
    user = user_of(request)
    proposal = get_object_or_404(MatchProposal, pk=proposal_id, state=MatchProposal.State.OPEN)
    both = [survivor(Person(pk=pk)).pk for pk in (proposal.first_id, proposal.second_id)]
    named = looking.show_names(user, both, where="deciding whether two records are one")
    if set(named) != set(both):
        raise Http404("Not for this person to decide")  # one is kept from them, and is not told of
    sides = [_side(pk) for pk in both]
    return carry_out(
        request, DecideMatchForm(request.POST or None),
        lambda said: services.decide_match(
            proposal, by=user, same=said["same"] == "one", reason=said["reason"]
        ),
        page="kith/people/decide_match.html", to=reverse("match_proposals"), said="It is decided.",
        context={
            "title": "One person or two?", "act": "Decide", "because": proposal.because,
            "sides": sides, "is_over_on_one": _is_over_on_one_alone(sides),
            "cancel_url": reverse("match_proposals"),
        },
    )  # fmt: skip


def _is_over_on_one_alone(sides: Sequence[Mapping[str, Any]]) -> bool:
    people = [side["person"] for side in sides]
    over = [bool(one.date_of_death or one.pregnancy_ended_on) for one in people]
    return any(over) and not all(over)


def _side(person_id: int) -> dict[str, Any]:
    """What is compared of one record: no more than the index holds."""
    return {"person": shown([person_id])[person_id], "ids": child_ids_of(Person(pk=person_id))}
