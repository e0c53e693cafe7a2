"""A family that asked for help and is new to us: its children and who asked, on record as they told it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from kith.record.frontdoor.models import Together
from kith.record.help.models import HelpRequest
from kith.record.pathway.deciding_contacts import POSTCODE, TIES
from kith.record.people.models import Person, User
from kith.record.people.services import NewHome, NewPerson, NewTie, register_family
from kith.standards.working_days import legal_day

ASKED = "who asked"
ASKERS = {"mother": "F", "father": "M"}  # code list `family_relationships`, with what it says of the sex
A_HOUSE = re.compile(r"\b\d+[a-z]?,? [a-z]{3,}", re.IGNORECASE)  # "4 Mill Lane"; no half a postcode


def put_on_record(
    new_children: Sequence[Mapping[str, Any]],
    *,
    beside: Sequence[Person],
    by: User,
    request: HelpRequest | None,
    together: str = "",
    asker_is: str = "",
    is_home_hidden: bool | None = None,
) -> list[Person]:
    """Return these children, put on record, tied as told (`Together`) to each other and to those `beside`.

    Who asked is put on record with them, by the name they gave, where `asker_is` says mother or father.
    They live where the request says, where `is_home_hidden` says whether that is kept from anybody: it is
    never assumed. None of it is checked. Raises NotAllowed and NotPossible; then nobody is on record.
    """
    keys = [str(place) for place in range(len(new_children))]
    people = [
        NewPerson(key, True, details=dict(child)) for key, child in zip(keys, new_children, strict=True)
    ]
    said_by = _said_by(request)
    ties = _siblings(keys, new_children, beside, TIES.get(together, ""), said_by)
    asker = _asker(request, asker_is)
    if asker and people:
        people.append(asker)
        ties += [NewTie(key, ASKED, asker_is, asker_is == "mother" or None, said_by=said_by) for key in keys]
    if not people:
        return []
    home = _home_told(request, is_home_hidden)
    made = register_family(by=by, people=people, ties=ties, address=home, on=timezone.localdate())
    return [made[key] for key in keys]


def is_an_address(where: str) -> bool:
    """Whether words tell in which house somebody lives; a district alone, or half a postcode, does not."""
    return bool(POSTCODE.search(where) or A_HOUSE.search(where))


def _said_by(request: HelpRequest | None) -> str:
    asked = f", who asked for help on {legal_day(request.asked_at):%d/%m/%Y}" if request else ""
    return f"the family{asked}; not checked"


def _siblings(
    keys: Sequence[str],
    new: Sequence[Mapping[str, Any]],
    beside: Sequence[Person],
    kind: str,
    said_by: str,
) -> list[NewTie]:
    """What the new children are to each other and to those on record; those are tied by nobody's word."""
    if not kind:
        return []
    pairs = [(one, other) for one in range(len(keys)) for other in range(one + 1, len(keys))]
    return [
        *(
            NewTie(
                keys[one], keys[other], kind, said_by=said_by,
                is_born_together=kind == TIES[Together.SIBLINGS] and _same_birth(new[one], new[other]),
            )
            for one, other in pairs
        ),
        *(NewTie(key, person, kind, said_by=said_by) for key in keys for person in beside),
    ]  # fmt: skip


def _same_birth(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two were born on one day, or are expected on one: twins, who are never one person."""
    days = ("date_of_birth", "expected_date_of_birth")
    return any(one.get(day) is not None and one.get(day) == other.get(day) for day in days)


def _asker(request: HelpRequest | None, asker_is: str) -> NewPerson | None:
    """Who asked, by the name they gave; nobody where they gave none, or somebody else asked for them."""
    if request is None or asker_is not in ASKERS or not request.name.strip():
        return None
    *given, last = request.name.split()
    names = {"given_names": " ".join(given) or last, "family_name": last if given else ""}
    return NewPerson(ASKED, is_child=False, details={**names, "sex": ASKERS[asker_is]})


def _home_told(request: HelpRequest | None, is_hidden: bool | None) -> NewHome | None:
    """Where a family said that it lives as it asked for help; a district alone is no address."""
    if request is None or is_hidden is None or not is_an_address(request.where):
        return None
    found = POSTCODE.search(request.where)
    return NewHome(
        lines=(request.where[: found.start()] if found else request.where).strip(" ,;\n"),
        postcode=found[0] if found else "",
        is_confidential=is_hidden,
        said_by=_said_by(request),
    )
