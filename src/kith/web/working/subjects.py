"""Whom a message on My work is about, worked out from where it leads: nobody's name is stored in a message.

Each name shown is written down, and only what this reader may see is named.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from kith.record.access.looking import show_names
from kith.record.access.models import BreakGlass, Message
from kith.record.assessment.models import FamilyAssessment
from kith.record.assessment.queries import parts
from kith.record.frontdoor.queries import concerned_by, message_of
from kith.record.help.queries import ids_helped, request_of
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids
from kith.record.planning.queries import ids_on
from kith.web.templatetags.front_door import moment_words, source_words

WHERE = "a message on my work"
NOT_FOR_YOU = "somebody whose name is kept from you"


def subjects_of(user: User, messages: Iterable[Message]) -> dict[int, str]:
    """By message: the names of those it is about that this reader may see, else who told us and when.

    "" for one that leads to nobody, such as to a check of a return.
    """
    leads = {one.pk: _leads_to(one.link) for one in messages}
    about = {pk: _people(*lead) for pk, lead in leads.items()}
    kept = kept_ids({person for people in about.values() for person in people})
    shown = show_names(user, set(kept.values()), where=WHERE) if kept else {}
    return {
        pk: ", ".join(dict.fromkeys(shown[kept[one]].name for one in people if kept[one] in shown))
        or (NOT_FOR_YOU if people else _in_words(user, *leads[pk]))
        for pk, people in about.items()
    }


def _leads_to(link: str) -> tuple[str, Mapping[str, Any]]:
    """The name and the gaps of the page that a message leads to; ("", {}) where it leads to none."""
    try:
        found = resolve(urlsplit(link).path) if link else None
    except Resolver404:
        found = None
    return (found.url_name or "", found.kwargs) if found else ("", {})


def _people(page: str, gaps: Mapping[str, Any]) -> list[int]:
    """The ids of the people whom such a page is about."""
    if "person_id" in gaps:
        return [gaps["person_id"]]
    of_page = PEOPLE.get(page)
    return of_page(next(iter(gaps.values()))) if of_page else []


def _of_message(thread: int) -> list[int]:
    return [row.person_id for row in concerned_by([thread])[thread] if row.person_id]


def _of_assessment(thread: int) -> list[int]:
    found = FamilyAssessment.current.filter(thread=thread).first()
    return [part.person_id for part in parts(found)] if found else []


def _of_glass(glass: int) -> list[int]:
    return list(BreakGlass.objects.filter(pk=glass).values_list("person_id", flat=True))


PEOPLE: dict[str, Callable[[int], list[int]]] = {
    "message": _of_message,
    "decide": _of_message,
    "read_message": _of_message,
    "assessment": _of_assessment,
    "read_assessment": _of_assessment,
    "review_glass": _of_glass,
    "help_family": lambda thread: ids_helped([thread])[thread],
    "plan": lambda thread: ids_on([thread]).get(thread, []),
}


def _in_words(user: User, page: str, gaps: Mapping[str, Any]) -> str:
    """Who told us and when, where nobody on record is named yet; "" to who may not read it."""
    thread = gaps.get("thread", 0)
    if page in {"message", "decide"} and can("receive_referrals", user) and (told := message_of(thread)):
        called = ", ".join(row.called for row in concerned_by([thread])[thread])
        return f"{called}; told by {source_words(told)}, {moment_words(told.received_at)}"
    if page == "help_request" and can("answer_help_requests", user) and (asked := request_of(thread)):
        return f"{asked.name or 'a family that gave no name'}, who asked on {moment_words(asked.asked_at)}"
    return ""
