"""The source behind a line of the story: the fact in all its versions, and the rows that told it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.http import Http404

from kith.record.access.looking import show_names
from kith.record.facts import Ending, Fact, Part
from kith.record.importer.models import SourceRow
from kith.record.people.models import Person, Relationship, Team, User
from kith.record.people.queries import kept_ids, same_person_ids
from kith.standards.codes import code_list
from kith.standards.dates import long_date
from kith.web.areas import brought

# Which code list says what a field's code means: of a kind of fact by its table, each field. An area's own
# stand in its module `source`.
CODE_LISTS = {
    "assessment.assessment": {"factors": "assessment_factors"},
    "assessment.childspart": {"factors": "assessment_factors"},
    "care.adoptiondecision": {"reversal_reason": "adoption_reason_no_longer_placed"},
    "care.carereview": {"participation": "review_participation"},
    "care.healthyear": {"sdq_reason": "sdq_reason"},
    "care.legalstatus": {"code": "legal_status"},
    "care.missingepisode": {"kind": "missing_type"},
    "care.periodofcare": {"end_reason": "reason_episode_ceased", "need": "need_codes"},
    "care.placement": {
        "placement_type": "placement_type",
        "provider": "placement_provider",
        "change_reason": "reason_placement_change",
    },
    "care.previouspermanence": {"option": "previous_permanence"},
    "frontdoor.contact": {"source": "referral_source"},
    "frontdoor.referral": {
        "source": "referral_source",
        "primary_need": "need_codes",
        "closure_reason": "cin_closure_reason",
    },
    "leaving.careleaveryear": {
        "in_touch": "care_leaver_in_touch",
        "activity": "care_leaver_activity",
        "accommodation": "care_leaver_accommodation",
    },
    "people.disability": {"code": "disability"},
    "people.persondetails": {"sex": "sex", "ethnicity": "ethnicity"},
    "protection.protectionplan": {
        "initial_category": "category_of_abuse",
        "latest_category": "category_of_abuse",
    },
}
# Fields whose name alone, with its first letter made large, does not say what they are.
LABELS = {"urn": "Ofsted’s number (URN)", "sdq_score": "SDQ score", "sdq_reason": "No SDQ score because"}
NAMED_BY_THEMSELVES = (User, Team)  # staff and their teams; a child or relative has to be asked for first
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


@cache
def code_lists() -> dict[str, dict[str, str]]:
    """The code list of each field of each kind of fact that holds codes, the areas' own among them."""
    return {
        **CODE_LISTS,
        **{kind: lists for each in brought("source") for kind, lists in each.CODE_LISTS.items()},
    }


def page_of_line(table: str) -> str:
    """The address to which a line told by a fact of this table leads, or "" where no area has one."""
    pages = (getattr(each, "PAGES", {}) for each in brought("source"))
    return next((page[table] for page in pages if table in page), "")


def fact_models() -> dict[str, type[Fact]]:
    """Every kind of fact by its table, such as `care.placement`."""
    return {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Fact)}


def versions_of(person: Person, table: str, thread: int, user: User) -> tuple[str, list[Version]]:
    """The kind of fact in words, and its versions, newest first.

    Raises Http404 when there is no such fact of this person, when it says that `user` may not read it, or
    when it ties them to somebody `user` may see nothing of. A relative's name shown is written down.
    """
    model = fact_models().get(table.lower())
    if model is None:
        raise Http404(table)
    facts = list(
        model.objects.filter(thread=thread, person__in=same_person_ids(person))
        .select_related("recorded_by")
        .order_by("-recorded_at", "-id")
    )
    if not facts or not all(fact.source_check(user) for fact in facts):
        raise Http404(f"{table} {thread}")
    names = _relatives(facts, user)
    rows = SourceRow.objects.select_related("file").in_bulk({pk for fact in facts for pk in fact.source_rows})
    title = str(model._meta.verbose_name).capitalize()
    versions = [_version(fact, rows, names) for fact in facts]
    return title, [replace(one, rows=()) for one in versions] if _was_of_somebody_else(facts[0]) else versions


def _was_of_somebody_else(newest: Fact) -> bool:
    """Whether it was a part of something, taken off this person's file: then none of it is shown there."""
    return isinstance(newest, Part) and newest.ended_as == Ending.ENTERED_IN_ERROR


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
    """The fact's own fields as label and words; empty ones, links and what it keeps back are left out."""
    kept_back = KEPT_BACK | fact.kept_from_source_page
    for field in fact._meta.concrete_fields:
        value = getattr(fact, field.attname)
        if field.name in kept_back or field.name.endswith("_thread") or value in (None, "", []):
            continue
        words = names[value] if field.attname == "other_id" else _words(fact, field.name, value)
        yield LABELS.get(field.name) or str(field.verbose_name).capitalize(), words


def _words(fact: Fact, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return long_date(value)
    if fact._meta.get_field(name).related_model in NAMED_BY_THEMSELVES:
        return str(getattr(fact, name))
    listed = code_lists().get(fact._meta.label_lower, {}).get(name)
    if listed is None and isinstance(value, list):
        return "; ".join(": ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
    if listed is None:
        return str(getattr(fact, f"get_{name}_display", lambda: value)())
    codes = value if isinstance(value, list) else [value]
    return "; ".join(f"{code_list(listed).label(code)} ({code})" for code in codes)
