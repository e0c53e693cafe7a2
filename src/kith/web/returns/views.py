"""Returns: what has come in, and bringing files in: received, looked at, then taken in and watched."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kith.record.audit.models import Batch
from kith.record.documents.scanning import NotScannedClean
from kith.record.importer import jobs, queries
from kith.record.importer.counts import Counts
from kith.record.importer.looking import Look, look_at
from kith.record.importer.models import ImportJob
from kith.record.people.models import User
from kith.record.people.permissions import can
from kith.record.people.queries import authorities_known
from kith.web.returns.forms import BringInForm
from kith.web.returns.uploads import bounded, most_sent
from kith.web.templatetags.kith import long_date
from kith.web.who_may import power, user_of

IMPORTS_A_PAGE = 20
State = ImportJob.State


@dataclass(frozen=True)
class ImportLine:
    """An import as one line of the list."""

    batch: Batch
    counts: Counts
    by: str


@power("import_returns")
def returns(request: HttpRequest) -> HttpResponse:
    """Every import with its six counts, those not brought in yet, and the two acts."""
    page = Paginator(queries.imports(), IMPORTS_A_PAGE).get_page(request.GET.get("page"))
    unfinished = list(queries.unfinished_jobs())
    names = names_of([batch.by_id for batch in page] + [job.by_id for job in unfinished])
    context = {
        "page": page,
        "lines": [ImportLine(batch, queries.counts_of(batch), names[batch.by_id]) for batch in page],
        "unfinished": [(job, names[job.by_id]) for job in unfinished],
        "may_check": can("check_returns", user_of(request)),
        "may_send": can("export_returns", user_of(request)),
    }
    return render(request, "kith/returns/returns.html", context)


def names_of(ids: list[int | None]) -> dict[int | None, str]:
    """Who did it, by user id; Kith itself where nobody did."""
    known = dict(User.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "name"))
    return {pk: known.get(pk, "somebody no longer here") if pk else "Kith’s own command" for pk in ids}


def _refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    context = {"form": BringInForm(initial=_known_authority()), "refusal": words, "most": most_sent()}
    return render(request, "kith/returns/bring_in.html", context, status=status)


@power("import_returns")
@bounded(_refused)
def import_new(request: HttpRequest) -> HttpResponse:
    """Ask for the files of returns, keep them, and lead on to what was recognised."""
    if request.method != "POST":
        return _form_page(request, BringInForm(initial=_known_authority()))
    form = BringInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    answers = {name: form.cleaned_data[name] for name in ("authority", "year")}
    files = [(name, file.chunks()) for name, file in form.sent()]
    try:
        job = jobs.receive(files, by=user_of(request), **answers)
    except NotScannedClean as refusal:
        return _refused(request, str(refusal), 422)
    if job.state == State.RECEIVED:
        jobs.describe(job, look_at(job).in_words())
        return redirect("import_look", job.pk)
    messages.info(request, _sent_before(job))
    return redirect("import_progress", job.pk)


def _known_authority() -> dict[str, str]:
    codes = authorities_known()
    return {"authority": codes[0]} if len(codes) == 1 else {}


def _sent_before(job: ImportJob) -> str:
    if job.state in (State.WAITING, State.RUNNING):
        return "These files are being brought in already. Nothing was started twice."
    return f"These files were brought in before, on {long_date(job.asked_at)}. Nothing was done again."


def _form_page(request: HttpRequest, form: BringInForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "most": most_sent()}
    return render(request, "kith/returns/bring_in.html", context, status=status)


@power("import_returns")
def import_look(request: HttpRequest, job_id: int) -> HttpResponse:
    """What was recognised, year by year and file by file, with nothing written yet."""
    job = get_object_or_404(ImportJob, pk=job_id)
    if job.state != State.RECEIVED:
        return redirect("import_progress", job.pk)
    kept = Path(job.folder).is_dir()
    look = look_at(job) if kept else Look(fault="These files are no longer kept. Send them once more.")
    context = {"job": job, "look": look, "kept_for": jobs.KEPT_FOR.days}
    return render(request, "kith/returns/look.html", context)


@power("import_returns")
@require_POST
def import_start(request: HttpRequest, job_id: int) -> HttpResponse:
    """Bring received files in; asked twice, it happens once."""
    job = jobs.start(get_object_or_404(ImportJob, pk=job_id, is_undo=False), by=user_of(request))
    return redirect("import_progress", job.pk)


@power("import_returns")
@require_POST
def import_throw_away(request: HttpRequest, job_id: int) -> HttpResponse:
    """Delete files that are not to be brought in."""
    jobs.throw_away(get_object_or_404(ImportJob, pk=job_id), by=user_of(request))
    messages.success(request, "The files were thrown away. Nothing of them is in the record.")
    return redirect("returns")


@power("import_returns")
def import_progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far an import or an undo is; leads on to its result at the end. With htmx, the part alone."""
    job = get_object_or_404(ImportJob, pk=job_id)
    onward = _where_it_ended(job)
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    if onward and is_part:
        return HttpResponse(headers={"HX-Redirect": onward})
    if onward:
        return redirect(onward)
    context = {"job": job, **_progress_of(job)}
    return render(request, f"kith/returns/{'progress_part' if is_part else 'progress'}.html", context)


def _where_it_ended(job: ImportJob) -> str:
    """The page that takes over from the progress page; "" while it goes on, or where it failed."""
    if job.state == State.RECEIVED:
        return reverse("import_look", args=[job.pk])
    if job.state in (State.DONE, State.DONE_WITH_REJECTS) and job.batch_id:
        return reverse("import_done", args=[job.batch_id])
    return ""


def _progress_of(job: ImportJob) -> dict[str, Any]:
    was_stopped = jobs.was_stopped(job)
    running = ImportJob.objects.filter(state=State.RUNNING).exclude(pk=job.pk)
    other = next((one for one in running if not jobs.was_stopped(one)), None)
    return {
        "is_going_on": job.state in (State.WAITING, State.RUNNING) and not was_stopped,
        "was_stopped": was_stopped,
        "stage": job.stage or State(job.state).label,
        "of": job.of if job.of > 1 else 0,  # one step is no measure: the bar then only moves
        "waits_for": other if job.state == State.WAITING else None,
    }
