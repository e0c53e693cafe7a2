"""What England's children in care in 2019-20 are made up of, by age, ethnicity and why they left."""

from collections.abc import Mapping
from dataclasses import dataclass

from kith.invented.england.apportion import spread
from kith.invented.england.published import Published

REASONS = {
    "E12": "cla_ceased_adopted",
    "E48": "cla_ceased_sgo",
    "E41": "cla_ceased_residence_or_cao",
    "E4A": "cla_ceased_home_planned",
    "E4B": "cla_ceased_home_unplanned",
    "E13": "cla_ceased_to_relatives_no_pr",
    "E5": "cla_ceased_independent_supported",
    "E6": "cla_ceased_independent_unsupported",
    "E7": "cla_ceased_adult_social_care",
    "E9": "cla_ceased_custody",
    "E8": "cla_ceased_other",
}
_ETHNICITIES = {"WBRI": "white", "MWBC": "mixed", "APKN": "asian", "BAFR": "black", "OOTH": "other"}
_STAYED_WITH_CARERS = 700  # of those who left on their 18th birthday; nothing is published of it
_SHORT_REASONS = {"E13": 0.13, "E4A": 0.42, "E4B": 0.12, "E8": 0.15, "E9": 0.02}  # of who came and left


@dataclass(frozen=True)
class Ages:
    """Of everyone in England by age group: `came` when they came in; `stayed` and `came_again` by age on the
    last day."""

    came: list[tuple[str, int]]
    came_again: list[tuple[str, int]]
    came_and_left: list[tuple[str, int]]
    stayed: list[tuple[str, int]]


@dataclass(frozen=True)
class Care:
    """What England's children in care are made up of: totals by kind, and how many of each kind have what.

    `mean_days` is how long those who left had been in care, and `longest` what makes it so: the days of the
    longest time in care before the year.
    """

    totals: Mapping[str, int]
    ages: Ages
    alone: Mapping[str, int]
    agreed: Mapping[str, int]
    ethnicities: list[tuple[str, int]]
    why_left: list[tuple[str, int]]
    why_left_soon: list[tuple[str, int]]
    at_18: int
    mean_days: int
    longest: float = 0.0


def care_of(published: Published, totals: Mapping[str, int]) -> Care:
    """England's children in care, out of the published totals and the children of each kind."""
    england = {name: round(value) for name, value in published.england.items()}
    ages = ages_of(published, dict(totals))
    came = [totals["came"] + totals["came_left_came"], totals["came_and_left"]]
    alone_came, alone_short = spread(england["cla_starting_uasc"], came)
    alone = {
        "came": alone_came,
        "came_and_left": alone_short,
        "stayed": england["cla_uasc_at_31_march"] - alone_came,
    }
    agreed = dict(
        zip(
            ("came", "came_and_left", "left_and_came"),
            spread(england["cla_starting_s20"], [*came, totals["left_and_came"]]),
            strict=True,
        )
    )
    known = [(code, england[f"cla_ethnicity_{group}"]) for code, group in _ETHNICITIES.items()]
    soon, late = _reasons(england, totals)
    return Care(
        totals,
        ages,
        alone,
        agreed,
        [*known, ("NOBT", 0)],
        late,
        soon,
        england["cla_ceased_on_18th_birthday"],
        england["cla_mean_duration_last_period_days"],
    )


def _reasons(
    england: Mapping[str, int], totals: Mapping[str, int]
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Why children who came and left in the year left, and why the others did, in order of age."""
    again = totals["left_and_came"] + totals["came_left_came"]
    short = dict(
        zip(_SHORT_REASONS, spread(totals["came_and_left"], list(_SHORT_REASONS.values())), strict=True)
    )
    left = {code: england[name] - short.get(code, 0) for code, name in REASONS.items()}
    left["E4A"] -= again
    at_18 = {code: left[code] for code in ("E5", "E6", "E7")}
    at_18["E17"] = _STAYED_WITH_CARERS
    at_18["E8"] = england["cla_ceased_on_18th_birthday"] - sum(at_18.values())
    younger = [code for code in left if code not in ("E5", "E6", "E7", "E8")]
    before = [(code, left[code]) for code in younger] + [("E8", left["E8"] - at_18["E8"])]
    rest = totals["left"] - sum(count for _, count in before) - sum(at_18.values())
    return [*short.items()], [*before, ("E3", rest), *at_18.items()]


BANDS = {"under_1": (0, 0), "1_4": (1, 4), "5_9": (5, 9), "10_15": (10, 15), "16_plus": (16, 17)}


def ages_of(published: Published, totals: dict[str, int]) -> Ages:
    """England's children in care by age group, youngest first, out of the published ages at the start and
    on the last day.

    Who came under 1 year old is 1 by the last day ("turned_1") where the others would be more than the
    published. Who was in care all year is 1 at least.
    """
    at_start = [published.england[f"cla_starting_age_{band}"] for band in BANDS]
    at_end = [round(published.england[f"cla_age_{band}"]) for band in BANDS]
    new = totals["came"] + totals["came_left_came"]
    again = [0, *spread(totals["left_and_came"], at_start[1:])]
    started = spread(new + totals["came_and_left"] + totals["left_and_came"], at_start)
    first = [whole - some for whole, some in zip(started, again, strict=True)]
    came = spread(new, first)
    short = [whole - some for whole, some in zip(first, came, strict=True)]
    turned = came[0] - at_end[0]
    stayed = [0, at_end[1] - turned - came[1] - again[1]]
    stayed += [whole - one - other for whole, one, other in zip(at_end[2:], came[2:], again[2:], strict=True)]
    stayed[-1] += totals["stayed"] - sum(stayed)
    names = list(BANDS)
    return Ages(
        [("under_1", at_end[0]), ("turned_1", turned), *zip(names[1:], came[1:], strict=True)],
        [*zip(names, again, strict=True)],
        [*zip(names, short, strict=True)],
        [*zip(names, stayed, strict=True)],
    )
