"""Imports that run behind the page: files are received and looked at, then a keyed job takes them in (D11).

The same files with the same answers are one job. A job that was killed has written nothing, and runs
again when it is asked for again. What was sent is kept until it is in the record or thrown away.
"""

import hashlib
import logging
import secrets
import shutil
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import chain, count
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kith.dataset.readers.folder import CannotRead, read_folder
from kith.record.access.messages import page, tell, tell_administrators
from kith.record.audit import services as audit
from kith.record.audit.models import Batch
from kith.record.documents.scanning import NotScannedClean, check_clean
from kith.record.importer.alive import Taken, is_alive, sign_of_life
from kith.record.importer.models import ImportJob
from kith.record.importer.opening import holds_dataset, open_path
from kith.record.importer.services import ImportResult, Progress, UndoResult, import_returns, undo
from kith.record.people.models import User
from kith.record.people.permissions import check_can
from kith.record.people.policies import check_reason
from kith.record.refusals import NotPossible, Refused

log = logging.getLogger("kith.importer")
Upload = tuple[str, Iterable[bytes]]  # a file's name as it was sent, and its content in pieces
State = ImportJob.State
KEPT_FOR = timedelta(days=7)  # files that nobody brought in: they tell of children, and are not kept for long


def receive(files: Iterable[Upload], *, by: User, authority: str, year: int | None = None) -> ImportJob:
    """Store these files, and return the job that can take them in; nothing is written to the record.

    Files that were sent before with the same authority and year give the same job as it stands, or
    received anew where that import failed, was killed or has been undone.
    They are scanned first where the settings name a scan: nothing reads them before. Raises NotAllowed,
    NotPossible where nothing was sent, and NotScannedClean, of which administrators are told.
    """
    check_can("import_returns", by)
    throw_away_old()
    arriving = Path(settings.HOME) / "imports" / f"arriving-{secrets.token_hex(8)}"
    arriving.mkdir(parents=True, mode=0o700)
    try:
        digests = _store(files, arriving)
        if not digests:
            raise NotPossible("No file was sent.", "Choose the files of a return, and send them again.")
        check_clean_or_tell(arriving, by, len(digests))
        key = _key(digests, authority, year)
        folder = arriving.with_name(key)
        with transaction.atomic():
            job = _received(key, arriving, folder, by, authority, year)
            about = {"job": job.pk, "files": len(digests), "authority": authority, "year": year, "key": key}
            audit.record("files_received", by=by, about=about)
            return job
    finally:
        shutil.rmtree(arriving, ignore_errors=True)


def check_clean_or_tell(folder: Path, by: User, files: int) -> None:
    """Scan what was sent. Raises NotScannedClean, of which administrators and the audit are told."""
    try:
        check_clean(folder)
    except NotScannedClean as refusal:
        audit.record("files_refused", by=by, about={"files": files, "why": refusal.reason})
        tell_administrators(f"{by} sent {files} file{'' if files == 1 else 's'}. {refusal.reason}")
        raise


def _received(
    key: str, arriving: Path, folder: Path, by: User, authority: str, year: int | None
) -> ImportJob:
    answers = {"folder": str(folder), "authority": authority, "year": year, "by_id": by.pk}
    job, is_new = ImportJob.objects.select_for_update().get_or_create(key=key, defaults=answers)
    if not is_new and not _may_run_again(job) and job.state != State.RECEIVED:
        return job
    if not folder.exists():
        arriving.rename(folder)
    if job.state != State.RECEIVED:
        job.state, job.message, job.batch = State.RECEIVED, "", None
        job.asked_at, job.ended_at = timezone.now(), None
        job.save()
    return job


def describe(job: ImportJob, description: str) -> None:
    """Keep what these files were found to be, in words, as the name of their import."""
    ImportJob.objects.filter(pk=job.pk).update(description=description[:300])
    job.description = description[:300]


def start(job: ImportJob, *, by: User) -> ImportJob:
    """Have received files taken in, and return their job, to be watched.

    A job that waits, runs or has ended well is left as it is. Raises NotAllowed, and NotPossible where
    the files are no longer kept.
    """
    check_can("import_returns", by)
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job.pk)
        if job.state == State.RECEIVED or _may_run_again(job):
            if not Path(job.folder).is_dir():
                raise NotPossible("These files are no longer kept.", "Send them once more.")
            _enqueue(job, by, lambda: run_import.enqueue(job.pk))
    job.refresh_from_db()
    return job


