"""Opening a record for a reason (break glass), reviewing that, and who has looked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from kith.record.access import looking, permissions, services
from kith.record.access.models import BreakGlass
from kith.record.access.queries import live_glass, matches_to_answer, opened_with
from kith.record.people.models import Person
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids, shown, survivor
from kith.web.looking.forms import AnswerMatchForm, BreakGlassForm, ReviewGlassForm
from kith.web.who_may import power, signed_in, user_of

LOOKS_A_PAGE = 100


@signed_in
def break_glass(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask for a reason and a number of hours, and open the record for that long; the manager is told at once.

    Somebody who may open the record anyway is led straight to it. Nothing of a restricted person shows.
    """
    person = survivor(get_object_or_404(Person, pk=person_id))
    if permissions.can_open(user_of(request), person):
        return redirect("story", person.pk)
    if permissions.is_restricted(user_of(request), person):
        services.alert_custodians(person, searcher=user_of(request), searched_for="opening the record")
    permissions.check_can_open_index(user_of(request), person)
    index = looking.show_names(user_of(request), [person.pk], where="before opening").get(person.pk)
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _open_for_a_reason(request, person, **form.cleaned_data)
        return redirect("story", person.pk)
    return render(request, "kith/looking/break_glass.html", {"form": form, "index": index})


def _open_for_a_reason(
    request: HttpRequest, person: Person, *, reason: str, hours: int, with_family: bool
) -> None:
    """Open this record, and where that was ticked those of the family; nobody of it is named before that."""
    user = user_of(request)
    family = looking.family_to_choose(user, person, "opening a family for a reason") if with_family else {}
    others = {pk: one.person.name for pk, one in family.items() if pk != person.pk and not one.can_open}
    opened = services.break_glass_for_family(
        person, by=user, reason=reason, hours=hours, others=Person.objects.filter(pk__in=others)
    )
    if names := [others[glass.person_id] for glass in opened[1:]]:
        messages.success(request, f"Opened for the same reason and time: {', '.join(names)}.")


@signed_in
@require_POST
def give_back(request: HttpRequest, person_id: int) -> HttpResponse:
    """End one's own access early."""
    for glass in live_glass(user_of(request)).filter(person_id=person_id):
        services.give_back(glass, by=user_of(request))
    messages.success(request, "You have given the record back.")
    return redirect("my_work")


@power("read_glass_reviews")
def review_glass(request: HttpRequest, glass_id: int) -> HttpResponse:
    """A manager says whether opening a record was right; once said, it is read here. Never one's own.

    What holds for "the others" holds for those alone whom the page names.
    """
    others = BreakGlass.objects.exclude(user=user_of(request)).select_related("user", "reviewed_by")
    glass = get_object_or_404(others, pk=glass_id)
    user, same = user_of(request), [one for one in opened_with(glass) if not one.reviewed_at]
    kept = kept_ids(one.person_id for one in (glass, *same))
    named = looking.show_names(user, set(kept.values()), where="the review of an opened record")
    known = [one for one in same if kept[one.person_id] in named]
    context = {
        "glass": glass,
        "child": named.get(kept[glass.person_id]),
        "others": [(one, named.get(kept[one.person_id])) for one in same],
    }
    if glass.reviewed_at or not can("review_glass", user):
        return render(request, "kith/looking/review_glass.html", context)
    form = ReviewGlassForm(request.POST or None, has_others=bool(known))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        for one in (glass, *(known if said.pop("for_all", False) else ())):
            services.review_glass(one, by=user, **said)
        messages.success(request, "Your review is on record.")
        return redirect("my_work")
    return render(request, "kith/looking/review_glass.html", {**context, "form": form})


@power("keep_restricted")
def restricted_matches(request: HttpRequest) -> HttpResponse:
    """Searches that met a record this custodian keeps, each to be answered; the searcher gets the answer."""
    matches = matches_to_answer(user_of(request))
    chosen, form = None, None
    if request.method == "POST":
        chosen = get_object_or_404(matches, pk=request.POST.get("match") or 0)
        form = AnswerMatchForm(request.POST, auto_id=f"{chosen.pk}-%s")
        if form.is_valid():
            services.answer_match(chosen, by=user_of(request), **form.cleaned_data)
            messages.success(request, f"{chosen.searcher.name} has your answer.")
            return redirect("restricted_matches")
    named = looking.show_names(
        user_of(request), [one.restriction.person_id for one in matches], where="restricted matches"
    )
    lines = [
        (
            one,
            named.get(survivor(one.restriction.person).pk),
            form if chosen and one.pk == chosen.pk else AnswerMatchForm(auto_id=f"{one.pk}-%s"),
        )
        for one in matches
    ]
    return render(request, "kith/looking/restricted_matches.html", {"lines": lines, "form": form})


@signed_in
def who_looked(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everyone who has looked at a record: who, when, as what, and why. A fact a family can be shown."""
    person = survivor(get_object_or_404(Person, pk=person_id))
    page = Paginator(looking.who_looked(person, by=user_of(request)), LOOKS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"person": person, "child": shown([person.pk])[person.pk], "page": page}
    return render(request, "kith/looking/who_looked.html", context)
