"""The code lists of the returns and of the SSD, with the dates between which each code is valid.

One list is one file in `data/codes`; its sources are in the README there. A code with no dates is not known
to have begun or ended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kith.standards import tables

_FOLDER = Path(__file__).parent / "data" / "codes"
_LONGEST_SHOWN = 40


class UnknownCodeList(LookupError):
    """There is no code list of that name."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code; `valid_from` and `valid_to` are the first and last day of the events it may stand on."""

    code: str
    label: str
    valid_from: date | None
    valid_to: date | None
    used_in: tuple[str, ...]
    note: str

    def is_valid_on(self, on: date) -> bool:
        """Whether an event on the day `on` may carry this code."""
        return tables.holds_on(on, self.valid_from, self.valid_to)

    def overlaps(self, other: "Code") -> bool:
        """Whether both are valid on some same day."""
        return tables.share_a_day((self.valid_from, self.valid_to), (other.valid_from, other.valid_to))


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes in the order of its file. The same code may come again with a later span."""

    name: str
    codes: tuple[Code, ...]
    _by_code: Mapping[str, tuple[Code, ...]]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def find(self, code: str, on: date | None = None) -> Code | None:
        """The row for `code`: the one valid on `on`, else the last one there is; None when it is unknown."""
        rows = self._by_code.get(code, ())
        valid = [row for row in rows if on and row.is_valid_on(on)]
        return next(reversed(valid or rows), None)

    def label(self, code: str | None, on: date | None = None) -> str:
        """What `code` means, in words; plain words too for a blank one or one that is not in the list."""
        if code is None or not code.strip():
            return "not given"
        if found := self.find(code, on):
            return found.label
        return f"not a code Kith knows: {code.strip()[:_LONGEST_SHOWN]}"

    def valid(self, code: str | None, on: date) -> bool:
        """Whether `code` is in the list and valid on the day `on`."""
        return any(row.is_valid_on(on) for row in self._by_code.get(code or "", ()))

    def valid_on(self, on: date) -> tuple[Code, ...]:
        """The codes that may be chosen for an event on the day `on`."""
        return tuple(row for row in self.codes if row.is_valid_on(on))

    def used_in(self, return_name: str) -> "CodeList":
        """The part of the list that one use takes, such as "SSDA903" or "CIN" (how `used_in` begins)."""
        return _listed(
            self.name,
            tuple(row for row in self.codes if any(use.startswith(return_name) for use in row.used_in)),
        )


@cache
def code_list_names() -> tuple[str, ...]:
    """The names of all the lists, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.csv")))


@cache
def code_list(name: str) -> CodeList:
    """The list `name`, as its file in `data/codes` is named. Raises UnknownCodeList."""
    if name not in code_list_names():
        raise UnknownCodeList(f"There is no code list called {name}. The lists are: {code_list_names()}.")
    return _listed(name, tuple(_code(row) for row in tables.rows(_FOLDER / f"{name}.csv")))


def _code(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        label=row["label"],
        valid_from=tables.day(row["valid_from"]),
        valid_to=tables.day(row["valid_to"]),
        used_in=tuple(use.strip() for use in row["used_in"].split(";") if use.strip()),
        note=row["note"],
    )


def _listed(name: str, rows: tuple[Code, ...]) -> CodeList:
    by_code: dict[str, tuple[Code, ...]] = {}
    for row in sorted(rows, key=lambda row: row.valid_from or date.min):
        by_code[row.code] = (*by_code.get(row.code, ()), row)
    return CodeList(name, rows, MappingProxyType(by_code))
