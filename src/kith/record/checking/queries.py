"""What checks found, as far as somebody may see it: by rule, by child, by team, and about one child."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kith.checks import check
from kith.checks.results.tables import labelled_values
from kith.dataset.returns import Kind
from kith.record.access.permissions import Level, accesses, can_open
from kith.record.checking.fingerprints import Pairs, fingerprint
from kith.record.checking.models import CheckFinding, CheckRun, Explanation
from kith.record.extract.queries import return_to_check
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import child_ids_of, same_person_ids, teams_of
from kith.standards.tables import rows

_FACTS = Path(__file__).parent / "data" / "facts.csv"
ABANDONED = timedelta(minutes=15)  # a run that was killed is not waited for
UNENDED = (CheckRun.State.WAITING, CheckRun.State.RUNNING)
NO_TEAM = "Nobody is allocated"
NOT_KNOWN = "Not known to the record, or kept from others"


@dataclass(frozen=True)
class Shown:
    """A finding as one person sees it: its explanation, and whether they may open the child's record."""

    finding: CheckFinding
    explanation: Explanation | None
    may_open: bool


@dataclass(frozen=True)
class ChildFinding:
    """What a rule says of a child's record as it stands now."""

    rule: str
    says: str
    values: tuple[tuple[str, str | None], ...]
    table: str
    kind: Kind
    year: int
    explanation: str = ""


@dataclass(frozen=True)
class ByChild:
    """How many findings there are about one child, and of which rules."""

    child: str
    person_id: int | None
    count: int
    rules: list[str]


@dataclass(frozen=True)
class Since:
    """What changed since the check before: findings that are gone, and those that were not there."""

    run: CheckRun
    gone: int
    new: int


def runs() -> "QuerySet[CheckRun]":
    """Every check that was asked for, the newest first."""
    return CheckRun.objects.order_by("-asked_at", "-pk")


def latest_check(kind: str, year: int, authority: str) -> CheckRun | None:
    """The last check of the live record as this return that has ended well; None where there was none."""
    ended = runs().filter(kind=kind, year=year, authority=authority, source=CheckRun.Source.RECORD)
    return ended.filter(state=CheckRun.State.DONE).first()


def was_stopped(run: CheckRun) -> bool:
    """Whether a run that has not ended was asked for so long ago that nobody works on it any more."""
    return run.state in UNENDED and run.asked_at <= timezone.now() - ABANDONED


def is_cut(run: CheckRun) -> bool:
    """Whether a run found more than is kept of it."""
    found: int = sum(rule["findings"] for rule in run.rules)
    return found > CheckFinding.objects.filter(run=run).count()


def seen_by(user: User, run: CheckRun) -> "QuerySet[CheckFinding]":
    """The findings of a run that `user` may see.

    Whoever may take returns out of the record sees each; a manager sees those about children whose record
    is open to them.
    """
    findings = CheckFinding.objects.filter(run=run)
    if can("export_returns", user) or (run.by_id == user.pk and run.source == CheckRun.Source.FILES):
        return findings
    return findings.filter(person_id__in=openable(user, run))


def openable(user: User, run: CheckRun) -> set[int]:
    """The people of a run's findings whose record is open to `user`."""
    return open_to(user, _people_of(CheckFinding.objects.filter(run=run)))


def open_to(user: User, people: set[int]) -> set[int]:
    """Those of the people whose record is open to `user`."""
    return {person for person, access in accesses(user, people).items() if access.level >= Level.RECORD}


def _people_of(findings: "QuerySet[CheckFinding]") -> set[int]:
    return set(findings.exclude(person=None).values_list("person_id", flat=True))


def by_rule(findings: "QuerySet[CheckFinding]") -> Counter[str]:
    """How many findings each rule has."""
    return Counter(dict(findings.values_list("rule").annotate(count=Count("pk"))))


def by_child(findings: "QuerySet[CheckFinding]") -> list[ByChild]:
    """One for each child that has a finding, the child with most first."""
    counted = findings.exclude(child="").values_list("child", "person_id", "rule").annotate(count=Count("pk"))
    gathered: dict[tuple[str, int | None], dict[str, int]] = {}
    for child, person, rule, count in counted:
        gathered.setdefault((child, person), {})[rule] = count
    found = [
        ByChild(child, person, sum(rules.values()), sorted(rules))
        for (child, person), rules in gathered.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.child))


