"""Every rule there is, gathered from the packages `rules_903` and `rules_cin`; one file a rule."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from kith.checks.rule import FIRST_YEAR, NEWEST_YEAR, Rule
from kith.dataset.returns import Kind

_FOLDER = Path(__file__).parent


class NoSuchRule(LookupError):
    """There is no rule of that code in that return and year."""


@cache
def every_rule(return_: Kind) -> tuple[Rule, ...]:
    """Every rule of a return, in every form it had, sorted by code and first year."""
    found = [rule for module in _modules(return_) for rule in _rules_in(module, return_)]
    return tuple(sorted(found, key=lambda rule: (rule.code, rule.first_year)))


def rules_of(return_: Kind, year: int) -> tuple[Rule, ...]:
    """The rules of a return in the END year `year`; of a year whose are not held, the nearest year's."""
    held = rules_year(return_, year)
    return tuple(rule for rule in every_rule(return_) if rule.holds_in(held))


def rules_year(return_: Kind, year: int) -> int:
    """The END year whose rules check a return of `year`: its own, or the nearest that is held."""
    return min(max(year, FIRST_YEAR), NEWEST_YEAR[return_])


def rule_of(return_: Kind, code: str, year: int) -> Rule:
    """The rule `code` as it stood in `year`. Raises NoSuchRule."""
    for rule in every_rule(return_):
        if rule.code == code and rule.holds_in(year):
            return rule
    raise NoSuchRule(f"There is no rule {code} in the {return_} return of the year ending March {year}.")


def _modules(return_: Kind) -> Iterator[ModuleType]:
    package = f"rules_{return_}"
    for path in sorted((_FOLDER / package).rglob("rule_*.py")):
        inside = ".".join(path.relative_to(_FOLDER).with_suffix("").parts)
        yield import_module(f"kith.checks.{inside}")


def _rules_in(module: ModuleType, return_: Kind) -> Iterator[Rule]:
    examples = getattr(module, "EXAMPLES", "")
    for value in vars(module).values():
        if isinstance(value, Rule):
            yield replace(value, return_=return_, examples=value.examples or examples)