def throw_away(job: ImportJob, *, by: User) -> None:
    """Delete received files that are not to be taken in. Raises NotAllowed, NotPossible once it has begun."""
    check_can("import_returns", by)
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job.pk)
        may_go = job.state in (State.RECEIVED, State.FAILED) or was_stopped(job)
        if job.is_undo or not may_go:
            raise NotPossible(
                "These files are in the record, or on their way into it.",
                "Wait until the import has ended, then undo it.",
            )
        _delete(job, "files_thrown_away", by)


def throw_away_old() -> None:
    """Delete files that were received, failed or left by a killed import longer ago than they are kept."""
    states = (State.RECEIVED, State.FAILED, State.RUNNING)
    old = ImportJob.objects.filter(
        state__in=states, is_undo=False, batch=None, asked_at__lt=timezone.now() - KEPT_FOR
    )
    for job in old:
        if job.state != State.RUNNING or was_stopped(job):
            _delete(job, "files_no_longer_kept", None)


@transaction.atomic
def _delete(job: ImportJob, act: str, by: User | None) -> None:
    """Delete a job and its files, and write down who did: None is Kith itself."""
    audit.record(act, by=by, about={"job": job.pk, "what": job.description, "key": job.key})
    folder = Path(job.folder)
    job.delete()
    shutil.rmtree(folder, ignore_errors=True)


def request_undo(batch: Batch, *, by: User, reason: str) -> ImportJob:
    """Have an import taken out again, and return the job that does it, to be watched.

    Asked for twice, it is one job. Raises NotAllowed, and NotPossible without a reason or when the import
    was undone before.
    """
    check_can("import_returns", by)
    check_reason(reason)
    if batch.undone_at:
        raise NotPossible("This import was undone already.", "Nothing more is to be done.")
    with transaction.atomic():
        job, is_new = ImportJob.objects.select_for_update().get_or_create(
            key=f"undo-{batch.pk}",
            defaults={"is_undo": True, "batch": batch, "description": f"Undo: {batch.description}"[:300]},
        )
        if is_new or _may_run_again(job):
            _enqueue(job, by, lambda: run_undo.enqueue(job.pk, reason))
    job.refresh_from_db()
    return job


def _enqueue(job: ImportJob, by: User, enqueue: Callable[[], object]) -> None:
    job.state, job.stage, job.message, job.done, job.of = State.WAITING, "", "", 0, 0
    job.by_id, job.asked_at, job.ended_at = by.pk, timezone.now(), None
    job.save()
    enqueue()


def was_stopped(job: ImportJob) -> bool:
    """Whether a job says that it runs, and nobody runs it: whoever did was killed."""
    return job.state == State.RUNNING and not is_alive(job.pk)


def _may_run_again(job: ImportJob) -> bool:
    if job.state == State.FAILED or was_stopped(job):
        return True
    return not job.is_undo and job.batch is not None and job.batch.undone_at is not None


def _store(files: Iterable[Upload], folder: Path) -> list[str]:
    """Write the files under `folder` by safe names; one digest of name and content each, sorted."""
    digests = []
    for number, (name, pieces) in enumerate(files, start=1):
        place = free_place(folder, safe_name(name), number)
        place.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(place.relative_to(folder).as_posix().encode())
        with place.open("wb") as stored:
            for piece in pieces:
                digest.update(piece)
                stored.write(piece)
        digests.append(digest.hexdigest())
    return sorted(digests)


def free_place(folder: Path, name: PurePosixPath, number: int) -> Path:
    """Where a sent file can be stored and cover no other: its own place, or one with a number before it."""
    others = (
        place
        for n in count(number)
        for place in (name.with_name(f"{n}-{name.name}"), PurePosixPath(f"{n}-{name.name}"))
    )
    free = (
        folder / place
        for place in chain([name], others)
        if not (folder / place).exists() and not any((folder / above).is_file() for above in place.parents)
    )
    return next(free)


