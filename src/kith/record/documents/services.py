"""Keeping documents: a file is scanned, read for what it is, and kept once under its content."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kith.record import versions
from kith.record.audit import services as audit
from kith.record.chronology import services as chronology
from kith.record.chronology.entering import enter_matter
from kith.record.chronology.policies import check_children
from kith.record.documents import permissions, policies, queries, storage
from kith.record.documents.formats import format_of
from kith.record.documents.models import Document, DocumentAbout
from kith.record.people.models import Person, User
from kith.record.people.policies import check_reason

A_DAY = timedelta(days=1)


def add_document(
    *,
    about: Sequence[Person],
    content: Iterable[bytes],
    name: str,
    what: str,
    by: User,
    who_from: str = "",
    received_on: date | None = None,
    is_from_third_party: bool = False,
) -> Document:
    """Keep a file about these people, and say so in each one's story.

    What kind of file it is, is read from its content: `name` gives no more than a name. The same file with
    the same words, about the same people, is the document that they have already. Raises NotAllowed,
    NoChildren, NothingInIt, TooLarge, NotScannedClean, NotAKindKept and HalfAFile; nothing is kept then.
    """
    permissions.check_can_keep(by, about)
    check_children(about)
    policies.check_named(what)
    with storage.arriving(content) as path:
        size, kind = path.stat().st_size, format_of(path, timezone.localdate())
        document = Document(
            what=what.strip(),
            who_from=who_from.strip(),
            received_on=received_on,
            is_from_third_party=is_from_third_party,
            file_name=policies.safe_name(name, kind.ending_for(name)),
            format=kind.format,
            content_type=kind.content_type,
            size=size,
        )
        return _kept(document, path, about, by)


def _kept(document: Document, path: Path, about: Sequence[Person], by: User) -> Document:
    """Keep the content and the document; content whose document was not written is swept a day later."""
    document.sha256 = storage.keep(path)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # sent twice, one waits for the other
        transaction.on_commit(partial(storage.is_named_now, document.sha256))
        if kept := queries.kept_already(document, about):
            return kept
        today = timezone.localdate()
        parts = [DocumentAbout(person=person, added_on=today) for person in about]
        return enter_matter(document, parts, by=by, act="add_document", about={"format": document.format})


def sweep() -> int:
    """Delete the contents that came more than a day ago and that no document names; how many they were."""
    before = timezone.now() - A_DAY
    return storage.sweep(queries.is_named, older_than=before.timestamp())


@transaction.atomic
def take_off(*, part: DocumentAbout, because: str, by: User, expected: int | None = None) -> DocumentAbout:
    """Take a document off the file of somebody it is not about. Raises NotAllowed and VersionClash."""
    permissions.check_can_keep(by, [part.person])
    check_reason(because)
    ended = versions.enter_in_error(part, because=because.strip(), expected=expected)
    chronology.strike(part)
    audit.record("take_document_off", by=by, person=part.person_id, about={"thread": part.thread})
    return ended


def take_away(on_file: queries.OnFile, *, person: Person, by: User) -> bytes:
    """The content of a document, for whoever may read it here; that it was taken is written down.

    Raises NotAllowed and Damaged.
    """
    permissions.check_can_read(by, person, on_file.about)
    content = storage.read(on_file.document.sha256)
    about = {"fact": "documents.document", "thread": on_file.document.thread}
    audit.record("document_taken", by=by, person=person, about=about)
    return content
