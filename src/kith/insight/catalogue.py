"""Every indicator there is, gathered from the package `indicators`; one file an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from kith.insight.indicator import Indicator
from kith.standards.tables import rows

_FOLDER = Path(__file__).parent


class NoSuchIndicator(LookupError):
    """There is no indicator of that name; the message lists some that there are."""


@cache
def every_indicator() -> tuple[Indicator, ...]:
    """Every indicator, by topic in the order of `data/topics.csv` and then by name."""
    found = [each for module in _modules() for each in _indicators_in(module)]
    order = list(topics())
    return tuple(sorted(found, key=lambda each: (order.index(each.topic), each.id)))


def indicator_called(name: str) -> Indicator:
    """The indicator with this id. Raises NoSuchIndicator."""
    for each in every_indicator():
        if each.id == name:
            return each
    raise NoSuchIndicator(f"There is no indicator {name}. All of them are in docs/indicators.")


def indicators_called(names: Sequence[str]) -> tuple[Indicator, ...]:
    """The indicators with these ids, in the order given. Raises NoSuchIndicator."""
    return tuple(indicator_called(name) for name in names)


@cache
def topics() -> dict[str, str]:
    """What each topic is called on a page, by its id, in the order of the child's path."""
    return {row["topic"]: row["title"] for row in rows(_FOLDER / "data" / "topics.csv")}


def _modules() -> Iterator[ModuleType]:
    for path in sorted((_FOLDER / "indicators").rglob("*.py")):
        if path.name == "__init__.py" or "tests" in path.parts:
            continue
        inside = ".".join(path.relative_to(_FOLDER).with_suffix("").parts)
        yield import_module(f"kith.insight.{inside}")


def _indicators_in(module: ModuleType) -> Iterator[Indicator]:
    for value in vars(module).values():
        if isinstance(value, Indicator) and value.function.__module__ == module.__name__:
            yield replace(value, examples=getattr(module, "EXAMPLES", ""))
