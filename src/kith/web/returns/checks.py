"""Checking a return: asked for, watched, read by rule, child or team; a finding mended or explained."""

import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from kith.checks import NoSuchRule, rule_of
from kith.checks.catalogue import rules_year
from kith.checks.door.providers import read_providers
from kith.checks.door.reading import read_given
from kith.dataset.readers.files import CannotRead
from kith.dataset.writers.spreadsheet_cells import plain_cell
from kith.record.access.looking import names_to_show
from kith.record.checking import queries, services
from kith.record.checking.models import CheckFinding, CheckRun
from kith.record.documents.scanning import NotScannedClean
from kith.record.extract.queries import years_held
from kith.record.importer.jobs import check_clean_or_tell, free_place, safe_name
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import authorities_known, shown
from kith.standards.years import CALLED, return_year, year_from, year_label
from kith.web.returns.forms import ManyFiles, ManyFilesInput
from kith.web.returns.uploads import bounded, most_sent
from kith.web.returns.views import names_of
from kith.web.who_may import can_open_child, power, user_of

FINDINGS_A_PAGE = 50
CHILDREN_A_PAGE = 100
RUNS_A_PAGE = 20
WHY = "check of a return"
UPLOAD = "your upload"  # a refusal to read names the folder
CSV_HEADINGS = (
    "rule",
    "severity",
    "what is wrong",
    "child",
    "team",
    "table",
    "place",
    "values",
    "linked rows",
    "explanation",
)
HOW_TO_MEND = "What came in from another system is mended there and brought in again; then check once more."


