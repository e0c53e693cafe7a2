"""Checks one return: its tables at the door, every rule of its year, and the report."""

from collections.abc import Collection as Several
from collections.abc import Mapping

import polars as pl

import kith.checks.facts  # noqa: F401  (registers what rules may name)
from kith.checks.catalogue import NoSuchRule, rules_of
from kith.checks.collection import Collection
from kith.checks.door.reading import GivenReturn
from kith.checks.door.typing import Untyped, all_made_ready
from kith.checks.paths import LAST_YEAR
from kith.checks.report import Report
from kith.checks.rule import Rule
from kith.checks.runner import run
from kith.checks.views import Views
from kith.dataset.dataset import Dataset
from kith.dataset.facts import return_of
from kith.dataset.returns import Kind, Return
from kith.dataset.years import year_name
from kith.standards import places
from kith.standards.years import CALLED

Tables = Mapping[str, pl.DataFrame]


def check(
    given: GivenReturn | Return | Dataset | Tables,
    *,
    return_: Kind = "903",
    year: int,
    only: Several[str] | None = None,
    previous: GivenReturn | Return | Dataset | Tables | None = None,
    providers: pl.DataFrame | None = None,
    authority: str | None = None,
) -> Report:
    """Run the rules of `return_` for the END year `year` over a return, and report on each of them.

    `given` and `previous` (last year's) are returns as `door.reading` or the dataset's readers give them, a
    dataset that the return is made from, or tables by name with text or typed columns. `only` names the
    rules to run, in large letters or small; all of the year where it is None. `providers` is Ofsted's list,
    as `door.providers` reads it. `authority` is the sender's ONS code or the DfE's three digits; without it
    the return's own is taken. Raises NoSuchRule for a code in `only` that the year has not.
    """
    collection = Collection(return_, year, ons_code(authority or _authority_of(given), year))
    tables = _ready(given, return_, year)
    if previous is not None:
        tables |= {
            f"{LAST_YEAR}.{name}": frame for name, frame in _ready(previous, return_, year - 1).items()
        }
    views = Views(tables, collection, providers)
    return Report(collection, run(_chosen(return_, year, only), views), views)


def _chosen(return_: Kind, year: int, only: Several[str] | None) -> tuple[Rule, ...]:
    rules = rules_of(return_, year)
    if only is None:
        return rules
    asked = {code.casefold(): code for code in only}
    chosen = tuple(rule for rule in rules if rule.code.casefold() in asked)
    if unknown := sorted(asked[code] for code in asked.keys() - {rule.code.casefold() for rule in chosen}):
        raise NoSuchRule(
            f"There is no rule {', '.join(unknown)} for the {CALLED[return_]} {year_name(year)}."
        )
    return chosen


def _ready(
    given: GivenReturn | Return | Dataset | Tables, return_: Kind, year: int
) -> dict[str, pl.DataFrame]:
    if isinstance(given, GivenReturn):
        return dict(given.tables)
    if isinstance(given, Dataset):
        given = return_of(given, return_, year)
    tables = given.tables if isinstance(given, Return) else given
    ready = all_made_ready([Untyped(name, frame) for name, frame in tables.items()], return_)
    return dict(zip(tables, ready, strict=True))


def _authority_of(given: GivenReturn | Return | Dataset | Tables) -> str | None:
    return given.authority if isinstance(given, (GivenReturn, Return)) else None


def ons_code(code: str | None, year: int) -> str | None:
    """The ONS code for the DfE's three digits, None where no authority of the return's year has them.

    Any other code, and an invented authority's, as it is.
    """
    if code is None or not (len(code) == 3 and code.isdigit()) or places.laid_over(code):
        return code
    found = places.authority_with_dfe_code(code, Collection("903", year).end)
    return found.code if found else None
