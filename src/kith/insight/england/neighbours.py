"""Statistical neighbours: the authorities most like one, from a file that an analyst gives.

Two layouts are read: a row for each neighbour (authority, neighbour and, if wished, rank and closeness), and
the wide one of the DfE's model, a row for each authority with its neighbours beside it (SN_1, SN_1P, ...).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kith.dataset.readers.cells import RAW_COLUMN
from kith.dataset.readers.csv_rows import decoded, split_headings_off, split_rows
from kith.dataset.readers.files import CannotRead, Limits, given_files
from kith.dataset.returns import LINE_COLUMN
from kith.insight.england.places import dfe_code_of

_AUTHORITY = ("authority", "authority_code", "old_la_code", "la_code", "new_la_code", "dfe_code", "code")
_NEIGHBOUR = ("neighbour", "neighbour_code", "statistical_neighbour")
_RANK = ("rank", "neighbour_rank")
_CLOSENESS = ("closeness", "distance")
_WIDE = re.compile(r"(?:sn|n|neighbour|statistical_neighbour)_?(\d{1,2})(p|_closeness)?", re.ASCII)
_LONGEST = 40
_HOW = (
    "A file of neighbours has the headings authority and neighbour, or one row for each authority with the "
    "headings old_la_code, SN_1, SN_2 and so on."
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An authority by the DfE's digits, its rank (1 is the most alike), and how alike it is in words."""

    dfe_code: str
    rank: int
    closeness: str | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A neighbour of the file that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of each authority, by the DfE's three digits; and what of the file was not taken."""

    of_each: Mapping[str, tuple[Neighbour, ...]]
    not_taken: tuple[NotTaken, ...] = ()

    def of(self, authority: str) -> tuple[Neighbour, ...]:
        """The neighbours of an authority (digits or ONS code), most alike first; () where none are told."""
        return self.of_each.get(dfe_code_of(authority) or "", ())


@dataclass(frozen=True, slots=True)
class _Pair:
    """One neighbour as the file has it."""

    line: int
    authority: str
    neighbour: str
    rank: str
    closeness: str


def read_neighbours(path: Path) -> Neighbours:
    """The neighbours that the file tells of. Raises CannotRead, in words, where it tells of none.

    A neighbour without a rank follows those before it. One that is no authority, is the authority itself or
    stands twice is not taken, and told of.
    """
    headings, rows, not_taken = _rows_of(path)
    authority = next((name for name in _AUTHORITY if name in headings), None)
    if authority is None:
        raise CannotRead(f"The file has no column of the authority's code. {_HOW}")
    neighbour = next((name for name in _NEIGHBOUR if name in headings), None)
    wide = [name for name in headings if (found := _WIDE.fullmatch(name)) and not found[2]]
    if neighbour is None and not wide:
        raise CannotRead(f"The file has no column of neighbours. {_HOW}")
    pairs = _long_pairs(rows, authority, neighbour) if neighbour else _wide_pairs(rows, authority, wide)
    of_each = _taken(pairs, not_taken)
    if not of_each:
        why = f" ({not_taken[0].reason})" if not_taken else ""
        raise CannotRead(f"The file tells of no neighbour that could be taken{why}. {_HOW}")
    return Neighbours(of_each, tuple(sorted(not_taken, key=lambda one: one.line)))


def _rows_of(path: Path) -> tuple[tuple[str, ...], list[dict[str, str]], list[NotTaken]]:
    if path.is_dir():
        raise CannotRead("This is a folder. Give the CSV file of the neighbours.")
    text, _ = decoded(next(iter(given_files(path, Limits()))).read())
    upper, lines, first_line = split_headings_off(text)
    headings = tuple("_".join(heading.lower().split()) for heading in upper)
    counts = Counter((*headings, LINE_COLUMN, RAW_COLUMN))  # those two are the reader's own
    twice = [name or "(blank)" for name, times in counts.items() if times > 1]
    if twice:
        raise CannotRead(f"The heading {twice[0][:_LONGEST]} stands more than once. {_HOW}")
    frame, rejects = split_rows(lines, first_line, headings, path.name)
    names = [*headings, LINE_COLUMN]
    columns = [frame[name].to_list() for name in names]
    rows = [
        {name: str(cell or "").strip() for name, cell in zip(names, cells, strict=True)}
        for cells in zip(*columns, strict=True)
    ]
    return headings, rows, [NotTaken(reject.line or 0, reject.reason) for reject in rejects]


def _long_pairs(rows: Iterable[Mapping[str, str]], authority: str, neighbour: str) -> Iterator[_Pair]:
    for row in rows:
        rank, closeness = (_first(row, names) for names in (_RANK, _CLOSENESS))
        yield _Pair(int(row[LINE_COLUMN]), row[authority], row[neighbour], rank, closeness)


def _wide_pairs(rows: Iterable[Mapping[str, str]], authority: str, wide: Sequence[str]) -> Iterator[_Pair]:
    for row in rows:
        for name in wide:
            if row[name]:
                rank = str(int((_WIDE.fullmatch(name) or [name, "0"])[1]))
                closeness = _first(row, (f"{name}p", f"{name}_closeness"))
                yield _Pair(int(row[LINE_COLUMN]), row[authority], row[name], rank, closeness)


def _first(row: Mapping[str, str], names: Iterable[str]) -> str:
    return next((row[name] for name in names if name in row), "")


def _taken(pairs: Iterable[_Pair], not_taken: list[NotTaken]) -> dict[str, tuple[Neighbour, ...]]:
    found: dict[str, dict[str, Neighbour]] = {}
    for pair in pairs:
        here, there = dfe_code_of(pair.authority), dfe_code_of(pair.neighbour)
        others = found.get(here or "", {})
        reason = _why_not(pair, here, there, others)
        if reason or here is None or there is None:
            not_taken.append(NotTaken(pair.line, reason))
            continue
        rank = int(pair.rank) if pair.rank else max((one.rank for one in others.values()), default=0) + 1
        found.setdefault(here, {})[there] = Neighbour(there, rank, pair.closeness[:_LONGEST] or None)
    return {here: tuple(sorted(of.values(), key=lambda one: one.rank)) for here, of in found.items()}


def _why_not(pair: _Pair, here: str | None, there: str | None, others: Mapping[str, Neighbour]) -> str:
    """Why the neighbour is not taken; "" where it is."""
    if here is None:
        return f"“{pair.authority[:_LONGEST]}” is not the code of an authority"
    if there is None:
        return f"“{pair.neighbour[:_LONGEST]}” is not the code of an authority"
    if here == there:
        return f"{here} stands as its own neighbour"
    if there in others:
        return f"{there} stands twice among the neighbours of {here}"
    if pair.rank and not re.fullmatch(r"[1-9]\d?", pair.rank, re.ASCII):
        return f"the rank “{pair.rank[:_LONGEST]}” is not a number from 1 to 99"
    if pair.rank and any(one.rank == int(pair.rank) for one in others.values()):
        return f"two neighbours of {here} have the rank {pair.rank}"
    return ""
