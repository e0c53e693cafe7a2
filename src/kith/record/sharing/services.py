"""Writing down agencies and their professionals; asking partners, and taking their answers by a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kith.record.access import links, messages
from kith.record.access.models import OneTimeLink
from kith.record.audit import services as audit
from kith.record.chronology.entering import carry_on, carry_on_matter, enter, enter_matter
from kith.record.facts import Version
from kith.record.owed import services as owed
from kith.record.owed.queries import open_of
from kith.record.people.local import local_number
from kith.record.people.models import Person, User
from kith.record.sharing import permissions, policies, queries
from kith.record.sharing.models import Agency, Ask, AskedAbout, Professional, WorksWith

PARTNER_ANSWER = "partner_answer"  # the kind of link that lets a partner answer
SILENT_AFTER = 2  # times asked again, after which a manager has to know


@transaction.atomic
def add_agency(*, name: str, kind: str, by: User, phone: str = "", email: str = "") -> Agency:
    """Return a new agency. Raises NotAllowed and NotSaid."""
    permissions.check_can_keep_agencies(by)
    policies.check_kind(kind)
    named = policies.check_named(name, "An agency")
    return enter_matter(Agency(name=named, kind=kind, phone=phone, email=email), by=by, act="add_agency")


@transaction.atomic
def add_professional(
    *, name: str, by: User, agency: Agency | None = None, job: str = "", phone: str = "", email: str = ""
) -> Professional:
    """Return a new professional, of an agency where it is known. Raises NotAllowed and NotSaid."""
    permissions.check_can_keep_agencies(by)
    professional = Professional(
        name=policies.check_named(name, "A professional"),
        agency_thread=agency.thread if agency else None,
        job=job,
        phone=phone,
        email=email,
    )
    return enter_matter(professional, by=by, act="add_professional")


@transaction.atomic
def name_professional(
    *, person: Person, professional: Professional, by: User, role: str = "", since: date | None = None
) -> WorksWith:
    """Write down that a professional works with a person; the fact that says so already, where one does.

    Raises NotAllowed.
    """
    permissions.check_can_name_professional(by, person)
    already = WorksWith.current.filter(
        person=person, professional_thread=professional.thread, ended_on=None
    ).first()
    told = WorksWith(person=person, professional_thread=professional.thread, role=role, started_on=since)
    return already or enter(told, by=by, act="name_professional")


@transaction.atomic
def end_work(*, works_with: WorksWith, on: date, by: User, expected: int | None = None) -> WorksWith:
    """Write down that a professional stopped working with a person. Raises NotAllowed and VersionClash."""
    permissions.check_can_name_professional(by, works_with.person)
    return carry_on(works_with, by=by, act="end_professional", ended_on=on, expected=expected)


@dataclass(frozen=True)
class Asked:
    """A question just put, with the words its link ends in: they are told here, and never again."""

    ask: Ask
    token: str


@transaction.atomic
def ask_partner(
    *,
    about: Version,
    asked_of: str,
    kind: str,
    why: str,
    power: str,
    shown: Sequence[Mapping[str, str]],
    by: User,
    children: Sequence[Person] = (),
    is_urgent: bool = False,
    agency: Agency | None = None,
    professional: Professional | None = None,
    adults: Sequence[Person] = (),
) -> Asked:
    """Return a question to a partner, with the link by which they answer without an account.

    `shown` is what they are told of each child (name, born, lives); `children` are those on record, so that
    it stands with each of them who was told what; `adults` are those of the family whose names are told too.
    What was told is written down with each. Raises NotAllowed and NotSaid.
    """
    permissions.check_can_ask(by, children)
    if professional is None or kind:  # of somebody known by name alone nobody may know where they work
        policies.check_kind(kind)
    ask = Ask(
        about_table=about._meta.label_lower,
        about_thread=about.thread,
        asked_of=policies.check_named(asked_of, "The partner")[:200],
        kind=kind,
        agency_thread=agency.thread if agency else None,
        professional_thread=professional.thread if professional else None,
        shown=[dict(child) for child in shown],
        why=policies.check_words(why, "Why you ask"),
        power=policies.check_words(power, "The power you ask under")[:300],
        is_urgent=is_urgent,
    )
    enter_matter(ask, [AskedAbout(person=child) for child in children], by=by, act="ask_partner")
    told = {"fact": ask._meta.label_lower, "thread": ask.thread, "to": ask.asked_of, "shown": ask.shown}
    audit.record_many("told_partner", by=by, persons=[*children, *adults], about=told)
    return Asked(ask, _new_link(ask, by))


def _new_link(ask: Ask, by: User) -> str:
    setting = "partner_link_hours_urgent" if ask.is_urgent else "partner_link_hours"
    lasts = timedelta(hours=local_number(setting, timezone.localdate()))
    made = links.make_link(
        kind=PARTNER_ANSWER,
        about_table=ask._meta.label_lower,
        about_thread=ask.thread,
        expires_at=timezone.now() + lasts,
        by=by,
    )
    return made.token


@transaction.atomic
def show_link(*, ask: Ask, by: User) -> str:
    """Return the words of the link to give on: of a new one, in place of that which nobody has been shown.

    So no words are kept between the page that asks and the page that shows. Raises NotAllowed, NotOpen.
    """
    permissions.check_can_ask(by)
    policies.check_open(ask)
    _withdraw_links(ask, by)
    return _new_link(ask, by)


@transaction.atomic
def sent_to_partner(*, ask: Ask, how: str, by: User, expected: int | None = None) -> Ask:
    """Return a question as given on by a worker: by email, by phone.

    Raises NotAllowed, NotOpen, VersionClash.
    """
    permissions.check_can_ask(by)
    policies.check_open(ask)
    return carry_on_matter(
        ask, by=by, act="sent_to_partner", persons=queries.asked_about(ask), expected=expected,
        sent_at=timezone.now(), sent_how=how.strip()[:200],
    )  # fmt: skip


@transaction.atomic
def chase(*, ask: Ask, how: str, by: User) -> Asked:
    """Return a question asked again, with a new link; the one before opens nothing any more.

    Once it was asked again twice, a manager of whoever asked is told, and owes getting an answer.
    Raises NotAllowed, NotOpen, VersionClash.
    """
    permissions.check_can_ask(by)
    policies.check_open(ask)
    _withdraw_links(ask, by)
    again = carry_on_matter(
        ask, by=by, act="chased_partner", persons=queries.asked_about(ask),
        chased_at=timezone.now(), chased_how=how.strip()[:200], times_chased=ask.times_chased + 1,
    )  # fmt: skip
    if again.times_chased >= SILENT_AFTER:
        _tell_manager(again, by)
    return Asked(again, _new_link(again, by))


def _tell_manager(ask: Ask, by: User) -> None:
    """Tell one manager, by name, that a partner stays silent; it is owed once."""
    manager = queries.manager_to_tell(queries.asked_by(ask) or by)
    if manager is None or open_of("partner_silent", of=ask):
        return
    owed.owe(
        what="partner_silent", fact=ask, persons=queries.asked_about(ask), by=by, owed_by=manager,
        because=f"{ask.asked_of} was asked again {ask.times_chased} times.",
    )  # fmt: skip
    messages.tell([manager], f"{ask.asked_of} does not answer, and was asked again twice.", link=page_of(ask))


@transaction.atomic
def take_back(*, ask: Ask, by: User) -> Ask:
    """Return a question that needs no answer any more, or went to the wrong partner.

    Raises NotAllowed, NotOpen, VersionClash.
    """
    permissions.check_can_ask(by)
    policies.check_open(ask)
    _withdraw_links(ask, by)
    for line in open_of("partner_silent", of=ask):
        owed.fall_away(line.owed, because="The question was taken back.", by=by)
    return carry_on_matter(
        ask, by=by, act="took_back_question", persons=queries.asked_about(ask), is_taken_back=True
    )


def asked_by_link(link: OneTimeLink) -> Ask:
    """The question that a link shows to whoever holds it.

    Raises LinkEnded where somebody it is about was restricted or sealed since the link was made: it may have
    been sent on to anybody. Who works with them makes a new one, where that is right. Why is not told.
    """
    if queries.is_kept_since(link):
        raise links.LinkEnded("This link was taken back.", links.ASK_AGAIN)
    return Ask.current.get(thread=link.about_thread)  # type: ignore[no-any-return]


@transaction.atomic
def answer_ask(
    *,
    link: OneTimeLink,
    answered_by: str,
    is_family_known: bool | None = None,
    known_since: str = "",
    worries_and_strengths: str = "",
    danger_and_doing: str = "",
) -> Ask:
    """Return a question as a partner answered it by their link, which is used up by it.

    Whoever asked is told. Raises LinkEnded, NotSaid, TooLong, NotOpen.
    """
    name = policies.check_named(answered_by, "Whoever answers")
    policies.check_answered(is_family_known, known_since, worries_and_strengths, danger_and_doing)
    ask = asked_by_link(link)
    links.use_link(link)
    return _answered(ask, None, name, is_family_known, known_since, worries_and_strengths, danger_and_doing)


@transaction.atomic
def write_answer(
    *,
    ask: Ask,
    answered_by: str,
    by: User,
    is_family_known: bool | None = None,
    known_since: str = "",
    worries_and_strengths: str = "",
    danger_and_doing: str = "",
) -> Ask:
    """Return a question as a partner answered it by phone, written down by a worker.

    Raises NotAllowed, NotSaid, TooLong, NotOpen, VersionClash.
    """
    permissions.check_can_ask(by)
    name = policies.check_named(answered_by, "Whoever answers")
    policies.check_answered(is_family_known, known_since, worries_and_strengths, danger_and_doing)
    _withdraw_links(ask, by)
    return _answered(ask, by, name, is_family_known, known_since, worries_and_strengths, danger_and_doing)


def _answered(ask: Ask, by: User | None, name: str, known: bool | None, *said: str) -> Ask:
    policies.check_open(ask)
    since, worries, danger = (words.replace("\x00", "").strip() for words in said)
    answered = carry_on_matter(
        ask, by=by, act="partner_answered", persons=queries.asked_about(ask), answered_at=timezone.now(),
        answered_by=name[:200], is_family_known=known, known_since=since, worries_and_strengths=worries,
        danger_and_doing=danger,
    )  # fmt: skip
    owed.settle(what="partner_silent", of=answered, done=answered, by=by)
    asker = queries.asked_by(ask)
    if asker is not None and asker != by:
        messages.tell([asker], f"{ask.asked_of} has answered your questions.", link=page_of(ask))
    return answered


def page_of(ask: Ask) -> str:
    """The address of what a question was asked for; "" where it has no page of its own."""
    return messages.page("message", ask.about_thread) if ask.about_table == "frontdoor.message" else ""


def _withdraw_links(ask: Ask, by: User) -> None:
    for link in OneTimeLink.objects.filter(kind=PARTNER_ANSWER, about_thread=ask.thread):
        links.withdraw_link(link, by=by)
