"""A family meeting: offered or not, answered, held, and its plan looked at again."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.help import queries, services
from kith.record.help.models import FamilyHelp, FamilyMeeting
from kith.web.help.families import Load, load_family, write_of_family
from kith.web.help.forms.meetings import MeetingForm, MeetingHeldForm, MeetingReplyForm, MeetingReviewForm
from kith.web.help.reaching import ways_to_reach_family
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import can_open_matter, user_of


def load_meeting(thread: int) -> Load:
    """A meeting, and the children whose family it is of."""
    meeting: FamilyMeeting | None = queries.matter_of(FamilyMeeting, thread)
    return (meeting, queries.ids_helped([meeting.family_thread])[meeting.family_thread]) if meeting else None


@can_open_matter(load_family, power="give_family_help")
def help_meeting(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """A family meeting, offered or not."""

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        user = user_of(request)
        if not said["is_offered"]:
            return services.not_offer_meeting(help=help, kind=said["kind"], because=said["because"], by=user)
        offer = {name: said[name] for name in ("kind", "offered_to", "how", "on", "although")}
        return services.offer_meeting(help=help, by=user, **offer)

    return write_of_family(
        request, help, children, "meeting", MeetingForm, do, title="A meeting of the family",
        act="Save the offer", said="It is written down.", initial={"on": timezone.localdate()},
        reach=ways_to_reach_family(user_of(request), children.people),
    )  # fmt: skip


@can_open_matter(load_meeting, power="give_family_help")
def help_meeting_reply(request: HttpRequest, meeting: FamilyMeeting, children: Together) -> HttpResponse:
    """What the family said to the offer."""
    form = MeetingReplyForm(
        request.POST or None, seen=[meeting], initial={"on": timezone.localdate()}
    )  # fmt: skip
    return _of_meeting(
        request, meeting, form, services.answer_meeting, "What did they say?", "Save what they said"
    )


@can_open_matter(load_meeting, power="give_family_help")
def help_meeting_held(request: HttpRequest, meeting: FamilyMeeting, children: Together) -> HttpResponse:
    """A meeting as it was held."""
    form = MeetingHeldForm(request.POST or None, seen=[meeting], initial={"on": timezone.localdate()})
    return _of_meeting(
        request, meeting, form, services.hold_meeting, "The meeting was held", "Save the meeting"
    )


@can_open_matter(load_meeting, power="give_family_help")
def help_meeting_review(request: HttpRequest, meeting: FamilyMeeting, children: Together) -> HttpResponse:
    """The plan that the family made is looked at again."""
    form = MeetingReviewForm(
        request.POST or None, seen=[meeting], initial={"on": timezone.localdate()}
    )  # fmt: skip
    return _of_meeting(
        request, meeting, form, services.review_meeting, "Look at the family’s plan again", "Save how it goes"
    )


def _of_meeting(
    request: HttpRequest, meeting: FamilyMeeting, form: TaskForm, do: Callable[..., Any], title: str, act: str
) -> HttpResponse:
    back = reverse("help_family", args=[meeting.family_thread])
    return carry_out(
        request, form,
        lambda said: do(meeting=meeting, by=user_of(request), expected=form.expected(meeting), **said),
        page="kith/help/task.html", to=back, said="It is written down.",
        context={"title": title, "act": act, "cancel_url": back, "said_of": meeting.get_kind_display()},
    )  # fmt: skip
