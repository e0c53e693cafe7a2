"""Asking a partner about a family: the link and the words to give on, asking again, an answer by phone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together, names_to_show
from kith.record.access.permissions import Level, can_open
from kith.record.chronology.policies import life_told
from kith.record.frontdoor import codes
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.permissions import goes_on_with
from kith.record.frontdoor.queries import message_of
from kith.record.pathway.pregnancy import expected_of
from kith.record.people.family import PARENTS, ties_of
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown, shown
from kith.record.sharing import services
from kith.record.sharing.finding import kinds_needing_adults, needs_adults, needs_pregnancy
from kith.record.sharing.models import Ask
from kith.record.sharing.queries import (
    Partner,
    ask_of,
    asked_about,
    asks_about,
    link_ends_at,
    partners_to_ask,
    way_to,
)
from kith.record.sharing.services import Asked
from kith.standards.codes import code_list
from kith.standards.dates import long_date
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.deciding import TABLE, Child, children_of, load_message, people_of_message
from kith.web.front_door.forms import AskForm, RangForm, SentForm
from kith.web.partners.answering import needed_by
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_open_matter, user_of

RANG = draft_form(
    "partner-rang",
    "What a partner answered by phone",
    page=lambda about: reverse("partner_rang", args=[about]),
    children=lambda about: _people_of_ask(about),
    power="ask_partners",
)
ASK = draft_form(
    "ask",
    "Questions to a partner",
    page=lambda about: reverse("ask_partner", args=[about]),
    children=people_of_message,
    power="ask_partners",
)


def load_ask(ask: int) -> tuple[Ask, list[int]] | None:
    """A question to a partner, and the people on record whom it and its message are about."""
    found = ask_of(ask)
    if found is None:
        return None
    message = load_message(found.about_thread) if found.about_table == TABLE else None
    return found, list(dict.fromkeys([*asked_about(found), *(message[1] if message else ())]))


def _people_of_ask(about: str) -> list[int]:
    found = load_ask(int(about))
    return found[1] if found else []


def goes_on_with_asked(user: User, ask: Ask) -> bool:
    """Whether a question is about a message that `user` wrote, and that waits."""
    message = message_of(ask.about_thread) if ask.about_table == TABLE else None
    return message is not None and goes_on_with(user, message)


@dataclass(frozen=True)
class ToAsk:
    """A partner as the form offers them, with whom they know in words."""

    partner: Partner
    words: str

    @property
    def key(self) -> str:
        return self.partner.key


def partners_for(children: list[Child]) -> list[ToAsk]:
    """Whom to ask about these children, those who know one of them first."""
    names = {
        child.row.person_id: child.name for child in children if child.row.person_id and not child.is_closed
    }
    found = partners_to_ask([pk for pk in names if pk], timezone.localdate())
    return [ToAsk(one, _in_words(one, [names[pk] for pk in one.knows])) for one in found]


def _in_words(partner: Partner, known: list[str]) -> str:
    return f"{partner.name}, works with {', '.join(known)}" if known else partner.name


@can_open_matter(load_message, power="ask_partners", goes_on=goes_on_with)
def ask_partner(request: HttpRequest, message: Message, together: Together) -> HttpResponse:
    """Ask one partner or several three questions; the page after it has the link of each to give on."""
    if together.is_held_back:
        return _held_back(request)
    children = children_of(message, together)
    to_ask = partners_for(children)
    draft = with_draft(request, ASK, about=message.thread)
    form = draft.form(
        AskForm,
        knowing=[one for one in to_ask if one.partner.knows],
        others=[one for one in to_ask if not one.partner.knows],
    )
    adults = parents_to_tell(user_of(request), children)
    expecting = _expecting(user_of(request), adults)
    return carry_out(
        request, form, lambda said: _ask_each(request, message, children, to_ask, said),
        page="kith/front_door/ask.html",
        to=lambda asked: reverse("ask_given", args=[asked[0].ask.thread]), said=_links_are_ready,
        context={
            "title": "Ask partners", "act": "Make the link", "children": shown_to_partner(children, message),
            "adults": adults, "who_needs_them": who_needs_adults(),
            "expecting": [
                f"{one.name} {expecting[one.person_id]}" for one in adults if one.person_id in expecting
            ],
            "cancel_url": reverse("decide", args=[message.thread]),
        },
        draft=draft,
    )  # fmt: skip


def _held_back(request: HttpRequest) -> HttpResponse:
    """The page in place of a question about somebody who is kept from the reader."""
    return render(request, "kith/front_door/held_back.html", status=403)


def _links_are_ready(asked: list[Asked]) -> str:
    if len(asked) == 1:
        return "The link is ready. Give it on: Kith sends nothing itself."
    return f"{len(asked)} links are ready. Give each on: Kith sends nothing itself."


def _ask_each(
    request: HttpRequest, message: Message, children: list[Child], to_ask: list[ToAsk], said: dict[str, Any]
) -> list[Asked]:
    """The same questions to each partner that was chosen, and to one that was written down."""
    user, power = user_of(request), codes.choice(codes.LAWFUL_BASES, said["power"], timezone.localdate())
    chosen = [one.partner for one in to_ask if one.key in said["chosen"]]
    whom = [_whom(one) for one in chosen] + _somebody_new(said, user)
    parents = parents_to_tell(user, children)
    expecting = _expecting(user, parents)
    asked = [
        services.ask_partner(
            about=message,
            why=said["why"],
            is_urgent=said["is_urgent"],
            power=f"{power.words}: {power.more['law']}" if power else "",
            shown=shown_to_partner(
                children,
                message,
                adults := parents if needs_adults(one["kind"]) else [],
                expecting=expecting if needs_pregnancy(one["kind"]) else {},
            ),
            children=[Person(pk=child.row.person_id) for child in children if child.row.person_id],
            adults=[Person(pk=adult.person_id) for adult in adults],
            by=user,
            **one,
        )
        for one in whom
    ]
    for one in asked:
        _hold(request, one)
    return asked


def _whom(partner: Partner) -> dict[str, Any]:
    return {
        "asked_of": partner.name,
        "kind": partner.kind,
        "agency": partner.agency,
        "professional": partner.professional,
    }


def _somebody_new(said: dict[str, Any], user: User) -> list[dict[str, Any]]:
    """A partner who was written down, kept in the list where that was asked."""
    if not said["asked_of"].strip():
        return []
    whom: dict[str, Any] = {"asked_of": said["asked_of"], "kind": said["kind"]}
    if said["is_kept"]:
        whom["agency"] = services.add_agency(
            name=said["asked_of"], kind=said["kind"], phone=said["phone"], email=said["email"], by=user
        )
    return [whom]


def shown_to_partner(
    children: list[Child],
    message: Message,
    adults: Iterable[Shown] = (),
    expecting: Mapping[int, str] | None = None,
) -> list[dict[str, str]]:
    """The least that lets a partner look: a name, a birth date, where they live as it was said.

    An address that is to be kept hidden is told to nobody. Of `adults` the name alone is told, and of those
    who expect a baby that they do, where `expecting` says so.
    """
    home = "" if message.is_home_hidden else message.home
    told = [
        {
            "name": child.name,
            "born": _born(child),
            "lives": home,
        }
        for child in children
    ]
    return told + [
        {
            "name": one.name, "born": (expecting or {}).get(one.person_id, ""), "lives": "",
            "who": "adult of the family",
        }
        for one in adults
    ]  # fmt: skip


def _born(child: Child) -> str:
    """When a child was born or is expected, else how old as it was said."""
    if child.date_of_birth:
        return f"born {long_date(child.date_of_birth)}"
    expected = child.shown.expected_date_of_birth if child.shown else child.row.expected_date_of_birth
    return f"not yet born, expected on {long_date(expected)}" if expected else child.row.age_said


def _expecting(user: User, parents: Iterable[Shown]) -> dict[int, str]:
    """Which of these parents expect a baby whose record the reader may open, in words."""
    found = {one.person_id: expected_of(Person(pk=one.person_id)) for one in parents}
    said = {pk: [life_told(baby).expected_on for baby in babies if can_open(user, baby)]
            for pk, babies in found.items()}  # fmt: skip
    return {pk: f"expects a baby on {long_date(days[0])}" for pk, days in said.items() if days and days[0]}


def who_needs_adults() -> str:
    """Which partners are told the adults' names too, in words."""
    return "; ".join(code_list("agency_types").label(kind) for kind in kinds_needing_adults())


