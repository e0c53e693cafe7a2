"""Imports that run behind the page: files are stored first, then a keyed job takes them in (D11).

The same files with the same answers are one job. A job that was killed has written nothing, and runs
again when it is asked for again.
"""

import hashlib
import logging
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kith.dataset.readers.folder import CannotRead, read_folder
from kith.record.access.messages import tell
from kith.record.importer.models import ImportJob, ImportLock
from kith.record.importer.services import ImportResult, import_returns
from kith.record.people.models import User
from kith.record.people.permissions import check_can
from kith.record.refusals import NotPossible, Refused

log = logging.getLogger("kith.importer")
Upload = tuple[str, Iterable[bytes]]  # a file's name as it was sent, and its content in pieces
State = ImportJob.State


def request_import(
    files: Iterable[Upload], *, by: User, authority: str, description: str, year: int | None = None
) -> ImportJob:
    """Store these files and have them imported; the job that does it, to be watched.

    Files that were sent before with the same authority and year give the same job, and nothing runs
    twice, unless that import failed, was killed or has been undone: then it runs again.
    Raises NotAllowed, and NotPossible where nothing was sent.
    """
    check_can("import_returns", by)
    arriving = Path(settings.HOME) / "imports" / f"arriving-{secrets.token_hex(8)}"
    try:
        digests = _store(files, arriving)
        if not digests:
            raise NotPossible("No file was sent.", "Choose the files of a return, and send them again.")
        key = _key(digests, authority, year)
        folder = arriving.with_name(key)
        if not folder.exists():
            arriving.rename(folder)
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    return _request(key, folder, by, authority, description, year)


def _request(
    key: str, folder: Path, by: User, authority: str, description: str, year: int | None
) -> ImportJob:
    with transaction.atomic():
        job, is_new = ImportJob.objects.select_for_update().get_or_create(
            key=key,
            defaults={
                "folder": str(folder),
                "description": description[:300],
                "authority": authority,
                "year": year,
                "by_id": by.pk,
            },
        )
        if is_new or _has_to_run_again(job):
            job.state, job.message, job.done, job.of, job.batch = State.WAITING, "", 0, 0, None
            job.by_id, job.asked_at, job.ended_at = by.pk, timezone.now(), None
            job.save()
            run_import.enqueue(job.pk)
    job.refresh_from_db()
    return job


def _has_to_run_again(job: ImportJob) -> bool:
    if job.state == State.FAILED:
        return True
    if job.state == State.RUNNING:  # nobody holds the lock: it was killed
        return not ImportLock.objects.filter(expires_at__gte=timezone.now()).exists()
    return job.batch is not None and job.batch.undone_at is not None


def _store(files: Iterable[Upload], folder: Path) -> list[str]:
    """Write the files under `folder` by safe names; one digest of name and content each, sorted."""
    digests = []
    for number, (name, pieces) in enumerate(files, start=1):
        place = folder / safe_name(name)
        if place.exists():
            place = place.with_name(f"{number}-{place.name}")
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest = hashlib.sha256(place.relative_to(folder).as_posix().encode())
        with place.open("wb") as stored:
            for piece in pieces:
                digest.update(piece)
                stored.write(piece)
        digests.append(digest.hexdigest())
    return sorted(digests)


def safe_name(name: str) -> PurePosixPath:
    """A name under which a sent file can be stored: its folders kept, and nothing that leads out of them."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(" .")]
    kept = ["".join(c if c.isalnum() or c in "-_. ()" else "_" for c in part)[:100] for part in parts[-4:]]
    return PurePosixPath(*kept) if kept else PurePosixPath("file")


def _key(digests: list[str], authority: str, year: int | None) -> str:
    return hashlib.sha256("\n".join([*digests, authority, str(year)]).encode()).hexdigest()


@task()
def run_import(job_id: int) -> None:
    """Take in the files of a job. A job that has ended is left as it is."""
    started = ImportJob.objects.filter(pk=job_id, state__in=(State.WAITING, State.RUNNING)).update(
        state=State.RUNNING, stage="Reading files"
    )
    if not started:
        return
    job = ImportJob.objects.get(pk=job_id)
    try:
        result = _import(job)
    except (CannotRead, Refused) as refusal:
        _end(job, State.FAILED, str(refusal))
    except Exception:
        log.exception("Import job %s failed", job.pk)
        _end(job, State.FAILED, FAULT)
        raise
    else:
        state = State.DONE_WITH_REJECTS if result.counts.rejected else State.DONE
        job.batch = result.batch
        _end(job, state, in_words(result))


FAULT = (
    "Kith met a fault while it took in these files. Nothing was changed. Try once more; if it fails again, "
    "tell whoever looks after Kith, with the time of day."
)


def _import(job: ImportJob) -> ImportResult:
    user = User.objects.filter(pk=job.by_id or 0).first()

    def progress(stage: str, done: int, of: int) -> None:
        ImportJob.objects.filter(pk=job.pk).update(stage=stage, done=done, of=of)

    returns = read_folder(Path(job.folder), year=job.year)
    return import_returns(
        returns, by=user, authority=job.authority, description=job.description, progress=progress
    )


def _end(job: ImportJob, state: str, message: str) -> None:
    job.state, job.message, job.ended_at = state, message[:1000], timezone.now()
    job.save(update_fields=["state", "message", "ended_at", "batch"])
    tell(User.objects.filter(pk=job.by_id or 0), f"Import “{job.description}”: {message}"[:500])


def in_words(result: ImportResult) -> str:
    """The six counts in one sentence."""
    counts = result.counts
    return (
        f"{counts.read:,} rows read: {counts.added:,} added, {counts.continued:,} continued, "
        f"{counts.corrected:,} corrected, {counts.unchanged:,} unchanged, {counts.rejected:,} rejected."
    )