class CheckRecordForm(forms.Form):
    """Which return of the live record to check."""

    use_required_attribute = False

    which = forms.ChoiceField(label="The return", error_messages={"required": "Choose a return"})
    authority = forms.ChoiceField(label="The authority", error_messages={"required": "Choose an authority"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{kind}:{year}", f"{CALLED[kind]} {year_label(year)}")
            for kind in CALLED
            for year in years_held(kind)  # type: ignore[arg-type]
        ]
        codes = authorities_known()
        self.fields["which"].choices = choices  # type: ignore[attr-defined]
        self.fields["authority"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]


class CheckFilesForm(forms.Form):
    """The files of a return to check, and what to check them with."""

    use_required_attribute = False

    chosen = ManyFiles(
        label="Files",
        help_text="CSV or XML files of one return, or a zip; last year’s files may be with them. "
        "They are checked and not kept.",
        widget=ManyFilesInput,
    )
    providers = forms.FileField(
        label="Ofsted’s list of providers", required=False, help_text="A workbook (xlsx), if you have it."
    )
    authority = forms.CharField(
        label="The authority’s code", max_length=9, widget=forms.TextInput(attrs={"class": "kith-short"})
    )
    year = forms.CharField(
        label="Year",
        required=False,
        help_text="Leave it empty, and Kith reads it off the dates.",
        widget=forms.TextInput(attrs={"class": "kith-short"}),
    )

    def clean_year(self) -> int | None:
        """The END year, or None."""
        text = self.cleaned_data["year"]
        try:
            return year_from(text) if text else None
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean_chosen(self) -> list[Any]:
        """The files, at least one."""
        if not self.cleaned_data["chosen"]:
            raise forms.ValidationError("Choose the files of a return")
        files: list[Any] = self.cleaned_data["chosen"]
        return files


class ExplainForm(forms.Form):
    """Why a finding is right as it stands."""

    use_required_attribute = False

    text = forms.CharField(
        label="Why is it right as it stands?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The DfE reads this with the return. It stays with the finding next year too.",
        error_messages={"required": "Write why it is right as it stands"},
    )


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


def title_of(run: CheckRun) -> str:
    """A run's return and year in words."""
    return f"{CALLED[run.kind]} {year_label(run.year)}"


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
    by = request.GET.get("by", "rule")
    context = {
        "run": run,
        "title": title_of(run),
        "by": by if by in ("rule", "child", "team") else "rule",
        "counts": queries.run_counts(run),
        "not_run_count": queries.run_counts(run)["could not run"],
        "left": queries.not_explained(findings, to=user).count(),
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
    names = _names(user_of(request), people)
    return {"page": page, "children": [(one, names.get(one.person_id, "")) for one in page]}


def _names(user: User, people: list[int | None]) -> dict[int | None, str]:
    """The names of those whose record is open to `user`, each written down as shown."""
    may = queries.open_to(user, {pk for pk in people if pk})
    seen = names_to_show(user, may, where="checks") if may else {}
    names = shown(seen) if seen else {}
    return {pk: name.name for pk, name in names.items()}


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


@power("check_returns")
def check_findings(request: HttpRequest, run_id: int) -> HttpResponse:
    """The findings of a run: of one rule, of one child, or of one team."""
    run = get_object_or_404(CheckRun, pk=run_id, state=CheckRun.State.DONE)
    asked = _asked(request)
    rule, child, team = (asked[name] for name in ("rule", "child", "team"))
    chosen = _chosen(request, run, asked)
    user = user_of(request)
    wanted = STATES[asked["state"]][1](chosen, to=user)
    page = Paginator(wanted.select_related("run", "person"), FINDINGS_A_PAGE).get_page(
        request.GET.get("page")
    )
    services.record_shown(run, (one.person_id for one in page), by=user, why=WHY)
    lines = queries.shown(page, to=user)
    names = _names(user, [one.finding.person_id for one in lines])
    of = {name: text for name, text in asked.items() if text and name != "state"}
    context = {
        "run": run,
        "title": title_of(run),
        "page": page,
        "lines": [(one, says(run, one.finding.rule), names.get(one.finding.person_id, "")) for one in lines],
        "rule": rule,
        "rule_told": says(run, rule) if rule else None,
        "child": child,
        "team": team,
        "states": [
            (name, words, narrow(chosen, to=user).count(), urlencode({**of, "state": name}))
            for name, (words, narrow) in STATES.items()
        ],
        "state": asked["state"],
        "query": urlencode({**of, "state": asked["state"]}),
    }
    return render(request, "kith/returns/check_findings.html", context)


STATES: dict[str, tuple[str, Callable[..., Any]]] = {
    "left": ("To mend or explain", queries.not_explained),
    "explained": ("Explained", queries.explained),
    "all": ("All", lambda findings, to: findings),
}


def _asked(request: HttpRequest) -> dict[str, str]:
    """Which findings an address asks for: of a rule, a child or a team; to mend, explained, or all."""
    asked = {
        name: request.GET.get(name, "").replace("\x00", "") for name in ("rule", "child", "team", "state")
    }
    return {**asked, "state": asked["state"] if asked["state"] in STATES else "left"}


def _chosen(request: HttpRequest, run: CheckRun, asked: dict[str, str]) -> Any:
    """The findings of a rule, a child or a team, as far as this person may see them."""
    user = user_of(request)
    findings = queries.seen_by(user, run).order_by("rule", "child", "pk")
    if asked["rule"]:
        findings = findings.filter(rule=asked["rule"])
    if asked["child"]:
        findings = findings.filter(child=asked["child"])
    return queries.of_team(findings, asked["team"], to=user) if asked["team"] else findings


def says(run: CheckRun, code: str) -> str:
    """A rule in words, as the run's year has it; "" for a code there is no rule of any more."""
    try:
        return rule_of(run.kind, code, rules_year(run.kind, run.year)).says  # type: ignore[arg-type]
    except NoSuchRule:
        return ""


@power("check_returns")
def finding_to_mend(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Lead on to the fact that a finding speaks of, or to the child's page where it speaks of no one fact."""
    finding = _seen(request, finding_id)
    if finding.person_id is None or not queries.may_open(user_of(request), finding):
        raise Http404("The record of this child is not known, or not open.")
    messages.info(request, f"Rule {finding.rule}: {says(finding.run, finding.rule)} {HOW_TO_MEND}")
    fact = queries.fact_to_mend(finding)
    if fact is None:
        return redirect("story", finding.person_id)
    return redirect("fact_source", finding.person_id, *fact)


@power("check_returns")
def explain_finding(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Say why a finding is right as it stands, or read what was said."""
    finding = _seen(request, finding_id)
    form = ExplainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.explain(finding, by=user_of(request), text=form.cleaned_data["text"])
        messages.success(request, "The explanation is kept with the finding, and stays with it next year.")
        return redirect(_findings_url(request, finding))
    services.record_shown(finding.run, [finding.person_id], by=user_of(request), why=WHY)
    explanation = queries.shown([finding], to=user_of(request))[0].explanation
    context = {
        "finding": finding,
        "says": says(finding.run, finding.rule),
        "form": form,
        "may_explain": queries.may_explain(user_of(request), finding),
        "explanation": explanation,
        "by": names_of([explanation.by_id])[explanation.by_id] if explanation else "",
        "back": _findings_url(request, finding),
    }
    return render(request, "kith/returns/explain.html", context, status=422 if form.errors else 200)


@power("check_returns")
@require_POST
def withdraw_explanation(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Take an explanation back."""
    finding = _seen(request, finding_id)
    services.withdraw(finding, by=user_of(request))
    messages.success(request, "The explanation was taken back. Its words are kept.")
    return redirect(_findings_url(request, finding))


def _seen(request: HttpRequest, finding_id: int) -> CheckFinding:
    finding = get_object_or_404(CheckFinding.objects.select_related("run", "person"), pk=finding_id)
    return get_object_or_404(
        queries.seen_by(user_of(request), finding.run).select_related("run", "person"), pk=finding_id
    )


def _findings_url(request: HttpRequest, finding: CheckFinding) -> str:
    """The list that a finding was opened from; that of its rule where the address does not say."""
    of = {name: text for name, text in _asked(request).items() if text}
    query = of if len(of) > 1 else {"rule": finding.rule}
    return f"{reverse('check_findings', args=[finding.run_id])}?{urlencode(query)}"


@power("check_returns")
def check_csv(request: HttpRequest, run_id: int) -> HttpResponse:
    """Findings of a run as CSV: all that this person may see, or those of a rule, a child or a team."""
    run = get_object_or_404(CheckRun, pk=run_id, state=CheckRun.State.DONE)
    asked, user = _asked(request), user_of(request)
    state = asked["state"] if request.GET.get("state") else "all"
    findings = list(STATES[state][1](_chosen(request, run, asked), to=user))
    services.record_taken(run, findings, by=user)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    of = slugify(asked["team"] or asked["child"] or asked["rule"])
    name = "-".join(part for part in ("check", run.kind, str(run.year), str(run.pk), of) if part)
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(CSV_HEADINGS)
    severities = {rule["rule"]: rule["severity"] for rule in run.rules}
    teams = queries.teams_to_show({finding.person_id for finding in findings}, to=user)
    for one in queries.shown(findings, to=user):
        of_child = ", ".join(teams.get(one.finding.person_id or 0, []))
        writer.writerow([plain_cell(cell) for cell in _csv_cells(run, one, severities, of_child)])
    return answer


def _csv_cells(run: CheckRun, one: queries.Shown, severities: dict[str, str], team: str) -> list[str]:
    found = one.finding
    values = "; ".join(f"{label}={'blank' if text is None else text}" for label, text in found.values)
    return [
        found.rule,
        severities.get(found.rule, ""),
        says(run, found.rule),
        found.child,
        team,
        found.table,
        found.place,
        values,
        found.linked,
        one.explanation.text if one.explanation else "",
    ]


@can_open_child
def child_checks(request: HttpRequest, person: Person) -> HttpResponse:
    """What the returns' rules say of one child's record as it stands now."""
    from django.utils import timezone

    this = return_year(timezone.localdate())
    years = [this, this - 1]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else this
    context = {
        "person": person,
        "year": year,
        "years": [(one, year_label(one)) for one in years],
        "found": queries.about_child(person, by=user_of(request), year=year),
        "returns": CALLED,
    }
    return render(request, "kith/story/checks.html", context)