def parents_to_tell(user: User, children: list[Child]) -> list[Shown]:
    """The parents of these children whose record the reader may open, and who have a name there."""
    ids = [child.row.person_id for child in children if child.row.person_id and not child.is_closed]
    ties = [tie.person_id for pk in ids for tie in ties_of(Person(pk=pk)) if tie.kind in PARENTS]
    seen = names_to_show(user, dict.fromkeys(ties), where="asking a partner") if ties else {}
    people = shown(pk for pk, access in seen.items() if access.level is Level.RECORD)
    return [one for one in people.values() if one.has_name]


def _hold(request: HttpRequest, asked: Asked) -> None:
    """A link is shown once, on the next page this person opens; it is made there, and kept nowhere."""
    request.session[f"link {asked.ask.thread}"] = "to show"  # not its words: sessions lie in the database


@can_open_matter(load_ask, power="ask_partners", goes_on=goes_on_with_asked)
def ask_given(request: HttpRequest, ask: Ask, together: Together) -> HttpResponse:
    """The link of a question, once, with words to give on; and that it was given on."""
    if together.is_held_back:
        return _held_back(request)
    if request.method == "POST":
        form = SentForm(request.POST)
        if form.is_valid():
            services.sent_to_partner(ask=ask, by=user_of(request), **form.answers)
            return _next_link(request, ask)
    else:
        form = SentForm()
    is_to_show = request.session.pop(f"link {ask.thread}", None) is not None and ask.is_open
    token = services.show_link(ask=ask, by=user_of(request)) if is_to_show else ""
    link = request.build_absolute_uri(reverse("partner_answer", args=[token])) if token else ""
    return render(
        request,
        "kith/front_door/given.html",
        {
            "ask": ask,
            "link": link,
            "to_send": words_to_send(ask, link),
            "ends_at": link_ends_at(ask),
            "form": form,
            "act": "I have given it on",
            "way": way_to(ask),
            "title": f"Questions to {ask.asked_of}",
        },
        status=422 if form.errors else 200,
    )


