"""Whom an act tells of those who work with a child: nobody from whom the child is kept."""

from collections.abc import Mapping

from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.frontdoor.models import Decision, Message, Referral
from kith.record.frontdoor.queries import concerned_by
from kith.record.owed import services as owed
from kith.record.people.models import Person, User
from kith.record.people.queries import workers_of
from kith.record.protection.queries import managers_over

NEW = "Somebody told us something new about children you work with."


def tell_named_workers(
    message: Message,
    added_to: Mapping[int, Referral],
    decision: Decision,
    by: User,
    *,
    is_danger_now: bool = False,
) -> None:
    """Tell each worker whose children's open work got a message, once, and leave reading it owed by them.

    One message is one thing to read, for all the children of whom it tells that worker. Where any child in it
    is kept from them, or they have left, their manager reads it.
    """
    what_happened = _what_happened(decision, is_danger_now or message.is_urgent)
    told = what_happened or NEW
    readers, others = _readers(message, added_to, by)
    for reader, person_ids in readers.items():
        owed.owe(
            what="read_message",
            fact=decision,
            persons=person_ids,
            by=by,
            owed_by=reader,
            started_at=message.received_at,
            because=what_happened,
        )
        link = messages.page("message", message.thread)
        messages.tell([reader], f"{told} Read it: what will you do?", link=link)
    for worker, person_id in others.items():
        messages.tell([worker], told, link=messages.page("story", person_id))


def _readers(
    message: Message, added_to: Mapping[int, Referral], by: User
) -> tuple[dict[User, list[int]], dict[User, int]]:
    """(who reads a message, each with the ids of the children for whom; who may know of their child alone).

    Where neither the worker nor a manager may know of all whom it names, whoever decided reads it.
    """
    named = [
        Person(pk=row.person_id) for row in concerned_by([message.thread])[message.thread] if row.person_id
    ]
    readers: dict[User, list[int]] = {}
    others: dict[User, int] = {}
    for allocation in workers_of(added_to):
        worker, child = allocation.worker, Person(pk=allocation.person_id)
        if worker is None:
            continue
        managers = managers_over([child], timezone.localdate())
        reader = [*may_know([worker, *managers], [*named, child]), by][0]
        if child.pk not in readers.setdefault(reader, []):
            readers[reader].append(child.pk)
        if reader != worker and may_know([worker], [child]):
            others.setdefault(worker, child.pk)
    return readers, others


def _what_happened(decision: Decision, is_danger_now: bool) -> str:
    """In a sentence, that a child may be in danger; "" for what can wait."""
    danger = "Somebody may be in danger now." if is_danger_now else ""
    if decision.decision == "strategy":
        return f"Section 47 was begun in a family you work with. {danger}".strip()
    return danger
