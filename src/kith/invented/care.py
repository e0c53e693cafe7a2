"""One period of care as three time lines, drawn at random within the law: legal statuses, placements, end.

What may not be: care at 18 or over, police protection over 72 hours, a placement with parents under
section 20, adoption with no foster home before it, a temporary stay at either end, two changes on a day
that undo each other. Source: the rules of the SSDA903 return.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from kith.invented.families import Child, Family
from kith.invented.homes import (
    SUPPORTED_IS_K3_ON,
    SUPPORTED_REGISTERED_ON,
    Home,
    Homes,
    supported_on,
)
from kith.invented.rates import rates
from kith.invented.siblings import Beside, beside, shared

MONTH = 30


@dataclass(slots=True)
class Stay:
    """A placement from `start` until the next begins; `left_because` is why it ended (None: not asked)."""

    start: date
    home: Home
    left_because: str | None = None


@dataclass(slots=True)
class AdoptionSteps:
    """The days of an adoption; a decision that was reversed has no order."""

    decided_on: date
    reversed_on: date | None = None
    reversal_reason: str = ""
    matched_on: date | None = None
    placed_on: date | None = None
    is_by_foster_carer: bool = False


@dataclass(slots=True)
class Period:
    """One period of care; `legal` and `stays` are in order, and the first of each starts on `start`."""

    child: Child
    start: date
    end: date
    reason: str  # code list `reason_episode_ceased`
    need: str
    home_postcode: str | None
    legal: list[tuple[date, str]]
    stays: list[Stay] = field(default_factory=list)
    adoption: AdoptionSteps | None = None
    is_short_break: bool = False
    as_found: tuple[Stay, ...] = ()  # the homes that a brother or sister can share, up to `homes_until`
    homes_until: date = date.min

    def legal_on(self, on: date) -> str:
        """The legal status in force on the day."""
        return self.legal[bisect_right([start for start, _ in self.legal], on) - 1][1]

    def stay_on(self, on: date) -> Stay:
        """The stay the child is in on the day."""
        return self.stays[bisect_right([stay.start for stay in self.stays], on) - 1]

    def stay_ends(self, stay: Stay) -> date:
        """The day on which a stay ends."""
        number = self.stays.index(stay)
        return self.stays[number + 1].start if number + 1 < len(self.stays) else self.end


@dataclass(slots=True)
class _Course:
    """What the period is going to be, before homes are found."""

    end: date
    reason: str
    legal: list[tuple[date, str]]
    adoption: AdoptionSteps | None = None
    home_from: date | None = None  # placed with parents from this day to the end
    mode: str = ""  # where the child lives throughout; empty: as it comes
    is_long_term: bool = False


# (age at the start, below): course and its share. Shares are chosen so that those who leave look as in
# England in 2019/20: adopted 12%, special guardianship 12%, home 22%, at 18 a third.
_COURSES: tuple[tuple[int, dict[str, int]], ...] = (
    (1, {"adoption": 44, "guardianship": 23, "home": 18, "arrangements": 5, "long_term": 10}),
    (5, {"adoption": 20, "guardianship": 26, "home": 29, "arrangements": 6, "long_term": 19}),
    (10, {"adoption": 2, "guardianship": 17, "home": 40, "arrangements": 7, "long_term": 34}),
    (16, {"guardianship": 4, "home": 44, "relatives": 8, "arrangements": 4, "long_term": 36, "custody": 2}),
    (18, {"home": 28, "relatives": 12, "long_term": 56, "custody": 4}),
)


def days(count: float) -> timedelta:
    """A span of whole days."""
    return timedelta(days=int(count))


def plan_period(
    rng: Random, homes: Homes, family: Family, child: Child, start: date, others: Sequence[Period] = ()
) -> Period | None:
    """A whole period of care that starts on the day, or None when the child is too old to start one. The
    child lives with the last of these `others` of the family who is in care then, where a home fits both.

    Starts on 1 April and ends on 31 March are moved by a day: whether such a child was looked after
    for the whole year is read in two ways.
    """
    if (start.month, start.day) == (4, 1):
        start += days(1)
    if start < child.begins_on or start + days(10) >= child.turns(18):
        return None
    course = _course(rng, child, start)
    period = Period(
        child,
        start,
        course.end,
        course.reason,
        _need(rng, child, start),
        None if child.is_unaccompanied else family.postcode,
        course.legal,
        adoption=course.adoption,
    )
    _find_homes(rng, homes, family, period, course, beside(others, start))
    return period


def short_breaks(rng: Random, homes: Homes, child: Child, start: date, end: date) -> list[Period]:
    """Series of short breaks for a disabled child: one V4 agreement, or single V3 breaks of a few days."""
    home = homes.short_breaks(rng, start)
    if rng.random() < 0.4:
        found = [(start, end, "V4")]
    else:
        found = []
        day = start
        while day + days(8) < end:
            found.append((day, day + days(rng.randint(2, 4)), "V3"))
            day += days(rng.randint(28, 56))
    return [
        Period(child, begins, ends, "E4A", "N2", None, [(begins, status)], [Stay(begins, home)], None, True)
        for begins, ends, status in found
        if ends < child.turns(18)
    ]


def _need(rng: Random, child: Child, start: date) -> str:
    if child.is_unaccompanied:
        return "N8"
    if child.is_disabled and rng.random() < 0.25:
        return "N2"
    if child.age_on(start) >= 13 and rng.random() < 0.3:
        return rng.choice(("N6", "N4", "N5"))
    return rng.choices(("N1", "N3", "N4", "N5", "N8"), (70, 4, 9, 14, 3))[0]


def _course(rng: Random, child: Child, start: date) -> _Course:
    age = child.age_on(start)
    if child.is_unaccompanied:
        return _to_eighteen(rng, child, [(start, "V2")], "")
    if age >= 12 and rng.random() < 0.05:
        return _remand(rng, child, start)
    shares = next(found for below, found in _COURSES if age < below)
    name = rng.choices(list(shares), list(shares.values()))[0]
    if name == "adoption":
        return _adoption(rng, child, start)
    court = name in ("guardianship", "arrangements") or rng.random() < (
        rates()["proceedings_under_10"] if age < 10 else rates()["proceedings_10_and_over"]
    )
    legal = _first_statuses(rng, start, court)
    if name == "long_term":
        return _long_term(rng, child, start, legal, court)
    if name == "guardianship":
        return _guardianship(rng, child, start, legal)
    if name == "home" and court:
        return _home_by_court(rng, child, start, legal)
    return _without_court(rng, child, start, legal, name)


def _first_statuses(rng: Random, start: date, court: bool) -> list[tuple[date, str]]:
    """How care begins: police protection or an emergency order, section 20, or an interim order."""
    after = "C1" if court else "V2"
    if rng.random() < rates()["police_protection"]:
        return [(start, "L1"), (start + days(rng.randint(1, 2)), after)]
    if court and rng.random() < rates()["emergency_order"]:
        return [(start, "L2"), (start + days(rng.randint(5, 8)), "C1")]
    if court and rng.random() < rates()["accommodated_first"]:
        return [(start, "V2"), (start + days(rng.randint(20, 150)), "C1")]
    return [(start, after)]


def _capped(child: Child, end: date) -> date:
    """The end, or the last day but a few before 18; never 31 March."""
    latest = child.turns(18) - days(4)
    end = min(end, latest)
    return end + days(1) if (end.month, end.day) == (3, 31) else end


def _without_court(
    rng: Random, child: Child, start: date, legal: list[tuple[date, str]], name: str
) -> _Course:
    length = {"home": 130, "relatives": 150, "arrangements": 330, "custody": 200}[name]
    end = _capped(child, legal[-1][0] + days(4 + min(rng.expovariate(1 / length), 900)))
    unplanned = (end - start).days < 60 and rng.random() < 0.4
    reason = {
        "home": "E4B" if unplanned else "E4A",
        "relatives": "E13",
        "arrangements": "E41",
        "custody": "E9" if child.age_on(end) >= 10 else "E8",
    }[name]
    if name == "home" and rng.random() < 0.02:
        reason = "E2" if rng.random() < 0.15 else "E3"
    return _Course(end, reason, _before(legal, end))


def _home_by_court(rng: Random, child: Child, start: date, legal: list[tuple[date, str]]) -> _Course:
    hearing = legal[-1][0] + days(rng.randint(150, 330))
    at_home = hearing - days(rng.randint(10, 90))
    if rng.random() < 0.35:
        end = _capped(child, hearing + days(rng.randint(200, 1100)))
        legal = [*legal, (hearing, "C2")]
        at_home = hearing if rng.random() < 0.5 else at_home
    else:
        end = _capped(child, hearing)
    legal = _before(legal, end)
    if at_home + days(20) >= end:
        return _Course(end, "E4A", legal)
    return _Course(end, "E4A", legal, home_from=at_home)


def _before(legal: list[tuple[date, str]], end: date) -> list[tuple[date, str]]:
    return [legal[0], *(change for change in legal[1:] if change[0] < end - days(1))]


def _guardianship(rng: Random, child: Child, start: date, legal: list[tuple[date, str]]) -> _Course:
    if rng.random() < 0.3:
        hearing = legal[-1][0] + days(rng.randint(180, 320))
        legal = [*legal, (hearing, "C2")]
        end = hearing + days(rng.randint(300, 1200))
    else:
        end = legal[-1][0] + days(rng.randint(220, 460))
    end = _capped(child, end)
    mode = rng.choices(("kin", "foster"), (78, 22))[0]
    reason = "E45" if mode == "kin" else rng.choice(("E46", "E47"))
    return _Course(end, reason, _before(legal, end), mode=mode, is_long_term=legal[-1][1] == "C2")


def _long_term(rng: Random, child: Child, start: date, legal: list[tuple[date, str]], court: bool) -> _Course:
    if court:
        legal = [*legal, (legal[-1][0] + days(rng.randint(170, 330)), "C2")]
    early = start + days(rng.randint(450, 1900))
    if rng.random() < rates()["long_term_leaves_early"] and early < child.turns(18) - days(200):
        legal = _before(legal, early)
        if legal[-1][1] == "V2" or rng.random() < 0.3:
            return _Course(_capped(child, early), "E13", legal, is_long_term=True)
        at_home = early - days(rng.randint(60, 300))
        if at_home > legal[-1][0] + days(5):
            return _Course(_capped(child, early), "E4A", legal, home_from=at_home, is_long_term=True)
    return _to_eighteen(rng, child, _before(legal, child.turns(18)), "long_term")


def _to_eighteen(rng: Random, child: Child, legal: list[tuple[date, str]], kind: str) -> _Course:
    reason = rng.choices(("E5", "E6", "E17", "E8", "E13"), (48, 8, 28, 12, 4))[0]
    if child.is_disabled and rng.random() < 0.4:
        reason = "E7"
    return _Course(child.turns(18), reason, legal, is_long_term=kind == "long_term")


def _remand(rng: Random, child: Child, start: date) -> _Course:
    end = _capped(child, start + days(rng.randint(10, 70)))
    reason = "E14" if rng.random() < 0.6 else "E9"
    mode = rng.choices(("custody", "foster", "residential"), (62, 20, 18))[0]
    return _Course(end, reason, [(start, "J1")], mode=mode)


def _adoption(rng: Random, child: Child, start: date) -> _Course:
    by_consent = child.age_on(start) < 1 and rng.random() < rates()["adoption_by_consent"]
    legal = [(start, "V2")] if by_consent else _first_statuses(rng, start, True)
    decided = legal[-1][0] + days(rng.randint(50, 90) if by_consent else rng.randint(130, 230))
    steps = AdoptionSteps(decided)
    ordered = decided + days(rng.randint(20, 110))
    if not by_consent:
        legal = [*legal, (ordered, "E1")]
    if rng.random() < rates()["adoption_reversed"]:
        steps.reversed_on = ordered + days(rng.randint(150, 420))
        steps.reversal_reason = rng.choices(("RD1", "RD3", "RD4"), (40, 40, 20))[0]
        if not by_consent:
            legal = [*legal, (steps.reversed_on, "C2")]
        course = _to_eighteen(rng, child, legal, "long_term")
        course.adoption = steps
        return course
    steps.matched_on = ordered + days(rng.randint(60, 260))
    steps.placed_on = steps.matched_on + days(rng.randint(8, 35))
    steps.is_by_foster_carer = rng.random() < rates()["adoption_by_foster_carer"]
    end = _capped(child, steps.placed_on + days(rng.randint(150, 330)))
    reason = "E11" if by_consent or rng.random() < 0.2 else "E12"
    return _Course(end, reason, legal, steps, mode="foster", is_long_term=False)


def _mode(rng: Random, child: Child, on: date, family: Family, legal: str) -> str:
    """Where a child of this age goes; shares near England's 31 March 2020."""
    age = child.age_on(on)
    if child.is_unaccompanied:
        shares = {"foster": 45, "supported": 55} if age >= 16 else {"foster": 92, "residential": 8}
    elif age < 1:
        shares = {"foster": 78, "kin": 17, "family_centre": 5}
    elif age < 10:
        shares = {"foster": 76, "kin": 22, "residential": 2}
    elif age < 16:
        shares = {"foster": 64, "kin": 15, "residential": 19, "school": 1, "secure": 1}
    else:
        shares = {"foster": 40, "kin": 7, "residential": 18, "supported": 34, "secure": 1}
    if family.kin is None:
        shares.pop("kin", None)
    if legal not in ("C1", "C2"):
        shares.pop("secure", None)
    return rng.choices(list(shares), list(shares.values()))[0]


