"""What a slow count gives, and how it is added up: for everyone and in each group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from insight.slow_counts.days import age_on
from insight.slow_counts.told import Told
from kith.standards.codes import code_list

NOT_KNOWN = "Not known"
Group = tuple[str | None, str | None]


@dataclass(frozen=True)
class Unit:
    """One thing that is counted: whose it is and as of which day; whether it counts, in a share; its value,
    in a median or mean, and what that is shared out over; the need and the kinds it is of.
    """

    person: str | None
    day: date
    counts: bool | None = None
    value: float | None = None
    over: float = 1.0
    need: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """A numerator, what it is out of (None where it is out of nothing), and the figure they make."""

    numerator: int
    denominator: int | None
    value: float | None


Count = Callable[[Told, date, date], list[Unit]]
MEASURES: dict[str, str] = {}
COUNTS: dict[str, Count] = {}


def counts(measure: str) -> Callable[[Count], Count]:
    """Put a function among the counts: of a "number", a "share", a "median" or a "mean"; of a "mix", which is
    the number of everyone and each kind's share of them; of a "difference", what counts less what does not.
    """

    def put(function: Count) -> Count:
        name = function.__name__
        assert name not in COUNTS, f"{name} is counted twice"
        MEASURES[name], COUNTS[name] = measure, function
        return function

    return put


def count(
    name: str, told: Told, first: date, last: date, groupings: Iterable[str] = ()
) -> dict[Group, Counted]:
    """The slow count of an indicator in a period: (None, None) is everyone, ("age", "5 to 9") a group.

    `groupings` are of age, sex, ethnicity, need and kind. A group with nothing in it is left out; what it
    would have is under ("", None).
    """
    units = COUNTS[name](told, first, last)
    measure = MEASURES[name]
    found = {(None, None): added_up(measure, units, len(units), is_everyone=True)}
    found["", None] = added_up(measure, [], len(units), is_everyone=False)
    for grouping in groupings:
        groups: dict[str, list[Unit]] = {}
        for unit in units:
            for group in GROUPINGS[grouping](told, unit):
                groups.setdefault(group, []).append(unit)
        for group, members in groups.items():
            found[grouping, group] = added_up(measure, members, len(units), is_everyone=False)
    return found


def added_up(measure: str, units: list[Unit], out_of: int, is_everyone: bool) -> Counted:
    """The figure of some units; of a mix a group's is its share of all, and everyone's their number."""
    if measure == "number" or (measure == "mix" and is_everyone):
        return Counted(len(units), None, float(len(units)))
    if measure == "share":
        yes = sum(unit.counts is True for unit in units)
        return Counted(yes, len(units), 100 * yes / len(units) if units else None)
    if measure == "difference":
        taken_away = sum(unit.counts is False for unit in units)
        whole = len(units) - taken_away
        more = whole - taken_away
        return Counted(more, whole, 100 * more / whole if whole and more >= 0 else None)
    if measure == "mix":
        return Counted(len(units), out_of, 100 * len(units) / out_of if out_of else None)
    values = sorted(unit.value for unit in units if unit.value is not None)
    middle = median(values) if measure == "median" else mean(units)
    return Counted(len(values), None, middle)


def median(values: list[float]) -> float | None:
    """The middle of sorted values, halfway between the two in the middle of an even number."""
    if not values:
        return None
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def mean(units: list[Unit]) -> float | None:
    """The sum of the values by the sum of what they are shared out over: their number, where it is 1 each."""
    told = [unit for unit in units if unit.value is not None]
    return sum(unit.value or 0.0 for unit in told) / sum(unit.over for unit in told) if told else None


def in_words(code_list_name: str, code: str | None) -> tuple[str, ...]:
    """What a list of codes calls a code, as the kind of a unit; no kind where it is not told."""
    labels = {row.code: row.label for row in code_list(code_list_name).codes}
    return (labels[code],) if code in labels else ()


def _ages(told: Told, unit: Unit) -> list[str]:
    person = told.person(unit.person or "")
    born, expected = person.get("pers_dob"), person.get("pers_expected_dob")
    age = age_on(born, unit.day)
    if age is None:
        return ["Not yet born" if born or expected else NOT_KNOWN]
    for most, words in AGES:
        if age <= most:
            return [words]
    return ["18 and over"]


AGES = ((0, "Under 1"), (4, "1 to 4"), (9, "5 to 9"), (15, "10 to 15"), (17, "16 and 17"))


def _sexes(told: Told, unit: Unit) -> list[str]:
    sex = told.person(unit.person or "").get("pers_sex")
    return [{"M": "Boys", "F": "Girls"}.get(sex or "", NOT_KNOWN)]


ETHNICITIES = {
    "White": "WBRI WIRI WIRT WOTH WROM",
    "Mixed": "MWBC MWBA MWAS MOTH",
    "Asian or Asian British": "AIND APKN ABAN AOTH CHNE",
    "Black or Black British": "BCRB BAFR BOTH",
    "Other ethnic groups": "OOTH",
}


def _ethnicities(told: Told, unit: Unit) -> list[str]:
    code = told.person(unit.person or "").get("pers_ethnicity")
    return [next((words for words, codes in ETHNICITIES.items() if code in codes.split()), NOT_KNOWN)]


NEEDS = {
    "N0": "Not stated",
    "N1": "Abuse or neglect",
    "N2": "Child's disability or illness",
    "N3": "Parental disability or illness",
    "N4": "Family in acute stress",
    "N5": "Family dysfunction",
    "N6": "Socially unacceptable behaviour",
    "N7": "Low income",
    "N8": "Absent parenting",
    "N9": "Cases other than children in need (adoption support straight after adoption)",
}

GROUPINGS: dict[str, Callable[[Told, Unit], Iterable[str]]] = {
    "age": _ages,
    "sex": _sexes,
    "ethnicity": _ethnicities,
    "need": lambda told, unit: [NEEDS.get(unit.need or "", NOT_KNOWN)],
    "kind": lambda told, unit: unit.kinds or [NOT_KNOWN],
}
