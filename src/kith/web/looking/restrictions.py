"""Who may not see a record, why, who keeps it and until when; and a custodian's own list of them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kith.record.access import looking, permissions, queries, services
from kith.record.access.models import KeptApart, Restriction
from kith.record.care import services as care
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, survivor, workers_of
from kith.record.refusals import Refused
from kith.web.looking.restriction_forms import AllowForm, EndForm, KeepApartForm, RestrictForm
from kith.web.who_may import power, user_of

RECORDS_A_PAGE = 50
WHERE = "restrictions"


@power("place_restriction")
def restrictions(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who is kept from a record, who keeps it and until when, with the form that restricts it."""
    person, child = _named(request, person_id)
    form = RestrictForm(request.POST or None, working=_working_with(person))
    if request.method == "POST" and form.is_valid():
        try:
            placed = services.place_restriction(person, by=user_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The record is restricted now. {placed.custodian} keeps it.")
            return redirect("my_work")
    ids = same_person_ids(person)
    context = {
        "child": child,
        "form": form,
        "may_open": permissions.can_open(user_of(request), person),
        "restrictions": queries.restrictions_of(ids),
        "kept_apart": queries.kept_apart_now().filter(person_id__in=ids).select_related("user", "started_by"),
        "me": user_of(request),
    }
    return render(request, "kith/looking/restrictions.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, person_id: int) -> tuple[Person, Any]:
    """The person and what the index holds of them, their name written down as shown.

    Of a record kept from this user nothing shows, and its custodian is told. Raises NotAllowed.
    """
    user, person = user_of(request), survivor(get_object_or_404(Person, pk=person_id))
    if permissions.is_restricted(user, person):
        services.alert_custodians(person, searcher=user, searched_for="reading who may see it")
    permissions.check_can_open_index(user, person)
    return person, looking.show_names(user, [person.pk], where=WHERE)[person.pk]


def _working_with(person: Person) -> list[User]:
    held = workers_of(same_person_ids(person))
    return [each.worker for each in held if each.worker is not None and each.worker.is_active]


@power("keep_apart")
def keep_apart(request: HttpRequest, person_id: int) -> HttpResponse:
    """Keep one worker from a record: their own, their family's, a neighbour's."""
    person, child = _named(request, person_id)
    form = KeepApartForm(request.POST or None)

    def keep(user: User, **told: Any) -> None:
        services.keep_apart(user, person, by=user_of(request), **told)

    return _asked(
        request, form, keep, person.pk, said="They can no longer see the record.",
        title=f"Keep a worker from the record of {child.name}", act="Keep them from this record",
    )  # fmt: skip


@power("keep_apart")
def end_keep_apart(request: HttpRequest, apart_id: int) -> HttpResponse:
    """Let a worker see a record again, as far as their work lets them; never one's own."""
    apart = get_object_or_404(queries.kept_apart_now().select_related("user"), pk=apart_id)
    person, child = _named(request, apart.person_id)

    def end(because: str) -> KeptApart:
        return services.end_keep_apart(apart, by=user_of(request), because=because)

    return _asked(
        request, EndForm(request.POST or None), end, person.pk,
        said=f"{apart.user} may see the record again, as far as their work lets them.",
        title=f"Let {apart.user} see the record of {child.name} again", act="Let them see it again",
    )  # fmt: skip


@power("keep_restricted")
def kept_records(request: HttpRequest) -> HttpResponse:
    """The records this custodian keeps, the newest first: why, until when, and who may see each."""
    kept = queries.restrictions_in_force().filter(pk__in=queries.restrictions_kept_by(user_of(request)))
    kept = kept.select_related("person").prefetch_related("allowed").order_by("-placed_at", "-pk")
    page = Paginator(kept, RECORDS_A_PAGE).get_page(request.GET.get("page"))
    names = looking.show_names(user_of(request), [each.person_id for each in page], where="records I keep")
    lines = [(each, names.get(survivor(each.person).pk)) for each in page]
    return render(request, "kith/looking/kept_records.html", {"page": page, "lines": lines})


@power("keep_restricted")
def restriction(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """One restriction, for the custodian who keeps it: who may see the record, and lifting it."""
    kept = queries.restrictions_in_force().filter(pk__in=queries.restrictions_kept_by(user_of(request)))
    held = get_object_or_404(kept, pk=restriction_id)
    _, child = _named(request, held.person_id)
    act = request.POST.get("act", "")
    allow_form = AllowForm(request.POST if act == "allow" else None, but=held.allowed.all())
    lift_form = EndForm(request.POST if act == "lift" else None)
    if request.method == "POST" and (said := _changed(request, held, act, allow_form, lift_form)):
        messages.success(request, said)
        return redirect("kept_records") if act == "lift" else redirect("restriction", held.pk)
    context = {
        "child": child,
        "held": held,
        "allowed": held.allowed.order_by("name"),
        "allow_form": allow_form,
        "lift_form": lift_form,
        "is_seal": held.kind == Restriction.Kind.SEALED_ADOPTION,
        "form": allow_form if allow_form.errors else lift_form,
    }
    status = 422 if allow_form.errors or lift_form.errors else 200
    return render(request, "kith/looking/restriction.html", context, status=status)


def _changed(
    request: HttpRequest, held: Restriction, act: str, allow_form: forms.Form, lift_form: forms.Form
) -> str:
    """Do what the custodian asked, and say so; "" where the form has something wrong in it."""
    by = user_of(request)
    if act == "allow" and allow_form.is_valid():
        services.allow(held, allow_form.cleaned_data["user"], by=by)
        return f"{allow_form.cleaned_data['user']} may see the record now."
    if act == "no_longer":
        user = get_object_or_404(held.allowed, pk=request.POST.get("user") or 0)
        services.no_longer_allow(held, user, by=by)
        return f"{user} may no longer see the record."
    if act == "lift" and lift_form.is_valid():
        try:
            _lift(held, by, lift_form.cleaned_data["because"])
        except Refused as refusal:
            lift_form.add_error(None, str(refusal))
        else:
            return "The restriction is lifted."
    return ""


def _lift(held: Restriction, by: User, because: str) -> None:
    if held.kind == Restriction.Kind.SEALED_ADOPTION:
        care.unseal(restriction=held, by=by, because=because)
    else:
        services.lift(held, by=by, because=because)


def _asked(
    request: HttpRequest, form: forms.Form, do: Callable[..., Any], person_id: int, *, said: str, **page: Any
) -> HttpResponse:
    """One act asked on a page of its own, done, and said; a refusal stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("restrictions", person_id)
    context = {"form": form, "person_id": person_id, **page}
    return render(request, "kith/looking/act.html", context, status=422 if form.errors else 200)
