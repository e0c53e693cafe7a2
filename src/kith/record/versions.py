"""The versions of a fact: reading the current ones, and replacing one by the next (law 2; D3).

Nothing is changed in place: the old version stays readable, with when and why it ended.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from kith.record.facts import Ending, Fact, Matter, Part, Version
from kith.record.once import is_reading, once, once_for_each
from kith.record.refusals import Refused
from kith.standards.dates import short_date

AnyVersion = TypeVar("AnyVersion", bound=Version)
AnyFact = TypeVar("AnyFact", bound=Fact)
AnyMatter = TypeVar("AnyMatter", bound=Matter)
AnyPart = TypeVar("AnyPart", bound=Part)

OF_THE_VERSION = {
    "id", "thread", "recorded_at", "recorded_by", "batch", "supersedes",
    "superseded_at", "ended_as", "ended_because", "source_rows",
}  # fmt: skip
NEVER_CHANGED = {"because"}  # a field of some kinds: to whoever supersedes it is the reason for doing so


def current_facts(kind: type[AnyFact], person_ids: Iterable[int], *beside: str) -> list[AnyFact]:
    """Every fact of a kind about these people that is in force as a version, the first recorded first.

    What held on a day is picked from them in Python, so that while one page is read
    (`kith.record.once`) each kind is read once for each person, whatever is asked of it. `beside`
    names the rows to be read along with them, the same ones at every call for a kind.
    """

    def ask(wanted: list[int]) -> dict[int, list[AnyFact]]:
        found: dict[int, list[AnyFact]] = {pk: [] for pk in wanted}
        rows = kind.current.filter(person_id__in=wanted)
        for fact in rows.select_related(*beside) if beside else rows:
            found[fact.person_id].append(fact)
        return found

    held = once_for_each(("current facts", kind), person_ids, ask)
    return sorted((fact for facts in held.values() for fact in facts), key=lambda fact: fact.pk)


def note_absent(kinds: Mapping[type[Version], Sequence[int]]) -> None:
    """Ask at once, while one page is read, which of these kinds there are none of about these people at all.

    What there is none of is then not asked for again on that page, by `current_facts` or by whoever asks
    `is_known_absent`; most children have few of the many kinds. Nothing is remembered after the page. Each
    kind needs a `person`.
    """
    asked = {kind: list(dict.fromkeys(ids)) for kind, ids in kinds.items() if ids}
    if not asked or not is_reading():
        return
    each = ", ".join(_is_there_any(kind, len(ids)) for kind, ids in asked.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each}", [pk for ids in asked.values() for pk in ids])
        found = cursor.fetchone()
    for (kind, ids), is_there in zip(asked.items(), found, strict=True):
        if not is_there:
            _absent(kind).update(ids)
            once_for_each(("current facts", kind), ids, lambda wanted: {pk: [] for pk in wanted})


@cache
def kinds_about_people() -> tuple[type[Version], ...]:
    """Every kind of version that is of one person, of all rooms."""
    kinds = (model for model in apps.get_models() if issubclass(model, Version))
    return tuple(kind for kind in kinds if any(field.name == "person" for field in kind._meta.fields))


def is_known_absent(kind: type[Version], person_ids: Iterable[int]) -> bool:
    """Whether this page has asked (`note_absent`), and there is none of this kind about any of them."""
    return is_reading() and _absent(kind).issuperset(person_ids)


def _absent(kind: type[Version]) -> set[int]:
    return once(("none of", kind), set)


@cache
def _is_there_any(kind: type[Version], number: int) -> str:
    """SQL that tells whether there is a current row of a kind about any of so many people."""
    table = connection.ops.quote_name(kind._meta.db_table)
    gaps = ", ".join(["%s"] * number)
    return f"EXISTS (SELECT 1 FROM {table} WHERE superseded_at IS NULL AND person_id IN ({gaps}))"  # noqa: S608


def current_matters(kind: type[AnyMatter], threads: Iterable[int]) -> dict[int, AnyMatter]:
    """The current version of each matter of a kind, by its thread; none for one that was taken away."""
    return {matter.thread: matter for matter in kind.current.filter(thread__in=[*threads])}


def parts_of(kind: type[AnyPart], threads: Iterable[int], *beside: str) -> dict[int, list[AnyPart]]:
    """The current parts of a kind by the thread of their matter, the first recorded first.

    A matter without any has an empty list. `beside` names the rows to be read along with them.
    """
    found: dict[int, list[AnyPart]] = {thread: [] for thread in threads}
    first = kind.objects.filter(thread=OuterRef("thread")).order_by("pk").values("pk")[:1]
    rows = kind.current.filter(matter_thread__in=[*found]).order_by(Subquery(first))
    for part in rows.select_related(*beside) if beside else rows:
        found[part.matter_thread].append(part)
    return found


class VersionClash(Refused):
    """Somebody else saved this fact first. `current` is theirs (None when they took it away)."""

    def __init__(self, seen: Version, current: Version | None) -> None:
        self.seen = seen
        self.current = current
        self.saved_by = current.recorded_by if current else None
        self.saved_at: datetime | None = current.recorded_at if current else _ended_at(seen)
        self.changed = differences(seen, current) if current else {}
        super().__init__(
            self._what_happened(), "Nothing of yours was saved. Look at theirs, then save again."
        )

    @property
    def outside(self) -> str:
        """That somebody else changed it, and no more: neither who, nor when, nor what stands there now."""
        return "Somebody else changed this while you were writing. Load the page again, or ring us."

    def _what_happened(self) -> str:
        at = timezone.localtime(self.saved_at) if self.saved_at else None
        when = f"{at:%H:%M} on {short_date(at)}" if at else "a moment ago"
        if self.current is None:
            return f"This was taken out of the record at {when}, after you opened it."
        who = str(self.saved_by) if self.saved_by else "An import"
        return f"{who} saved this at {when}, after you opened it{_in_words(self.changed)}."


def supersede(
    fact: AnyVersion,
    *,
    by: models.Model | None,
    ended_as: str = Ending.CORRECTED,
    because: str = "",
    expected: int | None = None,
    **changes: Any,
) -> AnyVersion:
    """Return the new current version of `fact`, with `changes`; the old one is kept, ended.

    `expected` is the id of the version that the person saw (`fact`'s own when left out). The new
    version keeps the thread and the source rows; its batch is the one in `changes`, or none.
    Raises VersionClash when that version is no longer the current one, and ValueError for a
    field that the fact does not have.
    """
    _check_fields(fact, changes)
    with transaction.atomic():
        old = _lock_current(fact, expected)
        now = timezone.now()
        _end(old, now, ended_as, because)
        kept = {
            field.attname: getattr(old, field.attname)  # the id alone: the row it names is not asked for
            for field in _fields(old)
            if field.name not in OF_THE_VERSION and not {field.name, field.attname} & changes.keys()
        }
        return type(fact).objects.create(
            **kept,
            **{"source_rows": old.source_rows, "batch": None, **changes},
            thread=old.thread,
            supersedes=old,
            recorded_at=now,
            recorded_by=by,
        )


def as_before(fact: AnyVersion, *, by: models.Model | None, because: str, **otherwise: Any) -> AnyVersion:
    """Return the next version of `fact`: what the version before it said, but for `otherwise`.

    For an act that was a mistake, whose version is still the current one. Raises VersionClash.
    """
    said = {
        field.attname: getattr(fact.supersedes, field.attname)
        for field in _fields(fact)
        if field.name not in OF_THE_VERSION | NEVER_CHANGED | otherwise.keys()
    }
    return supersede(fact, by=by, because=because, **said, **otherwise)


def come_back(fact: AnyVersion, *, by: models.Model | None) -> AnyVersion:
    """Return the next version of a fact that had ended with nothing in its place: it holds again."""
    kept = {
        field.attname: getattr(fact, field.attname)
        for field in _fields(fact)
        if field.name not in OF_THE_VERSION
    }
    return type(fact).objects.create(
        **kept, thread=fact.thread, supersedes=fact, source_rows=fact.source_rows, recorded_by=by
    )


def enter_in_error(
    fact: AnyVersion,
    *,
    because: str,
    expected: int | None = None,
    ended_as: str = Ending.ENTERED_IN_ERROR,
) -> AnyVersion:
    """Return `fact` ended with nothing in its place: it was never true. It stays readable.

    Raises VersionClash, as `supersede` does.
    """
    with transaction.atomic():
        old = _lock_current(fact, expected)
        _end(old, timezone.now(), ended_as, because)
        return old


def history(fact: AnyVersion) -> list[AnyVersion]:
    """Every version of `fact`, the newest first."""
    return list(type(fact).objects.filter(thread=fact.thread).order_by("-recorded_at", "-id"))


def differences(before: Version, after: Version) -> dict[str, tuple[Any, Any]]:
    """What differs between two versions: field name to (before, after)."""
    return {
        field.name: (getattr(before, field.attname), getattr(after, field.attname))
        for field in _fields(after)
        if field.editable
        and field.name not in OF_THE_VERSION
        and getattr(before, field.attname) != getattr(after, field.attname)
    }


def _fields(fact: Version) -> list[Any]:
    return list(fact._meta.concrete_fields)


def _check_fields(fact: Version, changes: dict[str, Any]) -> None:
    known = {name for field in _fields(fact) for name in (field.name, field.attname)}
    unknown = set(changes) - (known - (OF_THE_VERSION - {"batch", "source_rows"}))
    if unknown:
        raise ValueError(f"{type(fact).__name__} cannot change {', '.join(sorted(unknown))}")


def _lock_current(fact: AnyVersion, expected: int | None) -> AnyVersion:
    """The current version of the thread, locked until the transaction ends."""
    seen = expected or fact.pk
    current = type(fact).objects.select_for_update().filter(thread=fact.thread, superseded_at=None).first()
    if current is None or current.pk != seen:
        before = type(fact).objects.filter(pk=seen, thread=fact.thread).first() or fact
        raise VersionClash(before, current)
    return current


def _end(version: Version, at: datetime, ended_as: str, because: str) -> None:
    version.superseded_at = at
    version.ended_as = ended_as
    version.ended_because = because[:300]
    version.save(update_fields=["superseded_at", "ended_as", "ended_because"])


def _ended_at(seen: Version) -> datetime | None:
    ended = type(seen).objects.filter(thread=seen.thread).order_by("-superseded_at").first()
    return ended.superseded_at if ended else None


def _in_words(changed: dict[str, tuple[Any, Any]]) -> str:
    said = [f"{name.replace('_', ' ')} is now {_shown(after)}" for name, (_, after) in changed.items()]
    return ": " + "; ".join(said) if said else ""


def _shown(value: Any) -> str:
    return "empty" if value in (None, "") else f"“{value}”"
