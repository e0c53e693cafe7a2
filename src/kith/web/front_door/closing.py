"""Closing a case, once all that hangs on it has ended."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.frontdoor.permissions import can_close
from kith.record.frontdoor.queries import open_referrals
from kith.record.pathway.closing import close_case as close
from kith.record.people.models import Person, User
from kith.record.people.queries import name_of
from kith.web.front_door.forms import CloseForm
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, user_of


def may_close(user: User, person: Person) -> bool:
    """Whether somebody may close the case that this child has open."""
    referral = open_referrals([person], timezone.localdate()).get(person.pk)
    return referral is not None and can_close(user, referral)


@can_act_for("close_cases")
def close_case(request: HttpRequest, person: Person) -> HttpResponse:
    """Close the case of a child, with its reason; what has not ended yet is said."""
    user, today = user_of(request), timezone.localdate()
    referral = open_referrals([person], today).get(person.pk)
    if referral is None:
        raise Http404("No open case")
    form = CloseForm(request.POST or None, initial={"on": today}, seen=[referral])
    return carry_out(
        request, form, lambda said: close(referral=referral, by=user, **said),
        page="kith/front_door/short.html", to=reverse("story", args=[person.pk]), said="The case is closed.",
        context={
            "title": f"Close the case of {name_of(person)}", "act": "Close the case",
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip
