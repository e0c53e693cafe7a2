"""Checking a return: asked for, watched, and read by rule, child or team."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.checks.door.providers import read_providers
from kith.checks.door.reading import read_given
from kith.dataset.readers.files import CannotRead
from kith.record.checking import queries, services
from kith.record.checking.models import CheckRun
from kith.record.documents.scanning import NotScannedClean
from kith.record.importer.jobs import check_clean_or_tell, free_place, safe_name
from kith.record.people.permissions import can
from kith.record.people.queries import authorities_known
from kith.standards.years import year_label
from kith.web.returns.check_forms import CheckFilesForm, CheckRecordForm
from kith.web.returns.check_words import WHY, names_open_to, other_rules, title_of
from kith.web.returns.filing import filing_of
from kith.web.returns.uploads import bounded, most_sent
from kith.web.returns.views import names_of
from kith.web.who_may import power, user_of

CHILDREN_A_PAGE = 100
RUNS_A_PAGE = 20
UPLOAD = "your upload"  # a refusal to read names the folder


@power("check_returns")
def checks(request: HttpRequest) -> HttpResponse:
    """Every check so far, and what can be checked."""
    page = Paginator(queries.runs(), RUNS_A_PAGE).get_page(request.GET.get("page"))
    names = names_of([run.by_id for run in page])
    kept_for = services.KEPT_FOR.days
    held = CheckRecordForm()
    context = {
        "page": page,
        "kept_for": kept_for,
        "lines": [(run, title_of(run), names[run.by_id]) for run in page],
        "form": held,
        "has_any": bool(held.fields["which"].choices and held.fields["authority"].choices),  # type: ignore[attr-defined]
    }
    return render(request, "kith/returns/checks.html", context)


@power("check_returns")
@require_POST
def check_record(request: HttpRequest) -> HttpResponse:
    """Have the live record checked; asked twice, it happens once."""
    form = CheckRecordForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a return that the record holds.")
        return redirect("checks")
    kind, _, year = form.cleaned_data["which"].partition(":")
    run = services.ask(kind, int(year), form.cleaned_data["authority"], by=user_of(request))
    return redirect("check_run", run.pk)


def _files_refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    context = {"form": _blank_files_form(), "refusal": words, "most": most_sent()}
    return render(request, "kith/returns/check_files.html", context, status=status)


def _blank_files_form() -> CheckFilesForm:
    codes = authorities_known()
    return CheckFilesForm(initial={"authority": codes[0] if len(codes) == 1 else ""})


@power("check_returns")
@bounded(_files_refused)
def check_files(request: HttpRequest) -> HttpResponse:
    """Check files that are sent, now; what was found is kept, the files are not."""
    form = _blank_files_form()
    if request.method == "POST":
        form = CheckFilesForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return redirect("check_run", _checked(form, request).pk)
            except (CannotRead, NotScannedClean) as fault:
                form.add_error("chosen", str(fault))
    status = 422 if form.errors else 200
    context = {"form": form, "most": most_sent()}
    return render(request, "kith/returns/check_files.html", context, status=status)


def _checked(form: CheckFilesForm, request: HttpRequest) -> CheckRun:
    """The run of the newest return among the files. Raises CannotRead, NotScannedClean."""
    with tempfile.TemporaryDirectory() as folder:
        place, year = Path(folder) / UPLOAD, form.cleaned_data["year"]
        for number, file in enumerate(form.cleaned_data["chosen"]):
            _store(file, free_place(place, safe_name(file.name), number))
        if sent := form.cleaned_data["providers"]:
            _store(sent, Path(folder) / "providers" / "providers.xlsx")
        files = len(form.cleaned_data["chosen"]) + bool(sent)
        check_clean_or_tell(Path(folder), user_of(request), files)
        given = read_given(place, year=year)
        wanted = [one for one in given if year in (None, one.year)]
        if not wanted:
            raise CannotRead(f"None of these files is of {year_label(year)}.")
        providers = read_providers(Path(folder) / "providers") if sent else None
        newest = max(wanted, key=lambda one: (one.year, one.rows()))
        return services.check_given(
            newest,
            given,
            by=user_of(request),
            authority=form.cleaned_data["authority"],
            providers=providers,
        )


def _store(file: Any, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as kept:
        for piece in file.chunks():
            kept.write(piece)


@power("check_returns")
def check_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """A check that goes on, or what it found: by rule, by child or by team."""
    run = get_object_or_404(CheckRun, pk=run_id)
    if run.state != CheckRun.State.DONE:
        was_stopped = queries.was_stopped(run)
        is_going_on = run.state in queries.UNENDED and not was_stopped
        context = {"run": run, "title": title_of(run), "is_going_on": is_going_on, "was_stopped": was_stopped}
        return render(request, "kith/returns/check_going_on.html", context)
    user = user_of(request)
    findings = queries.seen_by(user, run)
    left = queries.not_explained(findings, to=user)
    by = request.GET.get("by", "rule")
    context = {
        "run": run,
        "title": title_of(run),
        "by": by if by in ("rule", "child", "team") else "rule",
        "counts": queries.run_counts(run),
        "not_run_count": queries.run_counts(run)["could not run"],
        "left": left.count(),
        "children_left": left.exclude(child="").values("child").distinct().count(),
        "filing": filing_of(run.kind, run.year, timezone.localdate(run.asked_at)),
        "other_rules": other_rules(run),
        "is_cut": queries.is_cut(run),
        "explained": queries.explained(findings, to=user).count(),
        "since": queries.since_last(run, to=user),
        "sees_all": can("export_returns", user),
        "sees_files": queries.may_see_files(user, run),
        **_lists(request, run, findings, by),
    }
    return render(request, "kith/returns/check_run.html", context)


def _lists(request: HttpRequest, run: CheckRun, findings: Any, by: str) -> dict[str, Any]:
    user = user_of(request)
    left = queries.not_explained(findings, to=user)
    if by == "child":
        return _children(request, run, left)
    if by == "team":
        return {"teams": queries.by_team(left, to=user)}
    counts, told = queries.by_rule(left), queries.by_rule(queries.explained(findings, to=user))
    rules = [_line(rule, counts[rule["rule"]], told[rule["rule"]]) for rule in run.rules]
    return {
        "found": sorted((rule for rule in rules if rule.left), key=_worst_first),
        "settled": [rule for rule in rules if rule.explained and not rule.left],
        "crashed": [rule for rule in rules if rule.result == "crashed"],
        "lacking": _lacking(run, [rule for rule in rules if rule.result == "could not run"]),
        "clear": [rule for rule in rules if rule.result == "clear"],
        "has_severity": any(rule.severity in SEVERITIES for rule in rules),
    }


def _children(request: HttpRequest, run: CheckRun, left: Any) -> dict[str, Any]:
    page = Paginator(queries.by_child(left), CHILDREN_A_PAGE).get_page(request.GET.get("page"))
    people = [one.person_id for one in page]
    services.record_shown(run, people, by=user_of(request), why=WHY)
    names = names_open_to(user_of(request), people)
    return {"page": page, "children": [(one, names.get(one.person_id, "")) for one in page]}


SEVERITIES = ("error", "query")


@dataclass(frozen=True)
class RuleLine:
    """What became of one rule, as a line of the page, in findings that this person may see.

    `left` are those still to be mended or explained.
    """

    code: str
    says: str
    severity: str
    result: str
    because: str
    left: int
    explained: int


def _line(rule: dict[str, Any], left: int, explained: int) -> RuleLine:
    because = rule["not run because"].removeprefix("missing: ")
    return RuleLine(
        rule["rule"], rule["what is wrong"], rule["severity"], rule["result"], because, left, explained
    )


def _worst_first(rule: RuleLine) -> tuple[int, int]:
    """Errors, which the DfE refuses, stand before queries; then the most findings."""
    at = SEVERITIES.index(rule.severity) if rule.severity in SEVERITIES else len(SEVERITIES)
    return at, -rule.left


@dataclass(frozen=True)
class Lacking:
    """Something that rules lacked, what to do about it, and the rules."""

    what: str
    to_do: str
    rules: list[RuleLine]


def _lacking(run: CheckRun, rules: list[RuleLine]) -> list[Lacking]:
    gathered: dict[str, list[RuleLine]] = {}
    for rule in rules:
        gathered.setdefault(rule.because, []).append(rule)
    found = [Lacking(what, _to_do(run, what), each) for what, each in gathered.items()]
    return sorted(found, key=lambda one: -len(one.rules))


def _to_do(run: CheckRun, what: str) -> str:
    """What one can do about something that rules lacked; "" where nothing is to be done."""
    is_of_files = run.source == CheckRun.Source.FILES
    if "provider list" in what:
        start = "" if is_of_files else "Send the return to yourself as files first. "
        return f"{start}Check the files with Ofsted’s list as a workbook."
    if what.startswith("the authority"):
        return f"{run.authority} is no authority of England that Kith knows." if run.authority else ""
    if "last year" in what:
        return "Send last year’s files with this year’s." if is_of_files else ""
    if what.startswith("the table") and is_of_files:
        return "Where your authority has such rows, send that file too."
    return ""
