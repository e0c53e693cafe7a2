"""The source behind a line of the story: the fact in all its versions, and the rows that told it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.http import Http404

from kith.record.access.looking import show_names
from kith.record.facts import Ending, Fact
from kith.record.importer.models import SourceRow
from kith.record.people.models import Person, Relationship, User
from kith.record.people.queries import kept_ids, same_person_ids
from kith.standards.codes import code_list
from kith.standards.dates import long_date

# Which code list says what a field's code means.
CODE_LISTS = {
    "source": "referral_source",
    "primary_need": "need_codes",
    "need": "need_codes",
    "closure_reason": "cin_closure_reason",
    "factors": "assessment_factors",
    "initial_category": "category_of_abuse",
    "latest_category": "category_of_abuse",
    "end_reason": "reason_episode_ceased",
    "code": "legal_status",
    "placement_type": "placement_type",
    "provider": "placement_provider",
    "change_reason": "reason_placement_change",
    "participation": "review_participation",
    "sdq_reason": "sdq_reason",
    "reversal_reason": "adoption_reason_no_longer_placed",
    "option": "previous_permanence",
    "in_touch": "care_leaver_in_touch",
    "activity": "care_leaver_activity",
    "accommodation": "care_leaver_accommodation",
    "ethnicity": "ethnicity",
    "sex": "sex",
}
# Fields whose name alone, with its first letter made large, does not say what they are.
LABELS = {"urn": "Ofsted’s number (URN)", "sdq_score": "SDQ score", "sdq_reason": "No SDQ score because"}
KEPT_BACK = {field.name for field in Fact._meta.get_fields()} | {"id", "given_key", "family_key"}


@dataclass(frozen=True)
class Version:
    """One version of a fact: what it said, who recorded it and when, and how it ended."""

    rows: tuple[tuple[str, str], ...]
    recorded_at: Any
    recorded_by: str
    is_current: bool
    ending: str
    because: str
    sources: tuple[SourceRow, ...]


def fact_models() -> dict[str, type[Fact]]:
    """Every kind of fact by its table, such as `care.placement`."""
    return {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Fact)}


def versions_of(person: Person, table: str, thread: int, user: User) -> tuple[str, list[Version]]:
    """The kind of fact in words, and its versions, newest first.

    Raises Http404 when there is no such fact of this person, or it ties them to somebody `user` may see
    nothing of. A relative's name shown is written down.
    """
    model = fact_models().get(table.lower())
    if model is None:
        raise Http404(table)
    facts = list(
        model.objects.filter(thread=thread, person__in=same_person_ids(person))
        .select_related("recorded_by")
        .order_by("-recorded_at", "-id")
    )
    if not facts:
        raise Http404(f"{table} {thread}")
    names = _relatives(facts, user)
    rows = SourceRow.objects.select_related("file").in_bulk({pk for fact in facts for pk in fact.source_rows})
    title = str(model._meta.verbose_name).capitalize()
    return title, [_version(fact, rows, names) for fact in facts]


def _relatives(facts: Iterable[Fact], user: User) -> dict[int, str]:
    """The names of those whom these facts tie a person to; Http404 where `user` may not see one of them."""
    others = {fact.other_id for fact in facts if isinstance(fact, Relationship)}
    if not others:
        return {}
    kept = kept_ids(others)
    shown = show_names(user, others, where="source of a family tie")
    if not set(kept.values()) <= set(shown):
        raise Http404("people.relationship")
    return {pk: shown[kept[pk]].name for pk in others}


def _version(fact: Fact, rows: dict[int, SourceRow], names: Mapping[int, str]) -> Version:
    ending = Ending(fact.ended_as).label if fact.ended_as else ""
    return Version(
        rows=tuple(_said(fact, names)),
        recorded_at=fact.recorded_at,
        recorded_by=fact.recorded_by.name if fact.recorded_by else "Kith, from an import",
        is_current=fact.superseded_at is None,
        ending=ending,
        because=fact.ended_because,
        sources=tuple(rows[pk] for pk in fact.source_rows if pk in rows),
    )


def _said(fact: Fact, names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """The fact's own fields as label and words; empty ones and links between facts are left out."""
    for field in fact._meta.concrete_fields:
        value = getattr(fact, field.attname)
        if field.name in KEPT_BACK or field.name.endswith("_thread") or value in (None, "", []):
            continue
        words = names[value] if field.attname == "other_id" else _words(fact, field.name, value)
        yield LABELS.get(field.name) or str(field.verbose_name).capitalize(), words


def _words(fact: Fact, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return long_date(value)
    listed = CODE_LISTS.get(name)
    if fact._meta.model_name == "disability":
        listed = "disability"
    if fact._meta.model_name == "missingepisode" and name == "kind":
        listed = "missing_type"
    if listed is None or fact._meta.model_name in {"libertyorder"}:
        return str(getattr(fact, f"get_{name}_display", lambda: value)())
    codes = value if isinstance(value, list) else [value]
    return "; ".join(f"{code_list(listed).label(code)} ({code})" for code in codes)