def _find_homes(
    rng: Random, homes: Homes, family: Family, period: Period, course: _Course, other: Beside | None
) -> None:
    """Fill in the stays: moves, the last phase at home or with adopters, then what happens within."""
    steps = course.adoption
    placed = steps.placed_on if steps else None
    period.homes_until = placed or course.home_from or period.end
    _main_homes(rng, homes, family, period, course, other)
    period.as_found = tuple(replace(stay) for stay in period.stays)
    if placed and steps:
        _place_for_adoption(rng, homes, family, period, steps)
    elif course.home_from:
        home = homes.find(rng, "parent", family, period.child, course.home_from, period.end)
        period.stays[-1].left_because = "CARPL"
        period.stays.append(Stay(course.home_from, home))
    _fit_last_home(rng, homes, family, period)
    _same_carer_changes(rng, homes, family, period, course)
    _register_supported(period)
    _temporary_stays(rng, homes, family, period)


def _main_homes(
    rng: Random, homes: Homes, family: Family, period: Period, course: _Course, other: Beside | None
) -> None:
    """The homes of a brother or sister for as long as they share them; then homes found one by one."""
    until = period.homes_until
    if other:
        period.stays, parted_on = shared(other, period.start, until, course.mode)
    starts = _move_days(rng, period, until, is_settled=course.mode in ("kin", "custody"))
    if period.stays:
        period.stays[-1].left_because = None
        starts = [day for day in starts if day > parted_on]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else until
        mode = course.mode or _mode(rng, period.child, start, family, period.legal_on(start))
        home = homes.find(rng, mode, family, period.child, start, end)
        if period.stays and home.carer == period.stays[-1].home.carer:
            continue
        if period.stays:
            period.stays[-1].left_because = _move_reason(rng, mode)
        period.stays.append(Stay(start, home))