def words_to_send(ask: Ask, link: str) -> str:
    """What goes on with the link: the day by which the partner’s own page says that the answer is needed."""
    needed = needed_by(ask).get("needed", "")
    return " ".join(
        ["Please answer three questions about a family.", needed, f"No account is needed: {link}"]
    )


def _next_link(request: HttpRequest, ask: Ask) -> HttpResponse:
    """The next link of the same message that nobody has seen yet; the message once there is none."""
    for other in asks_about(ask.about_table, [ask.about_thread])[ask.about_thread]:
        if f"link {other.thread}" in request.session:
            return redirect("ask_given", other.thread)
    return redirect("message", ask.about_thread)


@can_open_matter(load_ask, power="ask_partners", goes_on=goes_on_with_asked)
def chase_partner(request: HttpRequest, ask: Ask, together: Together) -> HttpResponse:
    """Ask a partner again, by a new link; the one before opens nothing any more."""
    if together.is_held_back:
        return _held_back(request)
    form = SentForm(request.POST or None)
    return carry_out(
        request, form, lambda said: _chase(request, ask, said["how"]), page="kith/front_door/short.html",
        to=reverse("ask_given", args=[ask.thread]), said="A new link is ready. Give it on.",
        context={
            "title": f"Ask {ask.asked_of} again", "act": "Make a new link",
            "cancel_url": reverse("message", args=[ask.about_thread]),
        },
    )  # fmt: skip


def _chase(request: HttpRequest, ask: Ask, how: str) -> Asked:
    asked = services.chase(ask=ask, how=how, by=user_of(request))
    _hold(request, asked)
    return asked


@can_open_matter(load_ask, power="ask_partners", goes_on=goes_on_with_asked)
def partner_rang(request: HttpRequest, ask: Ask, together: Together) -> HttpResponse:
    """Write down what a partner answered by phone or on paper."""
    if together.is_held_back:
        return _held_back(request)
    if not ask.is_open:
        return redirect("message", ask.about_thread)
    user, draft = user_of(request), with_draft(request, RANG, about=ask.thread)
    form = draft.form(RangForm)
    return carry_out(
        request, form, lambda said: _answered(ask, said, user), page="kith/front_door/short.html",
        to=reverse("message", args=[ask.about_thread]), said="Their answer is written down.",
        context={
            "title": f"What {ask.asked_of} answered", "act": "Save their answer",
            "cancel_url": reverse("message", args=[ask.about_thread]),
        },
        draft=draft,
    )  # fmt: skip


def _answered(ask: Ask, said: dict[str, Any], user: User) -> Ask:
    return services.write_answer(ask=ask, by=user, **said)
