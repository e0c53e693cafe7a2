"""Which documents stand on a person's file."""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.record.documents.models import Document, DocumentAbout
from kith.record.people.models import Person
from kith.record.versions import current_facts, current_matters, parts_of


@dataclass(frozen=True)
class OnFile:
    """A document on one person's file, and the ids of everybody it is about."""

    document: Document
    part: DocumentAbout
    about: frozenset[int]


def documents_of(person_ids: Iterable[int]) -> list[OnFile]:
    """The documents on the file of these records, the latest added first."""
    parts = current_facts(DocumentAbout, person_ids)
    threads = {part.matter_thread for part in parts}
    documents, about = current_matters(Document, threads), parts_of(DocumentAbout, threads)
    found = [
        OnFile(
            documents[part.matter_thread], part, frozenset(one.person_id for one in about[part.matter_thread])
        )
        for part in parts
        if part.matter_thread in documents
    ]
    return sorted(found, key=lambda one: (one.part.added_on, one.part.pk), reverse=True)


def kept_already(new: Document, about: Iterable[Person]) -> Document | None:
    """The document with this content, told in the same words, about just these people; None for none."""
    ids = {person.pk for person in about}
    return next(
        (on.document for on in documents_of(ids) if ids == on.about and _alike(on.document, new)), None
    )


def _alike(one: Document, other: Document) -> bool:
    told = ("sha256", "what", "who_from", "received_on", "is_from_third_party")
    return all(getattr(one, name) == getattr(other, name) for name in told)


def document_on_file(thread: int, person_ids: Iterable[int]) -> OnFile | None:
    """One document on the file of these records, or None where it is not on it."""
    return next((one for one in documents_of(person_ids) if one.document.thread == thread), None)


def is_named(sha256: str) -> bool:
    """Whether any document, in any version, has this content."""
    return Document.objects.filter(sha256=sha256).exists()
