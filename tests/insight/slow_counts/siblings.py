"""Brothers and sisters in care: who is whose, and whether they live together."""

from datetime import date, timedelta
from itertools import combinations

from insight.slow_counts.care import unit
from insight.slow_counts.care_spells import Spell, in_care, spells
from insight.slow_counts.cases import is_in, is_open_on
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.placements import is_short_stay, placements_of, usual_placement
from insight.slow_counts.told import Row, Told

SIBLINGS = ("sibling", "half_sibling")
PARENTS = ("mother", "father", "adoptive_parent")


def _pairs(told: Told, day: date) -> set[tuple[str, str]]:
    """Who is whose brother or sister on a day, both ways: said so, or by a parent both have."""
    if not told.rows("kith_relationships"):
        return _pairs_by(told, "ssd_family", "fami_family_id", "fami_person_id")
    found, children = set(), {}
    for row in told.rows("kith_relationships"):
        one, other, kind = row["kith_person_id"], row["kith_other_person_id"], row["kith_kind"]
        is_in_force = is_open_on(day, row["kith_start_date"] or date.min, row["kith_end_date"])
        if kind in SIBLINGS and is_in_force:
            found |= {(one, other), (other, one)}
        if kind in PARENTS:
            children.setdefault(other, set()).add(one)
    for of_one in children.values():
        found |= {(one, other) for one in of_one for other in of_one if one != other}
    return found


def _pairs_by(told: Told, table: str, group: str, person: str) -> set[tuple[str, str]]:
    members: dict[str, set[str]] = {}
    for row in told.rows(table):
        members.setdefault(row[group], set()).add(row[person])
    return {(one, other) for some in members.values() for one in some for other in some if one != other}


def _are_together(here: Row | None, there: Row | None) -> bool | None:
    """Whether two children live in one place; None where it is not known."""
    if here is None or there is None:
        return None
    urns = [row["clap_cla_placement_urn"] or "" for row in (here, there)]
    posts = ["".join((row["clap_cla_placement_postcode"] or "").split()).upper() for row in (here, there)]
    if all(posts):
        return posts[0] == posts[1] and (urns[0] == urns[1] or not all(urns))
    carers = [row.get("kith_carer") for row in (here, there)]
    if all(urns) and all(carers) and urns[0] == urns[1] and carers[0] == carers[1]:
        return True
    return None


def _with_siblings(told: Told, day: date) -> list[tuple[Spell, list[bool]]]:
    """The children in care who have a brother or sister in care, and of each of those whether they live
    together; children of whom it is not known of all are left out.
    """
    here = {spell.person: spell for spell in in_care(told, day)}
    pairs = _pairs(told, day)
    found = []
    for person, spell in here.items():
        others = [here[other] for one, other in sorted(pairs) if one == person and other in here]
        home = usual_placement(told, spell, day)
        together = [_are_together(home, usual_placement(told, other, day)) for other in others]
        known = [each for each in together if each is not None]
        if others and len(known) == len(others):
            found.append((spell, known))
    return found


@counts("share")
def children_parted_from_brothers_and_sisters(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, last, counts=not all(together)) for spell, together in _with_siblings(told, last)]


@counts("share")
def children_parted_from_all_brothers_and_sisters(told: Told, first: date, last: date) -> list[Unit]:
    return [unit(spell, last, counts=not any(together)) for spell, together in _with_siblings(told, last)]


def _groups(told: Told, found: list[Spell]) -> list[list[Spell]]:
    """Brothers and sisters who came into care within seven days of each other, as groups of two or more."""
    groups: list[list[Spell]] = [[spell] for spell in found]
    for one, other in combinations(found, 2):
        later = max(one.start, other.start)
        is_close = abs(one.start - other.start) <= timedelta(days=7)
        if is_close and (one.person, other.person) in _pairs(told, later):
            ours = next(group for group in groups if one in group)
            theirs = next(group for group in groups if other in group)
            if ours is not theirs:
                ours += theirs
                groups.remove(theirs)
    return [group for group in groups if len(group) > 1]


def _first_home(told: Told, spell: Spell) -> Row | None:
    """The first placement of a time in care that is no short stay."""
    return next((row for row in placements_of(told, spell) if not is_short_stay(row)), None)


@counts("share")
def sibling_groups_parted_on_coming_into_care(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    came = [one for one in spells(told) if one.is_start_known and is_in(one.start, first, last)]
    for group in _groups(told, came):
        together = [
            _are_together(_first_home(told, one), _first_home(told, other))
            for one, other in combinations(group, 2)
        ]
        eldest = min(group, key=lambda spell: (spell.start, spell.person))
        if False in together:
            units.append(unit(eldest, eldest.start, counts=True))
        elif None not in together:
            units.append(unit(eldest, eldest.start, counts=False))
    return units