def _move_days(rng: Random, period: Period, end: date, is_settled: bool) -> list[date]:
    """The start, and the days of moves before `end`; more in the first year and for teenagers."""
    found = [period.start]
    if is_settled:
        return found
    day = period.start
    while True:
        rate = rates()["move_rate_teen" if period.child.age_on(day) >= 10 else "move_rate_young"]
        if (day - period.start).days < 300:
            rate *= 1.9
        elif (day - period.start).days > 900:
            rate *= 0.45
        day += days(4 + rng.expovariate(rate) * 365)
        if day + days(14) >= end:
            return found
        found.append(day)


def _move_reason(rng: Random, mode: str) -> str:
    return rng.choices(
        ("CARPL", "CREQB", "CREQO", "CHILD", "LAREQ", "STAND", "CLOSE", "ALLEG", "APPRR", "OTHER"),
        (46, 18, 10, 8, 6, 3, 3, 2, 1, 3),
    )[0]


def _place_for_adoption(
    rng: Random, homes: Homes, family: Family, period: Period, steps: AdoptionSteps
) -> None:
    placed = steps.placed_on
    assert placed is not None
    before = period.stays[-1]
    adopters = homes.find(rng, "adopters", family, period.child, placed, period.end)
    by_consent = period.legal[-1][1] != "E1"
    if steps.is_by_foster_carer:
        code = "A3" if by_consent else "A5"
        home = replace(before.home, placement_type=code, urn=adopters.urn, provider=adopters.provider)
        if before.home.provider != "PR1" and home.provider == "PR1":
            home = replace(home, provider="PR5", urn="XXXXXXX")
        before.left_because = "PLACE"
    else:
        home = replace(adopters, placement_type="A4" if by_consent else "A6")
        before.left_because = "CARPL"
    period.stays.append(Stay(placed, home))


