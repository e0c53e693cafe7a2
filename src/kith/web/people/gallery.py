"""Who may be meant by a name, in every state. Everybody here is invented."""

from datetime import date, timedelta
from typing import Any

from kith.record.people.models import DatePrecision
from kith.record.people.queries import Shown
from kith.web.people.matching import NOT_YET_BORN, Match, Meant


def examples(today: date) -> dict[str, Any]:
    """What the gallery shows of these pieces."""
    yusuf = _shown(2, "Yusuf Khan", today, years=5)
    amira = Match(
        _shown(1, "Amira Khan", today, years=7), "sounds like", "Ameera Khan", can_open=False, family=(yusuf,)
    )
    unborn = Match(_shown(3, "Baby Khan", today), NOT_YET_BORN, "Baby Khan", can_open=False)
    return {
        "found": Meant("Ameera Khan", (unborn, amira)),
        "kept": Meant("Salma Hart", a_manager_will_confirm=True),
        "none": Meant("Zebedee Ash"),
        "refused": Meant("x" * 201, refused="That is too long to search for. Type a name."),
    }


def _shown(number: int, name: str, today: date, years: int | None = None) -> Shown:
    return Shown(
        person_id=number,
        name=name,
        has_name=True,
        authority="",
        date_of_birth=None if years is None else today - timedelta(days=366 * years),
        date_of_birth_precision=DatePrecision.DAY,
        expected_date_of_birth=today + timedelta(days=9) if years is None else None,
        date_of_death=None,
        district="NB1",
        named_worker="Sade Bankole",
        ring="",
    )
