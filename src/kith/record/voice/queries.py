"""What families said of how it felt, and what was decided because of a child's words."""

from collections.abc import Iterable

from django.utils import timezone

from kith.record.access.models import OneTimeLink
from kith.record.people.models import Person
from kith.record.versions import current_facts, current_matters, parts_of
from kith.record.voice.models import FeltAbout, Heeded, HowItFelt


def asked_by(link: OneTimeLink) -> HowItFelt:
    """The question that a link answers, as it stands."""
    return current_matters(HowItFelt, [link.about_thread])[link.about_thread]


def open_links(asked: Iterable[HowItFelt]) -> list[OneTimeLink]:
    """The links by which these questions may still be answered."""
    table, threads = HowItFelt._meta.label_lower, [felt.thread for felt in asked]
    made = OneTimeLink.objects.filter(about_table=table, about_thread__in=threads)
    return list(made.filter(used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()).order_by("pk"))


def times_answered(felt: HowItFelt) -> int:
    """How many answers to a question were kept, one after another."""
    return HowItFelt.objects.filter(thread=felt.thread).exclude(answered_at=None).count()


def about(felt: HowItFelt) -> list[FeltAbout]:
    """The children whom what was asked about was about."""
    return parts_of(FeltAbout, [felt.thread])[felt.thread]


def felt_of(person_ids: Iterable[int]) -> list[HowItFelt]:
    """What was asked about work with any of these children, the latest first; answered or not."""
    threads = {part.matter_thread for part in current_facts(FeltAbout, person_ids)}
    found = current_matters(HowItFelt, threads).values()
    return sorted(found, key=lambda felt: felt.answered_at or felt.asked_at, reverse=True)


def asked_of_those(facts: Iterable[int]) -> dict[int, list[HowItFelt]]:
    """Who was asked about each of these facts, by the fact's thread; none for one nobody was asked about."""
    threads = [*facts]
    found: dict[int, list[HowItFelt]] = {thread: [] for thread in threads}
    for felt in HowItFelt.current.filter(fact_thread__in=threads).order_by("asked_at"):
        found[felt.fact_thread].append(felt)
    return found


def heeded_of(person_ids: Iterable[int]) -> dict[int, list[Heeded]]:
    """What was decided because of what these people said, by the thread of the words, the first first."""
    found: dict[int, list[Heeded]] = {}
    for one in sorted(current_facts(Heeded, person_ids), key=lambda one: (one.decided_on, one.pk)):
        found.setdefault(one.said_thread, []).append(one)
    return found


def heeded(person_ids: Iterable[int], said_thread: int, *, lock: bool = False) -> list[Heeded]:
    """What was decided because of one thing; with `lock` nobody writes another beside it meanwhile."""
    ids = [*person_ids]
    if lock:
        list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    return list(
        Heeded.current.filter(person_id__in=ids, said_thread=said_thread).order_by("decided_on", "pk")
    )
