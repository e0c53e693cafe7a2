"""Checking the live record or files that were sent, and explaining what a rule found."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import polars as pl
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from kith.checks import Report, check
from kith.checks.door.reading import GivenReturn, year_before, years_named
from kith.checks.outcome import Outcome
from kith.checks.results.tables import by_rule, findings_table, labelled_values
from kith.dataset.returns import Kind, Reject
from kith.record.access.messages import page, tell
from kith.record.audit.services import record, record_many
from kith.record.checking.fingerprints import fingerprint
from kith.record.checking.models import CheckFinding, CheckRun, Explanation
from kith.record.checking.queries import UNENDED, may_explain, was_stopped
from kith.record.extract.queries import return_to_check
from kith.record.people.models import User
from kith.record.people.permissions import check_can
from kith.record.people.policies import check_reason
from kith.record.people.queries import people_by_child_id
from kith.record.refusals import NotAllowed, NotPossible, Refused

log = logging.getLogger("kith.checking")
State, Source = CheckRun.State, CheckRun.Source
AT_A_TIME = 1_000
MOST_KEPT = 100_000
VALUE_KEPT = 200  # characters of a cell, which can hold a megabyte
KEPT_FOR = timedelta(days=90)  # findings tell of children, and a return is checked anew before it is sent
MOST_OF_ONE_PERSON = 30  # checks kept of what one person asked for
REJECTS_KEPT = 500
FAULT = (
    "Kith met a fault while it checked. Nothing was changed. Try once more; if it fails again, tell whoever "
    "looks after Kith, with the time of day."
)


def ask(kind: Kind, year: int, authority: str, *, by: User) -> CheckRun:
    """Have the live record checked as the return of `year`, and give the run, to be watched.

    A check of the same return that waits or runs already is given instead. Raises NotAllowed.
    """
    check_can("check_returns", by)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # sent twice, one waits for the other
        same = CheckRun.objects.filter(kind=kind, year=year, authority=authority, source=Source.RECORD)
        if going_on := next((run for run in same.filter(state__in=UNENDED) if not was_stopped(run)), None):
            return going_on
        throw_away_old(by)
        run = CheckRun.objects.create(
            kind=kind, year=year, authority=authority, source=Source.RECORD, by_id=by.pk
        )
        run_check.enqueue(run.pk)
    run.refresh_from_db()
    return run


@task()
def run_check(run_id: int) -> None:
    """Check the record for a run that waits. A run that has ended is left as it is."""
    if not CheckRun.objects.filter(pk=run_id, state=State.WAITING).update(state=State.RUNNING):
        return
    run = CheckRun.objects.get(pk=run_id)
    by = User.objects.get(pk=run.by_id)
    try:
        keep(run, _check_record(run, by))
    except Refused as refusal:
        _failed(run, str(refusal))
    except Exception:
        log.exception("Check %s failed", run.pk)
        _failed(run, FAULT)
        raise
    tell([by], f"The check has ended: {run.message}", link=page("check_run", run.pk))


def _check_record(run: CheckRun, by: User) -> Report:
    kind: Kind = "903" if run.kind == "903" else "cin"
    this = return_to_check(kind, run.year, run.authority, by=by)
    last = return_to_check(kind, run.year - 1, run.authority, by=by) if kind == "903" else None
    if last is not None and not last.tables["Header"].height:
        last = None
    run.rows = sum(frame.height for frame in this.tables.values())
    run.has_last_year = last is not None
    return check(this, return_=kind, year=run.year, previous=last, authority=run.authority)


def check_given(
    given: GivenReturn,
    others: Sequence[GivenReturn],
    *,
    by: User,
    authority: str,
    providers: pl.DataFrame | None = None,
) -> CheckRun:
    """Check a return of files that were sent, and keep what was found; the files are not kept.

    `others` are the other returns sent with it, among which the year before's may be. Raises NotAllowed.
    """
    check_can("check_returns", by)
    last = year_before(given, list(others))
    report = check(
        given,
        return_=given.return_,
        year=given.year,
        previous=last,
        providers=providers,
        authority=given.authority or authority,
    )
    unchecked = [*given.rejects, *_left_aside(given, last, others)]
    with transaction.atomic():
        throw_away_old(by)
        return _kept(given, report, by, authority, last is not None, providers is not None, unchecked)


def _left_aside(
    given: GivenReturn, last: GivenReturn | None, others: Sequence[GivenReturn]
) -> Iterator[Reject]:
    """What was sent beside a return and not checked: what could not be read, and other returns' files."""
    for other in others:
        if other is given:
            continue
        yield from other.rejects
        if other is not last:
            [name] = years_named([other])
            reason = f"This is of {name}, which was not checked: one return is at a time. Send it by itself."
            yield from (Reject(file, None, None, reason) for file in other.files)


