"""Makes the whole of Northbrook: `invent`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kith.invented.deciding import DECISIONS, with_deciders
from kith.invented.diary import Act, in_order
from kith.invented.families import Family, FamilyMaker, Keys
from kith.invented.homes import Homes
from kith.invented.pathway import first_course, tell_family, tell_unaccompanied
from kith.invented.places import (
    AUTHORITY_CODE,
    AUTHORITY_NAME,
    Places,
    Postcodes,
    Provider,
    RealPostcodes,
)
from kith.invented.rates import rates
from kith.invented.rooms import Room, Told, every_room, second_pass
from kith.invented.story import Story, World, return_year
from kith.invented.workers import TEAMS, Staff, Team, Worker

# Years told before the first return, so that it begins with children already in care. Those who came
# long before are only those who came into care: the others are closed by then.
_YEARS_BEFORE = 3
_YEARS_OF_CARE_BEFORE = 14
_FIRST_DAY = date(2006, 1, 2)  # before this we know neither the law's working days nor today's codes

# (age from, to, share): children referred, and children who come into care (England 2019/20).
_AGES = ((0.05, 1, 8), (1, 5, 24), (5, 10, 28), (10, 16, 32), (16, 17, 8))
_CARE_AGES = ((0.02, 1, 24), (1, 5, 20), (5, 10, 18), (10, 16, 27), (16, 17.4, 11))


@dataclass(frozen=True, slots=True)
class Authority:
    """An invented authority: its code and area, who works there, its providers, and the diary."""

    code: str
    name: str
    until: date
    first_year: int  # END years of the returns that the diary fills
    last_year: int
    teams: tuple[Team, ...]
    workers: tuple[Worker, ...]
    providers: tuple[Provider, ...]
    families: tuple[Family, ...]
    diary: tuple[Act, ...]


def invent(
    children: int,
    years: int,
    seed: int,
    until: date,
    postcodes: Postcodes | None = None,
    rooms: Iterable[Room] | None = None,
) -> Authority:
    """Invent an authority with about `children` open children on the day `until`.

    The diary fills `years` whole return years up to the last 31 March on or before `until`, and the part
    of a year after it; children who were open then have their history from their first contact.
    The same arguments make the same authority, on any machine and day. `rooms` add their acts to those
    that stand without them; every one in `kith.invented.rooms` when left out.
    Raises ValueError for sizes below 1; PlacesNotBuilt where set-up has not built the postcode table.
    """
    if children < 1 or years < 1:
        raise ValueError("An invented authority needs at least one child and one year. Give larger numbers.")
    last_year = until.year if until >= date(until.year, 3, 31) else until.year - 1
    first_year = last_year - years + 1
    opens = date(first_year - 1, 4, 1)
    rng = Random(f"{seed} authority")
    places = Places(postcodes or RealPostcodes(), rng, children)
    keys = Keys()
    start = max(_FIRST_DAY, opens - timedelta(days=365 * _YEARS_OF_CARE_BEFORE))
    staff = Staff(rng, children, start, until)
    world = World(places, Homes(places), staff, keys, FamilyMaker(keys, places), until)
    families: dict[int, Family] = {}
    family_of: dict[str, int] = {}  # by the key of a person
    acts: list[Act] = []
    for number, (day, kind) in enumerate(_arrivals(seed, children, start, opens, until), start=1):
        story = _story(world, Random(f"{seed} {number}"), day, kind, number)
        if story.last_day >= opens:
            families[number] = story.family
            family_of |= {act.person: number for act in story.acts}
            acts.extend(story.acts)
    diary = with_deciders(in_order(acts), staff, Random(f"{seed} deciders"))
    added = second_pass(
        _told(diary, families, family_of, world), every_room() if rooms is None else rooms, seed
    )
    decided = {act.by for act in diary if act.act in DECISIONS} | {act.by for act in added}
    return Authority(
        AUTHORITY_CODE,
        AUTHORITY_NAME,
        until,
        first_year,
        last_year,
        TEAMS,
        tuple(one for one in staff.workers if one.key in decided or _is_here_from(one, opens)),
        places.providers,
        tuple(families.values()),
        tuple(in_order([*diary, *added])),
    )


def _told(
    diary: Iterable[Act], families: Mapping[int, Family], family_of: Mapping[str, int], world: World
) -> list[Told]:
    """Each family with its own acts, as the rooms go over them."""
    acts: defaultdict[int, list[Act]] = defaultdict(list)
    for act in diary:
        acts[family_of[act.person]].append(act)
    return [
        Told(number, family, tuple(acts[number]), world.staff, world.until)
        for number, family in families.items()
    ]


def _is_here_from(worker: Worker, day: date) -> bool:
    return worker.ended_on is None or worker.ended_on >= day


def _arrivals(seed: int, children: int, start: date, opens: date, until: date) -> Iterator[tuple[date, str]]:
    """Days on which a new family comes, in order, and how: `any`, `care` or `alone`."""
    rng = Random(f"{seed} arrivals")
    referrals = children / rates()["open_children_a_referral_a_year"]
    families = referrals * rates()["families_a_referral"]
    full = max(start, opens - timedelta(days=365 * _YEARS_BEFORE))
    found = [
        *((day, "any") for day in _days(rng, families, full, until)),
        *((day, "care") for day in _days(rng, families * rates()["care"] * 1.35, start, full)),
        *((day, "alone") for day in _days(rng, referrals * rates()["unaccompanied_a_referral"], full, until)),
    ]
    yield from sorted(found)


def _days(rng: Random, each_year: float, start: date, end: date) -> Iterator[date]:
    """Days at random, this many a year, from `start` up to `end`."""
    at = 0.0
    while True:
        at += rng.expovariate(each_year / 365.25)
        day = start + timedelta(days=int(at))
        if day > end:
            return
        yield day


def _story(world: World, rng: Random, day: date, kind: str, number: int) -> Story:
    if kind == "alone":
        story = Story(world, rng, world.makers.alone(rng, day), number)
        tell_unaccompanied(story, day)
        return story
    course = "care" if kind == "care" else first_course(rng)
    family = world.makers.family(rng, day, *_ages(rng, day, course))
    story = Story(world, rng, family, number)
    tell_family(story, day, course)
    return story


def _ages(rng: Random, day: date, course: str) -> tuple[list[float], date | None]:
    """Ages of a family's children in years, and the day on which an unborn one is expected."""
    bands = _CARE_AGES if course == "care" else _AGES
    low, high, _ = rng.choices(bands, [share for _, _, share in bands])[0]
    age = rng.uniform(low, high)
    number = rng.choices((1, 2, 3, 4, 5), (48, 28, 14, 7, 3))[0]
    if course == "care" and age >= 13 and rng.random() < 0.6:
        number = 1
    ages = [age]
    while len(ages) < number and ages[-1] < 14.5:
        ages.append(ages[-1] + rng.uniform(1.1, 4.2))
    expected = day + timedelta(days=rng.randint(20, 190))
    if rng.random() < rates()["unborn"] and return_year(expected) == return_year(day):
        return ages[1:], expected
    return ages, None