def safe_name(name: str) -> PurePosixPath:
    """A name under which a sent file can be stored: its folders kept, and nothing that leads out of them."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(" .")]
    kept = ["".join(c if c.isalnum() or c in "-_. ()" else "_" for c in part) for part in parts[-4:]]
    kept = [part if len(part.encode()) <= 100 else _shorter(part) for part in kept]
    return PurePosixPath(*kept) if kept else PurePosixPath("file")


def _shorter(name: str) -> str:
    """A long name cut to at most 130 bytes, which every disk can keep; its end tells its kind."""
    return name[:-10].encode()[:90].decode(errors="ignore") + name[-10:]


def _key(digests: list[str], authority: str, year: int | None) -> str:
    return hashlib.sha256("\n".join([*digests, authority, str(year)]).encode()).hexdigest()


@task()
def run_import(job_id: int) -> None:
    """Take in the files of a job. A job that has ended is left as it is."""
    _run(job_id, "Reading files", _take_in)


@task()
def run_undo(job_id: int, reason: str) -> None:
    """Take the import of a job out again. A job that has ended is left as it is."""
    _run(job_id, "Working out what is left", lambda job: _take_out(job, reason))


def _run(job_id: int, stage: str, work: Callable[[ImportJob], tuple[str, str]]) -> None:
    """Do the work of a job that has not ended, and keep how it went; `work` gives the state and the words.

    A job that somebody else is running is left to them.
    """
    try:
        with sign_of_life(job_id):
            _work(job_id, stage, work)
    except Taken:
        log.info("Import job %s is being run already", job_id)


def _work(job_id: int, stage: str, work: Callable[[ImportJob], tuple[str, str]]) -> None:
    unended = ImportJob.objects.filter(pk=job_id, state__in=(State.WAITING, State.RUNNING))
    if not unended.update(state=State.RUNNING, stage=stage):
        return
    job = ImportJob.objects.get(pk=job_id)
    try:
        state, words = work(job)
    except (CannotRead, Refused) as refusal:
        _end(job, State.FAILED, without_folder(str(refusal), Path(job.folder)))
    except Exception:
        log.exception("Import job %s failed", job.pk)
        _end(job, State.FAILED, FAULT)
        raise
    else:
        _end(job, state, words)
        if not job.is_undo:
            shutil.rmtree(job.folder, ignore_errors=True)  # its rows are in the record now


FAULT = (
    "Kith met a fault while it was at work on these files. Nothing was changed. Try once more; if it fails "
    "again, tell whoever looks after Kith, with the time of day."
)


def _take_in(job: ImportJob) -> tuple[str, str]:
    result = _import(job, User.objects.get(pk=job.by_id or 0), _progress_of(job))
    job.batch = result.batch
    return (State.DONE_WITH_REJECTS if result.counts.rejected else State.DONE), in_words(result)


def _import(job: ImportJob, by: User | None, progress: Progress) -> ImportResult:
    folder = Path(job.folder)
    if holds_dataset(folder):
        return open_path(folder, by=by, authority=job.authority, year=job.year, progress=progress).result
    returns = read_folder(folder, year=job.year)
    return import_returns(
        returns, by=by, authority=job.authority, description=job.description, progress=progress
    )


def _take_out(job: ImportJob, reason: str) -> tuple[str, str]:
    if job.batch is None:
        raise NotPossible("There is no import to undo.")
    by = User.objects.get(pk=job.by_id or 0)
    return State.DONE, undone_in_words(undo(job.batch, by=by, reason=reason, progress=_progress_of(job)))


def _progress_of(job: ImportJob) -> Progress:
    def progress(stage: str, done: int, of: int) -> None:
        ImportJob.objects.filter(pk=job.pk).update(stage=stage, done=done, of=of)

    return progress


def _end(job: ImportJob, state: str, message: str) -> None:
    job.state, job.message, job.ended_at = state, message[:1000], timezone.now()
    job.save(update_fields=["state", "message", "ended_at", "batch"])
    act = "" if job.is_undo else "Import: "
    words = f"{act}“{job.description}”: {message}"
    tell(User.objects.filter(pk=job.by_id or 0), words, link=page("import_progress", job.pk))


def without_folder(words: str, folder: Path) -> str:
    """What a reader said of a kept folder, with no word of where it lies."""
    return words.replace(f"in {folder.name}", "in what you sent").replace(folder.name, "what you sent")


def in_words(result: ImportResult) -> str:
    """The six counts in one sentence."""
    counts = result.counts
    return (
        f"{counts.read:,} rows read: {counts.added:,} added, {counts.continued:,} continued, "
        f"{counts.corrected:,} corrected, {counts.unchanged:,} unchanged, {counts.rejected:,} rejected."
    )


def undone_in_words(result: UndoResult) -> str:
    """What an undo did, in one sentence."""
    return (
        f"Undone: {result.rows:,} rows no longer count, and {result.people_hidden:,} people no longer show."
    )