def _kept(
    given: GivenReturn,
    report: Report,
    by: User,
    authority: str,
    has_last_year: bool,
    has_providers: bool,
    unchecked: Sequence[Reject],
) -> CheckRun:
    run = CheckRun(
        kind=given.return_,
        year=given.year,
        authority=given.authority or authority,
        source=Source.FILES,
        description=", ".join(given.files)[:300],
        by_id=by.pk,
        rows=given.rows(),
        has_last_year=has_last_year,
        has_providers=has_providers,
        rejects=[
            {"file": _plain(one.file), "line": one.line, "reason": _plain(one.reason)}
            for one in unchecked[:REJECTS_KEPT]
        ],
    )
    run.save()
    about = {"kind": run.kind, "year": run.year, "authority": run.authority, "run": run.pk}
    record("return_checked", by=by, about=about)
    keep(run, report)
    return run


@transaction.atomic
def keep(run: CheckRun, report: Report) -> None:
    """Keep a report's outcomes and findings, and mark the run as done."""
    run.rules = [_without_data(rule) for rule in by_rule(report).to_dicts()]
    run.message = in_words(report)
    run.state, run.ended_at = State.DONE, timezone.now()
    run.save()
    people = people_by_child_id(run.authority)
    kept = 0
    for outcome in report.with_status("findings"):
        some = outcome.first(MOST_KEPT - kept)
        rows = [_finding(run, some, row, people) for row in _rows(report, some)]
        CheckFinding.objects.bulk_create(rows, batch_size=AT_A_TIME)
        kept += len(rows)
        if kept >= MOST_KEPT:
            break


def _without_data(rule: dict[str, Any]) -> dict[str, Any]:
    """What became of a rule; of a crash the kind alone, since its words may quote what is in the return."""
    if rule["result"] != "crashed":
        return rule
    log.error("Rule %s crashed: %s", rule["rule"], str(rule["not run because"]).partition(":")[0])
    return {**rule, "not run because": str(rule["not run because"]).partition(":")[0]}


def _plain(text: str) -> str:
    """The text without NULs, which PostgreSQL cannot keep."""
    return text.replace("\x00", "")


def in_words(report: Report) -> str:
    """How the rules ended, in one sentence."""
    told = report.statuses
    return (
        f"{len(report.outcomes):,} rules: {told['clear']:,} clear, {told['findings']:,} with findings "
        f"({report.finding_count:,}), {told['could not run']:,} could not run, {told['crashed']:,} crashed."
    )


def _rows(report: Report, outcome: Outcome) -> Iterator[dict[str, Any]]:
    table = findings_table(Report(report.collection, (outcome,), report.views))
    for row, values in zip(table.iter_rows(named=True), labelled_values(outcome, report.views), strict=True):
        yield {**row, "pairs": values}


def _finding(run: CheckRun, outcome: Outcome, row: dict[str, Any], people: dict[str, int]) -> CheckFinding:
    child = _plain(row["child"] or "")
    place = f"{row['file']}, line {row['line']}" if row["file"] else ""
    return CheckFinding(
        run=run,
        rule=outcome.rule.code,
        table=row["table"],
        child=child[:40],
        person_id=people.get(child),
        place=_plain(place)[:400] if run.source == Source.FILES else "",
        values=[[label, _cut(text)] for label, text in row["pairs"]],
        linked=_plain(row["linked rows"])[:400] if run.source == Source.FILES else "",
        fingerprint=fingerprint(run.kind, run.authority, outcome.rule.code, child, row["pairs"]),
    )


