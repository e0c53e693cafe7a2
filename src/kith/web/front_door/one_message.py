"""One message: reading it, saying who a child is, seeing that it is urgent, agreeing, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.looking import Together
from kith.record.frontdoor import services
from kith.record.frontdoor.models import Concerned, Message
from kith.record.frontdoor.permissions import (
    can_agree,
    can_change,
    can_decide,
    can_protect_at_once,
    can_read_for,
    goes_on_with,
)
from kith.record.frontdoor.queries import (
    concerned_by,
    contacts_of,
    decided_for,
    decision_of,
    decisions_of,
    open_referrals,
    replies_to,
    sent_elsewhere,
)
from kith.record.owed.queries import owed_of
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import Person
from kith.record.people.permissions import can
from kith.record.people.queries import name_of, same_person_ids
from kith.record.sharing.queries import asks_about
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.changing import as_read, given_for, versions_of
from kith.web.front_door.deciding import TABLE, children_of, clock_of, load_message, names, people_of_message
from kith.web.front_door.forms import CompleteForm, MatchForm, NeedForm, ReadForm, WithdrawForm
from kith.web.front_door.others import others_of_family
from kith.web.front_door.reaching import reach_for
from kith.web.front_door.reading import reading_of
from kith.web.front_door.tonight import tonight_of
from kith.web.front_door.whom import whom_is_meant
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_open_child, can_open_matter, user_of

READ = draft_form(
    "read-message",
    "What you will do about a message",
    page=lambda about: reverse("read_message", args=[about]),
    children=people_of_message,
    power="receive_referrals",
)


@can_open_matter(load_message, power="receive_referrals", goes_on=goes_on_with)
def message(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """A message as it was said, what was decided, what is still owed of it, and what was answered."""
    if together.is_held_back:
        return render(request, "kith/front_door/held_back.html", status=403)
    user, children = user_of(request), children_of(message, together)
    decisions = decisions_of([message.thread])[message.thread]
    read = reading_of(user, message, together)
    context = {
        "title": f"About {names(children)}",
        "message": read.message(message),
        "is_of_others_too": read.is_of_others_too,
        "children": children,
        "family": others_of_family(user, message, together),
        "reach": reach_for(user, together.people),
        "clocks": clock_of(message),
        "asks": read.asks(asks_about(TABLE, [message.thread])[message.thread]),
        "decisions": [[as_read(each, read) for each in versions_of(one)] for one in decisions],
        "may_change": can_change(user, message),
        "given": given_for(message),
        "tonight": tonight_of(user, message, together.people),
        "to_agree": [
            one for one in decisions if one.is_urgent and not one.agreed_at and can_agree(user, one)
        ],
        "replies": read.replies(replies_to([message.thread])[message.thread]),
        "sent": sent_elsewhere([message.thread])[message.thread],
        "owed": owed_of([message, *decisions], timezone.now()),
        "may_decide": message.is_waiting and can_decide(user, message),
        "may_start_now": message.is_waiting and can_protect_at_once(user),
        "is_to_see": message.is_urgent and message.seen_at is None and can_decide(user, message),
    }
    return render(request, "kith/front_door/message.html", context)


@can_open_child
def message_of_line(request: HttpRequest, person: Person, contact: int) -> HttpResponse:
    """The message that a line of the story tells; its source alone where there is none to read."""
    told = contacts_of(same_person_ids(person))
    found = next((one for one in told if one.thread == contact), None)
    thread = found.message_thread if found else None
    return _message_or_source(request, person, "frontdoor.contact", contact, thread)


@can_open_child
def message_of_decision(request: HttpRequest, person: Person, part: int) -> HttpResponse:
    """The message that was decided about; its source alone where this person may not read messages."""
    decided = decided_for(same_person_ids(person))
    found = next((one for one in decided if one.thread == part), None)
    decision = decision_of(found.matter_thread) if found else None
    thread = decision.message_thread if decision else None
    return _message_or_source(request, person, "frontdoor.decidedfor", part, thread)


def _message_or_source(
    request: HttpRequest, person: Person, table: str, fact: int, thread: int | None
) -> HttpResponse:
    if thread and can("receive_referrals", user_of(request)):
        return redirect("message", thread)
    return redirect("fact_source", person.pk, table, fact)


@can_open_matter(load_message, power="decide_contacts")
@require_POST
def see_urgent(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Say that a manager has seen an urgent message."""
    services.see_urgent(message=message, by=user_of(request))
    return redirect("decide", message.thread)


@can_open_matter(load_message, power="receive_referrals", goes_on=goes_on_with)
def match_child(request: HttpRequest, message: Message, together: Together, concerned: int) -> HttpResponse:
    """Say who on record a child of a message is, or that nobody can tell yet, or that they are new."""
    if together.is_held_back:
        return render(request, "kith/front_door/held_back.html", status=403)
    named = concerned_by([message.thread])[message.thread]
    row = next((one for one in named if one.thread == concerned), None)
    if row is None:
        raise Http404("No such child")
    user = user_of(request)
    q = request.POST.get("q") or request.GET.get("q") or row.called
    whom = whom_is_meant(user, q)
    is_sent = request.method == "POST" and "look" not in request.POST
    others = others_of_family(user, message, together)
    form = MatchForm(request.POST if is_sent else None, whom=whom, family=others, seen=[row])
    context = {
        "title": f"Who is {row.called}?",
        "act": "Say who this is",
        "row": row,
        "whom": whom,
        "q": q,
        "message": message,
    }
    back = reverse("decide" if can_decide(user, message) else "message", args=[message.thread])
    return carry_out(
        request, form, lambda said: _match(row, form, said, user), page="kith/front_door/match.html", to=back,
        said="It is written down who that is.", context=context,
    )  # fmt: skip


