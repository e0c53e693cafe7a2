"""What an enquiry found, until a manager agrees: agreeing it, sending it back, and writing it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kith.record.people.models import Person, User
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection import permissions, services
from kith.record.protection.models import EnquiryFinding
from kith.record.protection.queries import discussions_of, findings_of, harm_suspected_of
from kith.record.protection.services import Found
from kith.record.refusals import Refused
from kith.record.versions import VersionClash
from kith.web.protecting.forms.findings import ChildSeenForm, FoundAgainForm, SendBackForm
from kith.web.protecting.seen import IN_FORM
from kith.web.protecting.shared_words import read_together
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, user_of
from kith.web.working.together import families_among

SAID = ("child_said", "seen_on", "not_seen_because", "help_offered")
MY_WORK = "my_work"  # where the page was opened, so that a press leads back there


@dataclass(frozen=True)
class Waiting:
    """A finding that waits for a manager, as a page shows it with its buttons."""

    finding: EnquiryFinding
    name: str
    person_id: int
    may_agree: bool
    may_write: bool = False
    came_from: str = ""


def waiting_for(user: User, person: Person, ids: Iterable[int]) -> list[Waiting]:
    """The findings about one person that nobody has agreed, with what this reader may do to each."""
    return [
        Waiting(
            one,
            name_of(person),
            person.pk,
            not one.sent_back_because and permissions.can_agree_finding(user, one),
            bool(one.sent_back_because) and permissions.can_enquire(user, [person]),
        )
        for one in findings_of(ids).values()
        if one.agreed_by_id is None
    ]


def _finding_or_404(person: Person, thread: int) -> EnquiryFinding:
    found = findings_of(same_person_ids(person)).get(thread)
    if found is None:
        raise Http404("No such finding")
    return found


@can_act_for("agree_enquiry_outcome")
def agree_finding(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """A manager reads what an enquiry found and agrees it, or sends it back; `thread` is the enquiry's."""
    finding = _finding_or_404(person, thread)
    if request.method != "POST":
        return _to_read(request, person, finding)
    seen = request.POST.get("seen", "")
    try:
        services.agree_finding(
            finding=finding, by=user_of(request), expected=int(seen) if seen.isdecimal() else None
        )
    except VersionClash:
        messages.error(request, "The finding was written again meanwhile. Read it, then agree it.")
        return redirect("agree_finding", person.pk, thread)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"You agreed what the enquiry found about {name_of(person)}.")
    if request.POST.get("came_from") != MY_WORK:
        return redirect("enquiry", person.pk)
    then = _next_to_agree(user_of(request), finding)
    return redirect(f"{then}?came_from={MY_WORK}" if then else "my_work")


def _next_to_agree(user: User, agreed: EnquiryFinding) -> str:
    """The page of another finding of the same worker and day that this reader may agree; "" for none."""
    of_it = EnquiryFinding.current.filter(
        found_on=agreed.found_on, recorded_by=agreed.recorded_by, agreed_at=None, sent_back_because=""
    ).exclude(person=agreed.person_id)
    family = families_among([agreed.person_id, *(one.person_id for one in of_it)])
    for one in of_it.order_by("pk"):
        if family[one.person_id] == family[agreed.person_id] and permissions.can_agree_finding(user, one):
            return reverse("agree_finding", args=[one.person_id, one.enquiry_thread])
    return ""


def _to_read(request: HttpRequest, person: Person, finding: EnquiryFinding) -> HttpResponse:
    """The finding with what it rests on: the harm that was suspected, and the strategy discussions."""
    user, ids = user_of(request), same_person_ids(person)
    may = permissions.can_agree_finding(user, finding) and finding.agreed_by_id is None
    came_from = MY_WORK if request.GET.get("came_from") == MY_WORK else ""
    of_it = [pair for pair in harm_suspected_of(ids) if pair[0].enquiry_thread == finding.enquiry_thread]
    context = {
        "person": person, "name": name_of(person), "found": finding,
        "one": Waiting(finding, name_of(person), person.pk, may, came_from=came_from),
        "harms": read_together(user, of_it),
        "talks": read_together(user, discussions_of(ids, finding.enquiry_thread)),
    }  # fmt: skip
    return render(request, "kith/protecting/agree_finding.html", context)


@can_act_for("agree_enquiry_outcome")
def send_finding_back(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """A manager does not agree yet; nothing that was decided waits for it."""
    finding, user = _finding_or_404(person, thread), user_of(request)
    return carry_out(
        request, SendBackForm(request.POST or None),
        lambda said: services.send_finding_back(finding=finding, by=user, **said),
        page="kith/protecting/send_finding_back.html", to=reverse("enquiry", args=[person.pk]),
        said="It was sent back, and whoever wrote it was told.",
        context={
            "title": f"Send back what the enquiry found about {name_of(person)}", "finding": finding,
            "act": f"Send back to {finding.recorded_by}", "cancel_url": reverse("enquiry", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("enquire")
def finding_again(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Write again what an enquiry found, which a manager sent back; the words stand there, no choice does."""
    finding, user = _finding_or_404(person, thread), user_of(request)
    before = {"because": finding.why, **{name: getattr(finding, name) for name in SAID}}
    before["is_seen_alone"] = IN_FORM.get(finding.is_seen_alone)
    form = FoundAgainForm(request.POST if request.method == "POST" else None, seen=[finding], initial=before)

    def write(said: dict[str, Any]) -> EnquiryFinding:
        return services.find_again(
            finding=finding, found=Found(**said), by=user, expected=form.expected(finding)
        )

    return carry_out(
        request, form, write, page="kith/protecting/finding_again.html",
        to=reverse("enquiry", args=[person.pk]), said="It is written again. A manager agrees it.",
        context={
            "title": f"What the enquiry found about {name_of(person)}", "act": "Save what was found",
            "finding": finding, "cancel_url": reverse("enquiry", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("enquire")
def child_seen(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Say when the child was seen in an enquiry, or why not; an enquiry that waits only for that ends."""
    finding, user = _finding_or_404(person, thread), user_of(request)
    before = {
        "seen_on": finding.seen_on,
        "is_seen_alone": IN_FORM.get(finding.is_seen_alone),
        "not_seen_because": finding.not_seen_because,
    }
    posted = request.POST if request.method == "POST" else None
    form = ChildSeenForm(posted, seen=[finding], initial=before)
    return carry_out(
        request, form,
        lambda said: services.say_seen(finding=finding, by=user, expected=form.expected(finding), **said),
        page="kith/task.html", to=reverse("enquiry", args=[person.pk]), said="It is on record.",
        context={
            "title": f"When was {name_of(person)} seen?", "act": "Save when they were seen",
            "cancel_url": reverse("enquiry", args=[person.pk]),
        },
    )  # fmt: skip
