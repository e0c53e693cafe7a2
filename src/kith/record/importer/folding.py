"""Facts from returns, one authority at a time: child ids mean nothing across authorities (D1)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kith.dataset.dataset import Dataset
from kith.dataset.facts import facts_of, return_of, unmatched
from kith.dataset.returns import Return
from kith.record.importer.rows import joined


def facts_from(returns: Iterable[Return], authority: str) -> Dataset:
    """The facts that all of one authority's returns tell together, whatever order they come in."""
    return facts_of(joined(replace(one, authority=authority or None) for one in returns))


def not_given_back(
    returns: Sequence[Return], dataset: Dataset, authority: str
) -> list[tuple[str, int | None, str, str, str]]:
    """Each source row that an export from these facts would not give back equal: file, line, table,
    child and reason."""
    asked = sorted({(one.kind, one.year) for one in returns})
    exported = [return_of(dataset, kind, year, authority) for kind, year in asked]
    return [(*row,) for row in unmatched(returns, exported)]