def _match(row: Concerned, form: MatchForm, said: dict[str, Any], user: Any) -> Concerned:
    chosen = said["who"]
    person = Person.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    return services.match_child(
        concerned=row,
        by=user,
        person=person,
        is_new=chosen == "new" and not form.whom.meant.a_manager_will_confirm,
        nobody_can_tell=chosen == "nobody",
        will_be_confirmed=chosen == "new" and form.whom.meant.a_manager_will_confirm,
        expected=form.expected(row),
    )


@can_open_matter(load_message, power="decide_urgent", goes_on=goes_on_with)
def start_now(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """The red act: a section 47 enquiry about the children of a message, with the words it was told in."""
    if request.method != "POST":
        return redirect("message", message.thread)
    done = start_urgently(message=message, suspected_harm=message.what_was_said, by=user_of(request))
    messages.success(request, "The enquiry has begun. What was not asked is owed, and stands on My work.")
    return redirect("story", done.persons[0].pk)


@can_open_matter(load_message, power="decide_contacts")
@require_POST
def agree(request: HttpRequest, message: Message, together: Together, decision: int) -> HttpResponse:
    """Agree what was decided in a hurry."""
    found = decision_of(decision)
    if found is None or found.message_thread != message.thread:
        raise Http404("No such decision")
    services.agree_decision(decision=found, by=user_of(request))
    messages.success(request, "You have agreed it.")
    return redirect("front_door")


@can_open_matter(load_message, power="decide_contacts")
def withdraw(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Take a message back that needs no decision: it came twice, or whoever asked for more no longer does."""
    form = WithdrawForm(request.POST or None, seen=[message])
    return carry_out(
        request, form,
        lambda said: services.withdraw_message(
            message=message, by=user_of(request), expected=form.expected(message), **said
        ),
        page="kith/front_door/short.html", to=reverse("front_door"),
        said="It waits no more. The words are kept.",
        context={
            "title": "This needs no decision", "act": "Take it back",
            "cancel_url": reverse("message", args=[message.thread]),
        },
    )  # fmt: skip


@can_open_matter(load_message, power="receive_referrals", goes_on=goes_on_with)
def complete(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Say more of who told us; and after an urgent start, what was not asked then."""
    if together.is_held_back:
        return render(request, "kith/front_door/held_back.html", status=403)
    user = user_of(request)
    urgent = [
        one for one in decisions_of([message.thread])[message.thread] if one.is_urgent and not one.threshold
    ]
    form = CompleteForm(request.POST or None, message=message, asks_decision=bool(urgent), seen=[message])

    def do(said: dict[str, Any]) -> Message:
        decided = {name: said.pop(name) for name in form.OF_DECISION if name in said}
        for decision in urgent:
            if all(decided.values()):
                services.complete_decision(decision=decision, by=user, **decided)
        return services.complete_message(message=message, by=user, expected=form.expected(message), **said)

    return carry_out(
        request, form, do, page="kith/front_door/short.html",
        to=reverse("front_door"), said="It is written down.",
        context={
            "title": "What is still to be said of this message", "act": "Save",
            "cancel_url": reverse("message", args=[message.thread]),
        },
    )  # fmt: skip


@can_open_matter(load_message, power="record_visits")
def read_message(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Read what was added to open work, and say what will be done, for each child this person works with."""
    if together.is_held_back:
        return render(request, "kith/front_door/held_back.html", status=403)
    user, children = user_of(request), children_of(message, together)
    draft = with_draft(request, READ, about=message.thread)
    form = draft.form(ReadForm)
    read = reading_of(user, message, together)
    mine = [
        child.row.person for child in children if child.row.person and can_read_for(user, child.row.person)
    ]

    def do(said: dict[str, Any]) -> None:
        for child in mine:
            services.read_message(message=message, child=child, by=user, **said)

    return carry_out(
        request, form, do, page="kith/front_door/read.html", to=reverse("my_work"),
        said="It is written down that you read it.",
        context={
            "title": f"Told about {names(children)}", "act": "I have read it",
            "message": read.message(message), "is_of_others_too": read.is_of_others_too,
            "reach": reach_for(user, together.people),
            "cancel_url": reverse("my_work"),
        },
        draft=draft,
    )  # fmt: skip


@can_open_child
def say_need(request: HttpRequest, person: Person) -> HttpResponse:
    """Say the main need of the child's open case, which a decision in a hurry left owed."""
    user, today = user_of(request), timezone.localdate()
    referral = open_referrals([person], today).get(person.pk)
    if referral is None:
        raise Http404("No open case")
    form = NeedForm(request.POST or None, seen=[referral])
    return carry_out(
        request, form,
        lambda said: services.say_need(
            referral=referral, by=user, primary_need=said["primary_need"], expected=form.expected(referral)
        ),
        page="kith/front_door/short.html", to=reverse("story", args=[person.pk]),
        said="The need is written down.",
        context={
            "title": f"What is the main need of {name_of(person)}?", "act": "Save the need",
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip
