"""Returns as facts, and facts as returns: the two ways between what is sent and what happened (D4, D7)."""

from collections.abc import Sequence

from kith.dataset.dataset import Dataset
from kith.dataset.facts_903 import facts_903
from kith.dataset.facts_cin import facts_cin
from kith.dataset.persons import persons
from kith.dataset.return_903 import tables_of_year as tables_903_of
from kith.dataset.return_cin import tables_of_year as tables_cin_of
from kith.dataset.returns import Kind, Return
from kith.dataset.unmatched import Unmatched, unmatched

__all__ = ["Unmatched", "facts_of", "return_of", "unmatched"]


def facts_of(returns: Sequence[Return]) -> Dataset:
    """The facts that the returns of one authority give, of both kinds and of any years, in any order.

    A row of a later return wins over the same row of an earlier one, and the same row twice is one. Every
    fact carries the hashes of the rows that gave it. Nothing a file holds makes this fail.
    """
    frames = facts_903(returns) | facts_cin(returns)
    return Dataset(frames | {"ssd_person": persons(returns)})


def return_of(dataset: Dataset, kind: Kind, year: int, authority: str | None = None) -> Return:
    """One year's return made from facts alone, as things stood on 31 March of `year`."""
    tables = tables_903_of(dataset, year) if kind == "903" else tables_cin_of(dataset, year, authority)
    return Return(kind, year, "given", authority, tables)
