"""Looking somebody up, opening their record, and asking who looked: each check and its audit in one call.

Pages use these and nothing below them, so that nothing is shown that was not written down first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from kith.record.access import permissions, services
from kith.record.access.permissions import Access, Level
from kith.record.audit import services as audit
from kith.record.audit.models import Entry
from kith.record.once import asking_once
from kith.record.people import family
from kith.record.people import queries as people
from kith.record.people import search as names
from kith.record.people.models import Person, Role, User, UserRole
from kith.record.people.permissions import can, check_can
from kith.record.refusals import NotAllowed

PURPOSES = {
    "working_with": "I work with them or their family",
    "new_contact": "Somebody rang or wrote about them",
    "duty": "Duty or out of hours",
    "already_known": "To see whether they are known before registering them",
    "before_opening": "I have to open a record that is not mine",
    "supervision": "I supervise, chair or review this work",
}  # offered, none chosen beforehand (D13)

LOOKS = {
    "name_shown": "Name shown in a list",
    "record_opened": "Record opened",
    "opened_for_one_act": "Opened to do one act, without the record",
    "finding_shown": "Finding of a return’s check shown",
}
A_MANAGER_WILL_CONFIRM = permissions.A_MANAGER_WILL_CONFIRM
SOMEBODY_FITS = (
    "Somebody you do not work with fits exactly what you typed. To see who it is, say why you are looking."
)
ONLY_ALIKE = (
    "Others, whom you do not work with, sound like what you typed or are spelt like it; none fits exactly. "
    "To see them, check the spelling or say why you are looking."
)
LOOKED_AT = 60  # matches weighed for one search; some of them may not be shown


@dataclass(frozen=True)
class Line:
    """One person in the results, with no more than the index holds (D8)."""

    person: people.Shown
    matched: str
    why: str
    can_open: bool
    because: str  # why this worker may open it, or ""


@dataclass(frozen=True)
class Results:
    """What a search shows. `said` are sentences for the searcher, to be shown above the lines."""

    lines: list[Line]
    said: list[str]
    a_manager_will_confirm: bool = False
    needs_purpose: bool = False  # more were found, which are shown once the worker says why they look


def search(user: User, text: str, purpose: str = "", *, limit: int = 20) -> Results:
    """The people who may be meant by `text`, as far as `user` may see them, each shown name audited.

    Without a purpose only people the worker works with are shown. A restricted match shows nothing,
    alerts its custodian at once and is said to be for a manager to confirm; a sealed adoption file
    never matches. Raises NotAllowed, SearchRefused and AuditUnavailable.
    """
    check_can("see_index", user)
    text = text.replace("\x00", " ")  # PostgreSQL keeps none: neither the look nor the alert would be written
    found = names.find(text, limit=LOOKED_AT)
    seen = permissions.accesses(user, [one.person_id for one in found])
    shown = [one for one in found if _is_shown(seen[one.person_id], purpose)][:limit]
    kept_back = (
        [one for one in found if seen[one.person_id].level is Level.INDEX] if not purpose.strip() else []
    )
    met = [one for one in found if _is_met(one, seen[one.person_id])]
    _write_down(user, text, purpose, [one.person_id for one in shown])
    for one in met:
        services.alert_custodians(Person.objects.get(pk=one.person_id), searcher=user, searched_for=text)
    leads = people.shown(one.person_id for one in shown)
    return Results(
        lines=[_line(one, seen[one.person_id], leads[one.person_id]) for one in shown],
        said=_said(shown, met, kept_back),
        a_manager_will_confirm=bool(met),
        needs_purpose=bool(kept_back),
    )


@asking_once
def open_record(user: User, person: Person, why: str = "") -> Person:
    """The (kept) person whose record `user` may now read; the look is written down before this returns.

    `why` is the purpose; what ties the worker to the person is written beside it. Meeting a
    restricted record tells its custodian. Raises NotAllowed, AuditUnavailable.
    """
    kept = people.survivor(person)
    if permissions.is_restricted(user, kept):
        services.alert_custodians(kept, searcher=user, searched_for="opening the record")
    permissions.check_can_open(user, kept)
    about = {"why": why.strip()[:200], "because": permissions.reason_known(user, kept)}
    _audit_read(user, "record_opened", [kept.pk], about)
    return kept


@asking_once
def open_for_one_act(user: User, person: Person, power: str, why: str) -> Person:
    """The (kept) person about whom `user` may do one act with a power, without working with them: a chair.

    The record stays closed; the look is written down before this returns. A restricted person is nobody's
    but for those named, and their custodian is told. Raises NotAllowed, AuditUnavailable.
    """
    check_can(power, user)
    kept = people.survivor(person)
    if permissions.is_restricted(user, kept):
        services.alert_custodians(kept, searcher=user, searched_for="opening the record")
    permissions.check_can_open_index(user, kept)
    _audit_read(user, "opened_for_one_act", [kept.pk], {"why": why.strip()[:200]})
    return kept


@dataclass(frozen=True)
class Choice:
    """Somebody who may be chosen for one act about a family."""

    person: people.Shown
    can_open: bool


@asking_once
def family_to_choose(user: User, person: Person, where: str) -> dict[int, Choice]:
    """`person` and the other children of their family and home, to choose among: by kept id, `person` first.

    Each name is written down as shown under `where`. Whoever is kept from `user` is left out, without a
    word here, and their custodian is told; of a sealed file nobody is told. Nobody is shown as the family of
    somebody `user` may not know: that alone would tell whose brother or sister is hidden or adopted.
    Raises AuditUnavailable.
    """
    kept = people.survivor(person).pk
    ids = [kept]
    if permissions.level(user, person) > Level.NOTHING:
        ids += family.household_children(person, timezone.localdate())
    seen = permissions.accesses(user, ids)
    told = [pk for pk in ids if seen[pk].is_restricted and not seen[pk].never_matches]
    _tell_custodians(user, told, where)
    named = names_to_show(user, [pk for pk in ids if seen[pk].level > Level.NOTHING], where=where)
    shown = people.shown(named)
    return {pk: Choice(shown[pk], seen[pk].level is Level.RECORD) for pk in ids if pk in shown}


@dataclass(frozen=True)
class Together:
    """Of the people whom one thing is about, those whose record the reader may open, in the order given.

    `is_held_back` where one of them is kept from this reader: what was written of all of them may then tell
    of that one, and a page shows none of it, but says that a custodian holds it.
    """

    people: dict[int, people.Shown]
    is_held_back: bool = False
    closed: frozenset[int] = frozenset()  # of these people, those whose record stays closed to the reader

    def __contains__(self, person_id: object) -> bool:
        return person_id in self.people


@asking_once
def open_together(
    user: User, person_ids: Iterable[int], why: str, *, power: str = "", independent: bool = False
) -> Together:
    """The people of one thing about several whom `user` may know, each of them written down as opened.

    They have to work with one at least. About nobody the record knows yet (a message of a child without a
    name), `power` is enough; and with `independent` about anybody who is not kept from them, to do one act:
    their records stay closed, and the look is written down as that. Custodians of those kept from `user` are
    told, but for a sealed file, which nobody is told of. Raises NotAllowed, AuditUnavailable.
    """
    if power:
        check_can(power, user)
    kept = list(dict.fromkeys(people.kept_ids(person_ids).values()))
    seen = permissions.accesses(user, kept)
    away = [pk for pk in kept if seen[pk].is_restricted]
    _tell_custodians(user, [pk for pk in away if not seen[pk].never_matches], why)
    least = Level.INDEX if independent else Level.RECORD
    may_open = [pk for pk in kept if seen[pk].level >= least]
    if not may_open and (kept or not power):
        _refuse_together(user, kept, away)
    for pk in may_open:
        if seen[pk].level is Level.RECORD:
            _audit_read(user, "record_opened", [pk], {"why": why.strip()[:200], "because": seen[pk].because})
        else:
            _audit_read(user, "opened_for_one_act", [pk], {"why": why.strip()[:200]})
    shown = people.shown(may_open)
    closed = frozenset(pk for pk in may_open if seen[pk].level < Level.RECORD)
    return Together({pk: shown[pk] for pk in may_open}, is_held_back=bool(away), closed=closed)


def _tell_custodians(user: User, person_ids: Iterable[int], why: str) -> None:
    for pk in person_ids:
        services.alert_custodians(Person(pk=pk), searcher=user, searched_for=why.strip())


def _refuse_together(user: User, kept: list[int], away: list[int]) -> None:
    """Refuse as the record of one of them is refused: of somebody who is kept from nobody, where there is."""
    first = next((pk for pk in kept if pk not in away), next(iter(kept), None))
    if first is None:
        raise NotAllowed("This is about nobody you work with.", "Ask whoever wrote it, or your manager.")
    permissions.check_can_open(user, Person(pk=first))


def show_names(user: User, person_ids: Iterable[int], *, where: str) -> dict[int, people.Shown]:
    """What to show for these persons in a list, of those `user` may see; each name shown is audited.

    For pages such as "my work": `where` names the list. Raises AuditUnavailable.
    """
    return people.shown(names_to_show(user, person_ids, where=where))


@asking_once
def names_to_show(user: User, person_ids: Iterable[int], *, where: str) -> dict[int, Access]:
    """Of these persons, the kept ids of those whose name `user` may see; each is written down as shown.

    The access says whether their record may be opened too. Raises AuditUnavailable.
    """
    seen = permissions.accesses(user, people.kept_ids(person_ids).values())
    may = {pk: access for pk, access in seen.items() if access.level > Level.NOTHING}
    _audit_read(user, "name_shown", may, {"why": where})
    return may


@dataclass(frozen=True)
class Look:
    """One look at a person: when, who, what they were here to do then, what they did, and why."""

    at: datetime
    who: str
    roles: list[str]
    what: str
    why: str


def who_looked(person: Person, *, by: User, since: date | None = None) -> list[Look]:
    """Everyone who looked at `person`, the newest first, with the roles they held on that day.

    Asking is itself written down. Raises NotAllowed, AuditUnavailable.
    """
    permissions.check_can_see_who_looked(by, person)
    ids = people.same_person_ids(person)
    entries = Entry.objects.filter(person_id__in=ids, act__in=LOOKS)
    if since:
        entries = entries.filter(at__date__gte=since)
    looks = list(entries.order_by("-at", "-id"))
    _audit_read(by, "who_looked_read", ids[:1], {})
    actors = {entry.actor_id for entry in looks if entry.actor_id}
    names_of = dict(User.objects.filter(pk__in=actors).values_list("pk", "name"))
    held = _roles_held(actors)
    return [
        Look(
            at=entry.at,
            who=names_of.get(entry.actor_id, "Kith"),
            roles=_held_on(held.get(entry.actor_id, []), timezone.localdate(entry.at)),
            what=LOOKS[entry.act],
            why=", ".join(filter(None, (entry.about.get("why"), entry.about.get("because")))),
        )
        for entry in looks
    ]


def _is_shown(access: Access, purpose: str) -> bool:
    return access.level is Level.RECORD or (access.level is Level.INDEX and bool(purpose.strip()))


def _is_met(one: names.Found, access: Access) -> bool:
    """Whether this is a strong match with a record that is kept from the searcher, and may be told of."""
    return access.is_restricted and not access.never_matches and one.score >= names.A_STRONG_MATCH


def _line(one: names.Found, access: Access, lead: people.Shown) -> Line:
    can_open = access.level is Level.RECORD
    return Line(lead, one.matched, one.why, can_open, access.because if can_open else "")


def _said(shown: list[names.Found], met: list[names.Found], kept_back: list[names.Found]) -> list[str]:
    said = []
    if met:
        said.append(A_MANAGER_WILL_CONFIRM)
    if kept_back:
        said.append(SOMEBODY_FITS if any(one.is_as_typed for one in kept_back) else ONLY_ALIKE)
    if not (shown or met or kept_back):
        said.append("Nobody was found. Try fewer letters, another spelling, or a date of birth.")
    return said


def _write_down(user: User, text: str, purpose: str, shown: list[int]) -> None:
    why = PURPOSES.get(purpose, purpose.strip()[:200])
    _audit_read(user, "searched", [None], {"text": text[:200], "why": why, "shown": len(shown)})
    _audit_read(user, "name_shown", shown, {"why": why or "search"})


def _audit_read(user: User, act: str, persons: Iterable[int | None], about: Mapping[str, object]) -> None:
    may_journal = can("read_when_audit_is_down", user)
    audit.record_read(act, by=user, persons=persons, about=about, may_journal=may_journal)


def _roles_held(actors: set[int]) -> dict[int, list[UserRole]]:
    held: dict[int, list[UserRole]] = {}
    for role in UserRole.objects.filter(user_id__in=actors):
        held.setdefault(role.user_id, []).append(role)
    return held


def _held_on(roles: list[UserRole], day: date) -> list[str]:
    return sorted(
        str(Role(role.role).label)
        for role in roles
        if role.started_on <= day and (role.ended_on is None or role.ended_on > day)
    )