def _fit_last_home(rng: Random, homes: Homes, family: Family, period: Period) -> None:
    """Make the last home fit the reason why care ends: who stays with carers has foster carers."""
    last = period.stays[-1]
    if period.reason == "E17" and last.home.placement_type[0] != "U":
        period.reason = "E5"
    if period.reason == "E45" and last.home.placement_type not in ("U1", "U2", "U3"):
        period.reason = "E46" if last.home.placement_type[0] == "U" else "E47"
    if period.reason == "E46" and last.home.placement_type not in ("U4", "U5", "U6"):
        period.reason = "E47"


def _same_carer_changes(rng: Random, homes: Homes, family: Family, period: Period, course: _Course) -> None:
    """A carer becomes long-term (often on the day of the order) or moves house: T and U in the return."""
    stays: list[Stay] = []
    order = next((start for start, status in period.legal if status == "C2"), None)
    for stay in period.stays:
        stays.append(stay)
        end = period.stay_ends(stay)
        code = stay.home.placement_type
        if code not in ("U3", "U6") or (end - stay.start).days < 240:
            continue
        if course.is_long_term and rng.random() < 0.75:
            day = stay.start + days(rng.randint(100, 200))
            if order and stay.start + days(5) < order < end - days(10):
                day = order if rng.random() < 0.4 else max(day, order + days(20))
            if day < end - days(30):
                stays.append(
                    _changed(stay, day, replace(stay.home, placement_type={"U3": "U1", "U6": "U4"}[code]))
                )
        elif rng.random() < 0.06:
            stays.append(_changed(stay, end - days(60), homes.moved(rng, stay.home, family)))
    period.stays = stays


