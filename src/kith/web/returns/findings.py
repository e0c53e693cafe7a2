"""The findings of a check: read, mended, explained, and taken away as a file."""

import csv
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from kith.dataset.writers.spreadsheet_cells import plain_cell
from kith.record.checking import queries, services
from kith.record.checking.models import CheckFinding, CheckRun
from kith.record.people.models import Person
from kith.standards.years import CALLED, return_year, year_label
from kith.web.returns.check_words import WHY, names_open_to, says, title_of
from kith.web.returns.views import names_of
from kith.web.who_may import can_open_child, power, user_of

FINDINGS_A_PAGE = 50
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
    names = names_open_to(user, [one.finding.person_id for one in lines])
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