def _cut(text: str | None) -> str | None:
    if text is None or len(text) <= VALUE_KEPT:
        return text and _plain(text)
    return f"{_plain(text[:VALUE_KEPT])}…"


def throw_away_old(by: User | None = None) -> None:
    """Delete checks that are kept no longer, with what they found: the old ones, and all but the newest of
    `by`. Explanations are kept, and hold for the same finding of later checks."""
    old = CheckRun.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR)
    gone = set(old.values_list("pk", flat=True))
    if by is not None:
        ended = CheckRun.objects.filter(by_id=by.pk, state__in=(State.DONE, State.FAILED))
        gone |= set(ended.order_by("-asked_at", "-pk").values_list("pk", flat=True)[MOST_OF_ONE_PERSON - 1 :])
    if gone:
        CheckRun.objects.filter(pk__in=gone).delete()
        record("checks_no_longer_kept", by=None, about={"runs": sorted(gone)})


def record_taken(run: CheckRun, findings: Iterable[CheckFinding], *, by: User) -> None:
    """Write to the audit that these findings of a run are taken away as a file, and whom they are about.

    Raises NotAllowed, AuditUnavailable.
    """
    check_can("check_returns", by)
    findings = list(findings)
    record("check_findings_taken", by=by, about={"run": run.pk, "findings": len(findings)})
    record_shown(run, {finding.person_id for finding in findings}, by=by, why="check of a return, as a file")


def record_shown(run: CheckRun, people: Iterable[int | None], *, by: User, why: str) -> None:
    """Write to the audit whose findings are shown. Of children the record does not know, the run alone.

    Raises AuditUnavailable.
    """
    known = sorted({person for person in people if person})
    about = {"why": why, "run": run.pk}
    if known:
        record_many("finding_shown", by=by, persons=known, about=about)
    else:
        record("finding_shown", by=by, about=about)


def _failed(run: CheckRun, words: str) -> None:
    run.state, run.message, run.ended_at = State.FAILED, words[:1000], timezone.now()
    run.save(update_fields=["state", "message", "ended_at"])


@transaction.atomic
def explain(finding: CheckFinding, *, by: User, text: str) -> Explanation:
    """Keep why a finding is right as it stands; it holds for the same finding of later checks and years.

    Raises NotAllowed, and NotPossible without words or where it is explained already.
    """
    check_can("check_returns", by)
    _check_may_explain(finding, by)
    check_reason(text)
    try:
        with transaction.atomic():
            explanation = Explanation.objects.create(
                kind=finding.run.kind,
                authority=finding.run.authority,
                rule=finding.rule,
                child=finding.child,
                person=finding.person,
                fingerprint=finding.fingerprint,
                text=text.strip(),
                by_id=by.pk,
            )
    except IntegrityError:
        raise NotPossible(
            "Somebody has explained this finding already.", "Read their words, or withdraw them first."
        ) from None
    about = {"rule": finding.rule, "run": finding.run_id, "explanation": explanation.pk}
    record("finding_explained", by=by, person=finding.person, about=about)
    return explanation


def _check_may_explain(finding: CheckFinding, by: User) -> None:
    if not may_explain(by, finding):
        raise NotAllowed(
            "You may explain findings about children whose record is open to you.",
            "Ask somebody who works with the child, or who sends the return.",
        )


@transaction.atomic
def withdraw(finding: CheckFinding, *, by: User) -> Explanation:
    """Take the explanation of a finding back; its words are kept.

    Raises NotAllowed, and NotPossible where there is none or it was withdrawn.
    """
    check_can("check_returns", by)
    _check_may_explain(finding, by)
    explanation = Explanation.objects.filter(fingerprint=finding.fingerprint).order_by("-pk").first()
    if explanation is None:
        raise NotPossible("This finding is not explained.", "Nothing more is to be done.")
    in_force = Explanation.objects.select_for_update().filter(pk=explanation.pk, withdrawn_at=None)
    if not in_force.update(withdrawn_at=timezone.now(), withdrawn_by_id=by.pk):
        raise NotPossible("This explanation was withdrawn already.", "Nothing more is to be done.")
    about = {"rule": explanation.rule, "explanation": explanation.pk}
    record("explanation_withdrawn", by=by, person=explanation.person, about=about)
    explanation.refresh_from_db()
    return explanation