def _changed(stay: Stay, day: date, home: Home) -> Stay:
    """The stay goes on with the same carer from the day, and ends for the reason it had."""
    after = Stay(day, home, stay.left_because)
    stay.left_because = "PLACE"
    return after


def _register_supported(period: Period) -> None:
    """Cut stays in supported accommodation on the days when the return's rules for them changed."""
    for day in (SUPPORTED_REGISTERED_ON, SUPPORTED_IS_K3_ON):
        if not period.start < day < period.end:
            continue
        stay = period.stay_on(day)
        if stay.home.placement_type != "H5":
            continue
        if stay.start == day:
            stay.home = supported_on(stay.home, day)
        else:
            after = _changed(stay, day, supported_on(stay.home, day))
            period.stays.insert(period.stays.index(stay) + 1, after)


def _temporary_stays(rng: Random, homes: Homes, family: Family, period: Period) -> None:
    """Hospital, holidays, a few nights elsewhere: out, and back to the same home."""
    found: list[Stay] = []
    holidays: list[date] = []
    for stay in period.stays:
        found.append(stay)
        end = period.stay_ends(stay)
        length = (end - stay.start).days
        if length < 90 or stay.home.placement_type[0] not in "UK":
            continue
        if rng.random() >= min(rates()["temporary_rate"] * length / 365, 0.5):
            continue
        code, longest = rng.choice((("T1", 30), ("T3", 18), ("T4", 6), ("T4", 6)))
        if code == "T3" and (stay.home.placement_type[0] == "K" or holidays):
            code, longest = "T4", 6
        out = stay.start + days(rng.randint(20, length - 60))
        back = out + days(rng.randint(2, longest))
        if any(out - days(2) <= day <= back + days(2) for day, _ in period.legal):
            continue
        if code == "T3":
            holidays.append(out)
        home = homes.temporary(rng, code, family, stay.home)
        found += [Stay(out, home), Stay(back, stay.home, stay.left_because)]
        stay.left_because = None
    period.stays = found
