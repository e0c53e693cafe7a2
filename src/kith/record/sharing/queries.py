"""Which professionals there are, who works with whom, and what partners were asked and said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from kith.record.access.models import OneTimeLink
from kith.record.access.queries import restrictions_on
from kith.record.facts import is_in_force
from kith.record.people.models import Role, User
from kith.record.people.queries import holders_of, kept_ids, managers_of, memberships_of, merged_under
from kith.record.sharing.models import Agency, Ask, AskedAbout, Professional, WorksWith
from kith.record.versions import current_facts, current_matters, parts_of
from kith.standards.dates import long_date


@dataclass(frozen=True)
class Named:
    """A professional who works with a person, and for which agency (None: not said)."""

    works_with: WorksWith
    professional: Professional
    agency: Agency | None


def professionals_of(person_ids: Iterable[int], on: date) -> dict[int, list[Named]]:
    """Who of other agencies works with each of these people on a day, by their thread in the record."""
    ids = [*person_ids]
    held = [fact for fact in current_facts(WorksWith, ids) if is_in_force(fact, on)]
    professionals = current_matters(Professional, {fact.professional_thread for fact in held})
    agencies = current_matters(
        Agency, {one.agency_thread for one in professionals.values() if one.agency_thread}
    )
    found: dict[int, list[Named]] = {pk: [] for pk in ids}
    for fact in held:
        if professional := professionals.get(fact.professional_thread):
            agency = agencies.get(professional.agency_thread or 0)
            found[fact.person_id].append(Named(fact, professional, agency))
    return found


def asks_about(table: str, threads: Iterable[int]) -> dict[int, list[Ask]]:
    """What partners were asked for each of these rows of a table, by its thread, the first first."""
    found: dict[int, list[Ask]] = {thread: [] for thread in threads}
    rows = Ask.current.filter(about_table=table, about_thread__in=[*found])
    for ask in rows.order_by("asked_at", "thread"):
        found[ask.about_thread].append(ask)
    return found


def ask_of(thread: int) -> Ask | None:
    """The question of a thread as it stands; None where there is none."""
    found: Ask | None = Ask.current.filter(thread=thread).first()
    return found


def asked_about(ask: Ask) -> list[int]:
    """The ids of the people on record whom a question is about."""
    return [part.person_id for part in parts_of(AskedAbout, [ask.thread])[ask.thread]]


def is_kept_since(link: OneTimeLink) -> bool:
    """Whether somebody whom a link's question is about was restricted or sealed after the link was made."""
    ask = ask_of(link.about_thread)
    under = merged_under(kept_ids(asked_about(ask)).values()) if ask else {}
    kept = restrictions_on(pk for ids in under.values() for pk in ids)
    return any(one.placed_at > link.made_at for each in kept.values() for one in each)


def open_asks_of(user_id: int) -> list[Ask]:
    """What somebody asked partners that no answer came to yet, the oldest first."""
    first = Ask.objects.filter(supersedes=None, recorded_by_id=user_id).values("thread")
    rows = Ask.current.filter(thread__in=first, answered_at=None, is_taken_back=False)
    return list(rows.order_by("asked_at", "thread"))


def in_words(ask: Ask) -> str:
    """What a partner said or that they are silent, as one sentence: silence is never "no concerns"."""
    if ask.answered_at is None:
        return f"No answer from {ask.asked_of} since {_moment(ask.sent_at or ask.asked_at)}."
    if ask.is_family_known is False:
        return f"{ask.asked_of} answered on {_moment(ask.answered_at)}: they do not know this family."
    return f"{ask.asked_of} answered on {_moment(ask.answered_at)}."


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{long_date(local.date())}, {local:%H:%M}"


def asked_by(ask: Ask) -> User | None:
    """Who asked; None where they are not known."""
    first = Ask.objects.filter(thread=ask.thread, supersedes=None).select_related("recorded_by").first()
    return first.recorded_by if first else None


def manager_to_tell(asker: User) -> User | None:
    """One manager who has to know that a partner is silent: of a team of who asked, else a head of service.

    None where there is nobody but the asker.
    """
    teams = [member.team_id for member in memberships_of(asker)]
    for found in (managers_of(teams), holders_of([Role.SENIOR_MANAGER])):
        others = [user for user in found.order_by("pk") if user.pk != asker.pk]
        if others:
            return others[0]
    return None


@dataclass(frozen=True)
class Partner:
    """Somebody who may be asked: an agency, or a professional of one. `knows` are those they work with."""

    key: str
    name: str
    kind: str
    phone: str
    email: str
    knows: tuple[int, ...] = ()
    agency: Agency | None = None
    professional: Professional | None = None


def partners_to_ask(person_ids: Iterable[int], on: date) -> list[Partner]:
    """Whom to ask about these people: those who work with one of them first, then every agency, by name."""
    found: dict[str, Partner] = {}
    for pk, names in professionals_of(person_ids, on).items():
        for named in names:
            one = _partner(named.professional, named.agency)
            before = found.get(one.key)
            found[one.key] = replace(one, knows=(*(before.knows if before else ()), pk))
    known = sorted(found.values(), key=lambda one: (-len(one.knows), one.name))
    agencies = [_partner(None, agency) for agency in Agency.current.order_by("name", "pk")]
    return known + agencies


def _partner(professional: Professional | None, agency: Agency | None) -> Partner:
    """A professional who may be asked, by their own number where one is known, else by the agency's."""
    if professional is None:
        assert agency is not None
        return Partner(f"a{agency.thread}", agency.name, agency.kind, agency.phone, agency.email, (), agency)
    job = f", {professional.job}" if professional.job else ""
    place = f" ({agency.name})" if agency else ""
    return Partner(
        key=f"p{professional.thread}",
        name=f"{professional.name}{job}{place}",
        kind=agency.kind if agency else "",
        phone=professional.phone or (agency.phone if agency else ""),
        email=professional.email or (agency.email if agency else ""),
        agency=agency,
        professional=professional,
    )


def way_to(ask: Ask) -> Partner | None:
    """How whoever was asked is reached, where that is known; None for a partner written in words alone."""
    professional = current_matters(Professional, [ask.professional_thread or 0]).get(
        ask.professional_thread or 0
    )
    agency = current_matters(Agency, [ask.agency_thread or 0]).get(ask.agency_thread or 0)
    return _partner(professional, agency) if professional or agency else None


def link_ends_at(ask: Ask) -> datetime | None:
    """When the link now in use opens nothing any more; None where none is in use."""
    found = OneTimeLink.objects.filter(
        about_table="sharing.ask", about_thread=ask.thread, used_at=None, withdrawn_at=None
    )
    return found.order_by("-made_at").values_list("expires_at", flat=True).first()
