"""Asking a family how it felt and keeping what they answer; saying what a child's words led to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kith.record import versions
from kith.record.access.links import make_link, use_link, withdraw_link
from kith.record.access.models import OneTimeLink
from kith.record.audit import services as audit
from kith.record.chronology.entering import carry_on_matter, enter, enter_matter
from kith.record.facts import Version
from kith.record.people.models import Person, User
from kith.record.voice import permissions, policies, queries
from kith.record.voice.models import FeltAbout, Heeded, HowItFelt

LINK = "how_it_felt"
STAYS_OPEN = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """A question just asked, and the words that the address of its answer ends in: told here alone."""

    felt: HowItFelt
    token: str


@transaction.atomic
def ask_how_it_felt(
    *, about: Version, asked_about: str, children: Sequence[Person], asked_of: str, by: User
) -> Asked:
    """Ask one person in a family how something that has ended felt; the link by which they answer.

    Kith sends nothing: the worker gives them the link by the way that is safe.
    Raises NotAllowed, NotAsked.
    """
    permissions.check_can_ask(by, children)
    policies.check_ask(asked_about, asked_of)
    now = timezone.now()
    felt = HowItFelt(
        asked_about=asked_about,
        fact_table=about._meta.label_lower,
        fact_thread=about.thread,
        asked_of=asked_of.strip(),
        asked_at=now,
    )
    enter_matter(felt, [FeltAbout(person=child) for child in children], by=by, act="ask_how_it_felt")
    made = make_link(
        kind=LINK,
        about_table=felt._meta.label_lower,
        about_thread=felt.thread,
        expires_at=now + STAYS_OPEN,
        by=by,
    )
    return Asked(felt, made.token)


@transaction.atomic
def answer_how_it_felt(*, link: OneTimeLink, feeling: str, listened: str = "", words: str = "") -> HowItFelt:
    """Keep what somebody answered by their link: the first tap by itself, or with the second and words.

    The link opens nothing more once the second tap or words have come. The same first tap again writes
    nothing, and it may be changed a few times. Raises NotAnAnswer, LinkEnded.
    """
    felt = queries.asked_by(link)
    policies.check_answer(feeling, listened, words)
    policies.check_first(felt)
    if listened or words:
        use_link(link)
    elif feeling == felt.feeling:
        return felt
    else:
        policies.check_taps(queries.times_answered(felt))
    return carry_on_matter(
        felt,
        by=None,
        act="answer_how_it_felt",
        persons=[part.person_id for part in queries.about(felt)],
        feeling=feeling,
        listened=listened,
        words=words,
        answered_at=timezone.now(),
    )


@transaction.atomic
def stop_asking(*, felt: HowItFelt, by: User) -> list[OneTimeLink]:
    """Return the links of a question, taken back: given to the wrong person, or no answer is wanted any more.

    What was answered stays. Raises NotAllowed.
    """
    permissions.check_can_stop_asking(by, [part.person for part in queries.about(felt)])
    return [withdraw_link(link, by=by) for link in queries.open_links([felt])]


@transaction.atomic
def heed(
    *,
    child: Person,
    said: tuple[str, int],
    said_on: date,
    what: str,
    decided_on: date,
    by: User,
    decided: tuple[str, int] | None = None,
) -> Heeded:
    """Write down what was decided because of what a child said.

    `said` and `decided` are (table, thread) of the fact that holds the words, and of what was decided where
    that is a fact of its own. Written again with the same words, it is the same one. Raises NotAllowed,
    NotHeeded.
    """
    permissions.check_can_heed(by, child)
    policies.check_heeded(what, decided_on, said_on, timezone.localdate())
    new = Heeded(
        person=child,
        said_table=said[0],
        said_thread=said[1],
        what=what.strip(),
        decided_on=decided_on,
        decided_table=decided[0] if decided else "",
        decided_thread=decided[1] if decided else None,
    )
    alike = queries.heeded([child.pk], said[1], lock=True)
    already = next(
        (one for one in alike if (one.what, one.decided_thread) == (new.what, new.decided_thread)), None
    )
    return already or enter(new, by=by, act="heed_childs_words")


def unheed(*, said_thread: int, because: str, by: User) -> None:
    """End what was said to follow from words that were never this child's.

    For the act that takes those words off the record, in its own transaction, which has checked who may.
    """
    for one in Heeded.current.filter(said_thread=said_thread):
        versions.enter_in_error(one, because=because)
        audit.record("take_off_what_was_heeded", by=by, person=one.person_id, about={"thread": one.thread})