def by_team(findings: "QuerySet[CheckFinding]", *, to: User) -> list[tuple[str, int, int]]:
    """(team, findings, children), the team with most first; a child of two teams counts with each.

    Who works with a child whose record is kept from `to` shows as little as of one nobody knows: files with
    guessed ids would tell it otherwise.
    """
    counted = list(findings.values_list("child", "person_id").annotate(count=Count("pk")))
    known = _not_kept_from(to, {person for _, person, _ in counted if person})
    counted = [(child, person if person in known else None, count) for child, person, count in counted]
    teams = teams_of(known)
    found: Counter[str] = Counter()
    children: Counter[str] = Counter()
    for _, person, count in counted:
        for team in (teams.get(person) or [NO_TEAM]) if person else [NOT_KNOWN]:
            found[team] += count
            children[team] += 1
    return [(team, count, children[team]) for team, count in found.most_common()]


def teams_to_show(people: Iterable[int | None], *, to: User) -> dict[int, list[str]]:
    """The teams that work with each person, but for those kept from `to`, as `by_team` tells them."""
    return teams_of(_not_kept_from(to, {person for person in people if person}))


def _not_kept_from(user: User, people: set[int]) -> set[int]:
    return {person for person, access in accesses(user, people).items() if not access.is_restricted}


def of_team(findings: "QuerySet[CheckFinding]", team: str, *, to: User) -> "QuerySet[CheckFinding]":
    """Those of the findings that `by_team` counts with `team`."""
    known = _not_kept_from(to, _people_of(findings))
    if team == NOT_KNOWN:
        return findings.exclude(person_id__in=known)
    teams = teams_of(known)
    wanted = [person for person in known if team in (teams.get(person) or [NO_TEAM])]
    return findings.filter(person_id__in=wanted)


def shown(findings: Iterable[CheckFinding], *, to: User) -> list[Shown]:
    """Findings with their explanations in force, and whether `to` may open each child's record.

    Whoever may neither take returns out nor open a child's record reads no explanation about it.
    """
    findings = list(findings)
    people = {finding.person_id for finding in findings if finding.person_id}
    open_people = open_to(to, people)
    reads_all = can("export_returns", to)
    words = explanations(
        finding.fingerprint for finding in findings if reads_all or finding.person_id in open_people
    )
    return [
        Shown(finding, words.get(finding.fingerprint), finding.person_id in open_people)
        for finding in findings
    ]


def may_explain(user: User, finding: CheckFinding) -> bool:
    """Whether `user` may read and write why a finding is right: of any, or of a child whose record is open
    to them. A finding of files they sent is not enough, for the files may be about anybody."""
    return can("export_returns", user) or may_open(user, finding)


def may_open(user: User, finding: CheckFinding) -> bool:
    """Whether the record of the finding's child is known and open to `user`."""
    return finding.person is not None and can_open(user, finding.person)


def may_see_files(user: User, run: CheckRun) -> bool:
    """Whether `user` may read the names and faults of files sent for a run, which can name children."""
    return run.by_id == user.pk or can("export_returns", user)


def explanations(fingerprints: Iterable[str]) -> Mapping[str, Explanation]:
    """The explanations in force, by what they explain."""
    in_force = Explanation.objects.filter(fingerprint__in=list(fingerprints), withdrawn_at=None)
    return {explanation.fingerprint: explanation for explanation in in_force}


def explained(findings: "QuerySet[CheckFinding]", *, to: User) -> "QuerySet[CheckFinding]":
    """Those of the findings that somebody explained, as far as `to` may read the explanations."""
    return findings.filter(_explained_to(to, findings))


def not_explained(findings: "QuerySet[CheckFinding]", *, to: User) -> "QuerySet[CheckFinding]":
    """Those of the findings that are still to be mended or explained, as far as `to` may know.

    One whose explanation is kept from `to` stands among them, as one that nobody explained does.
    """
    return findings.exclude(_explained_to(to, findings))


def _explained_to(user: User, findings: "QuerySet[CheckFinding]") -> Q:
    in_force = Q(fingerprint__in=Explanation.objects.filter(withdrawn_at=None).values("fingerprint"))
    if can("export_returns", user):
        return in_force
    return in_force & Q(person_id__in=open_to(user, _people_of(findings)))


