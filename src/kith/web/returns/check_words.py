"""What the pages of a check share: its title, a rule in words, and the names that somebody may read."""

from kith.checks import NoSuchRule, rule_of
from kith.checks.catalogue import rules_year
from kith.checks.results.summary import rules_of_in_words
from kith.dataset.returns import Kind
from kith.record.access.looking import names_to_show
from kith.record.checking import queries
from kith.record.checking.models import CheckRun
from kith.record.people.models import User
from kith.record.people.queries import shown
from kith.standards.years import CALLED, year_label

WHY = "check of a return"


def title_of(run: CheckRun) -> str:
    """A run's return and year in words."""
    return f"{CALLED[run.kind]} {year_label(run.year)}"


def other_rules(run: CheckRun) -> str:
    """Which year's rules were run, where they are not of the return's own year; "" where they are."""
    kind: Kind = "903" if run.kind == "903" else "cin"
    return rules_of_in_words(kind, run.year) if rules_year(kind, run.year) != run.year else ""


def names_open_to(user: User, people: list[int | None]) -> dict[int | None, str]:
    """The names of those whose record is open to `user`, each written down as shown."""
    may = queries.open_to(user, {pk for pk in people if pk})
    seen = names_to_show(user, may, where="checks") if may else {}
    names = shown(seen) if seen else {}
    return {pk: name.name for pk, name in names.items()}


def says(run: CheckRun, code: str) -> str:
    """A rule in words, as the run's year has it; "" for a code there is no rule of any more."""
    try:
        return rule_of(run.kind, code, rules_year(run.kind, run.year)).says  # type: ignore[arg-type]
    except NoSuchRule:
        return ""
