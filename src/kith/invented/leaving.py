"""Care leavers around their birthdays, 17 to 21."""

from datetime import date

from kith.invented.allocation import allocate
from kith.invented.care import Period
from kith.invented.families import Child
from kith.invented.rates import rates
from kith.invented.story import Story, days, return_year

_IN_CARE_FOR = days(91)  # thirteen weeks since 14
_NOT_CARE_LEAVERS = frozenset({"E2", "E3", "E11", "E12", "E41", "E45", "E46", "E47", "E48", "E15"})
_WORK = ("F1", "F2", "F2", "F4", "F5", "F5", "P2", "P5")
_NO_WORK = ("G4", "G5", "G5", "G6")
_HOMES = {
    17: (("D", "E", "K", "C", "Y"), (48, 26, 10, 8, 8)),
    18: (("D", "E", "T", "U", "Z", "K"), (44, 14, 8, 18, 12, 4)),
    19: (("U", "D", "B", "T", "E", "K", "Y"), (36, 24, 14, 6, 8, 6, 6)),
    20: (("U", "D", "B", "T", "E", "K", "Y"), (44, 16, 14, 6, 6, 8, 6)),
    21: (("U", "D", "B", "T", "E", "K", "Y"), (56, 10, 16, 4, 2, 8, 4)),
}
_POOR_HOMES = ("S2", "W2", "V2", "K2", "X2", "Y2")


def leave_care(story: Story, last: Period, all_periods: list[Period]) -> None:
    """Write down the years of a young person who left care for good at 16 or over."""
    child = last.child
    if last.reason in _NOT_CARE_LEAVERS or not _is_care_leaver(child, all_periods):
        return
    left = last.end
    if child.age_on(left) >= 18:
        allocate(story, child, [("leaving", left)], child.turns(21), role="personal_adviser")
    went_home = last.reason in ("E4A", "E4B")
    for age in range(17, 22):
        birthday = child.turns(age)
        if birthday <= left:
            continue
        _year(story, child, last, age, birthday, went_home)


def _is_care_leaver(child: Child, periods: list[Period]) -> bool:
    if child.age_on(periods[-1].end) < 16:
        return False
    since = child.turns(14)
    return sum((p.end - max(p.start, since) for p in periods if p.end > since), days(0)) >= _IN_CARE_FOR


def _year(story: Story, child: Child, last: Period, age: int, birthday: date, went_home: bool) -> None:
    rng, year = story.rng, return_year(birthday)
    on = birthday + days(rng.randint(-20, 25))
    on = min(max(on, date(year - 1, 4, 1), last.end + days(1)), date(year, 3, 31))
    in_touch, activity, home = "YES", "0", "0"
    if went_home and (birthday - last.end).days >= 183:
        in_touch = "RHOM"
    elif age >= 18 and not story.chance("in_touch"):
        in_touch = rng.choices(("NO", "REFU", "NREQ"), (60, 20, 20))[0]
    else:
        activity = rng.choice(_WORK if story.chance("education_or_work") else _NO_WORK)
        if activity == "G6" and child.sex == "M":
            activity = "G5"
        if age == 17 and activity == "F1":
            activity = "F2"
        home = _home(story, last, age)
    story.add(
        on,
        child,
        "record_care_leaver_year",
        year=year,
        in_touch=in_touch,
        activity=activity,
        accommodation=home,
    )


def _home(story: Story, last: Period, age: int) -> str:
    if not story.chance("suitable_home"):
        return story.rng.choice(_POOR_HOMES)
    fostered = last.stays[-1].home.placement_type[0] == "U"
    if age >= 18 and fostered and story.rng.random() < min(1.0, rates()["staying_put"] * 2):
        return "Z1"
    kinds, weights = _HOMES[age]
    kind = story.rng.choices(kinds, weights)[0]
    return f"{'U' if kind == 'Z' and not fostered else kind}1"