def since_last(run: CheckRun, *, to: User) -> Since | None:
    """What changed, of what `to` may see, since the last check of this return of the record; or None.

    Files that were sent are not compared: they may be of anybody's making.
    """
    same = {"kind": run.kind, "year": run.year, "authority": run.authority, "state": CheckRun.State.DONE}
    earlier = CheckRun.objects.filter(**same, source=CheckRun.Source.RECORD, pk__lt=run.pk).order_by("-pk")
    last = earlier.first() if run.source == CheckRun.Source.RECORD else None
    if last is None:
        return None
    before, now = (Counter(seen_by(to, one).values_list("fingerprint", flat=True)) for one in (last, run))
    return Since(last, (before - now).total(), (now - before).total())


@cache
def _fact_rows() -> tuple[dict[str, str], ...]:
    return tuple(rows(_FACTS))


def fact_to_mend(finding: CheckFinding) -> tuple[str, int] | None:
    """The fact a finding speaks of, as (table, thread) that its source page is asked by; None without one."""
    if finding.person is None:
        return None
    typed = {label.rpartition(" ")[2]: value for label, value in finding.values}
    people = same_person_ids(finding.person)
    for row in _fact_rows():
        if (row["return"], row["table"]) == (finding.run.kind, finding.table):
            facts = apps.get_model(row["model"]).current.filter(person_id__in=people)
            if row["field"]:
                day = _as_day(typed.get(row["column"]))
                facts = facts.filter(**{row["field"]: day}) if day else facts.none()
            if thread := facts.order_by("-pk").values_list("thread", flat=True).first():
                return row["model"], thread
    return None


def _as_day(text: str | None) -> str | None:
    """A day as typed in a return (31/03/2026 or 2026-03-31), as the database writes it."""
    parts = (text or "").split("/")
    if len(parts) == 3:
        return "-".join(reversed(parts))
    return text if text and text.count("-") == 2 else None


def about_child(person: Person, *, by: User, year: int) -> list[ChildFinding]:
    """What the rules of each return say of one child's record as it stands now, for the year `year`.

    Rules that judge a return as one are left out: of one child they would say what is not so. Rules that
    compare children (doubled pupil numbers, say) only see this child here.
    """
    found: list[ChildFinding] = []
    for authority in child_ids_of(person):
        for kind in ("903", "cin"):
            found += _about_child(person, kind, year, authority, by)
    return found


def _about_child(person: Person, kind: Kind, year: int, authority: str, by: User) -> list[ChildFinding]:
    people = frozenset(same_person_ids(person))
    this = return_to_check(kind, year, authority, by=by, persons=people)
    own = this.tables["Header" if kind == "903" else "Children"]
    if not own.height:
        return []
    last = return_to_check(kind, year - 1, authority, by=by, persons=people) if kind == "903" else None
    report = check(this, return_=kind, year=year, previous=last, authority=authority)
    in_force = Explanation.objects.filter(withdrawn_at=None, person_id__in=people)
    told = list(in_force.filter(kind=kind, authority=authority))
    found = [
        ChildFinding(
            *(outcome.rule.code, outcome.rule.says, pairs, outcome.rule.table, kind, year),
            _explained_as(told, outcome.rule.code, pairs),
        )
        for outcome in report.with_status("findings")
        if not outcome.rule.is_of_the_whole_return
        for pairs in labelled_values(outcome, report.views)
    ]
    return sorted(found, key=lambda one: one.explanation != "")


def _explained_as(told: Iterable[Explanation], rule: str, values: Pairs) -> str:
    """The words that explain what a rule found of a child; "" without any."""
    for one in told:
        if one.fingerprint == fingerprint(one.kind, one.authority, rule, one.child, values):
            return one.text
    return ""


def run_counts(run: CheckRun) -> Counter[str]:
    """How many rules of a run ended each way."""
    return Counter(rule["result"] for rule in run.rules)


def rule_of(run: CheckRun, code: str) -> dict[str, Any] | None:
    """What became of one rule of a run; None where the run had none of that code."""
    return next((rule for rule in run.rules if rule["rule"] == code), None)
