"""What this authority is and what it decides for itself: dated rows over a table of defaults (decision 0010).

`local_number("conference_quorum", day)` is what was set for that day, or the default of
`data/local_settings.csv`; so a meeting of last year keeps last year's rule.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kith.record.audit import services as audit
from kith.record.once import once
from kith.record.people import permissions, policies, queries
from kith.record.people.models import LocalSetting, OwnAuthority, User
from kith.record.refusals import NotPossible
from kith.standards.tables import rows

_SETTINGS = Path(__file__).parent / "data" / "local_settings.csv"
_CODE = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
BETWEEN = "|"  # the items of a list


@dataclass(frozen=True)
class Setting:
    """Something that may be set: its kind (number, time, list, words), default, and where that is from."""

    name: str
    kind: str
    default: str
    meaning: str
    source: str
    verified: str


@cache
def settings_there_are() -> Mapping[str, Setting]:
    """Everything that an authority may set, by name."""
    return {row["name"]: Setting(**row) for row in rows(_SETTINGS)}


def local_setting(name: str, on: date) -> str:
    """What is set under a name on a day, as it was written; the default where nobody set it."""
    known = settings_there_are()[name]
    return once(("local settings", on), lambda: _set_on(on)).get(name, known.default)


def local_number(name: str, on: date) -> int:
    """What is set under a name on a day, as a number."""
    return int(local_setting(name, on))


def local_time(name: str, on: date) -> time:
    """What is set under a name on a day, as a time of day."""
    return time.fromisoformat(local_setting(name, on))


def local_list(name: str, on: date) -> tuple[str, ...]:
    """What is set under a name on a day, as its items in order; none for a list nobody has filled."""
    return tuple(filter(None, (item.strip() for item in local_setting(name, on).split(BETWEEN))))


def _set_on(on: date) -> dict[str, str]:
    found = LocalSetting.objects.filter(queries.in_force(on)).order_by("started_on", "pk")
    return dict(found.values_list("name", "value"))


@transaction.atomic
def set_locally(*, name: str, value: str, agreed_by: str, started_on: date, by: User) -> LocalSetting:
    """Return what is set from a day on; what was set before ends on that day and stays readable.

    Raises NotAllowed, NotPossible (no such setting, a value of another kind, nobody agreed to it).
    """
    permissions.check_can("keep_local_settings", by)
    _check_value(name, value)
    policies.check_reason(agreed_by)
    for before in LocalSetting.objects.select_for_update().filter(name=name, ended_on=None):
        policies.check_spell(before.started_on, started_on)
        before.ended_on = started_on
        before.save(update_fields=["ended_on"])
    made = LocalSetting.objects.create(
        name=name, value=value.strip(), started_on=started_on, agreed_by=agreed_by, recorded_by=by
    )
    about = {"setting": name, "value": made.value, "from": started_on.isoformat(), "agreed_by": agreed_by}
    audit.record("set_locally", by=by, about=about)
    return made


def _check_value(name: str, value: str) -> None:
    if name not in settings_there_are():
        raise NotPossible(f"Nothing called {name} can be set.", "Choose one of the settings.")
    kind = settings_there_are()[name].kind
    try:
        _READ[kind](value.strip())
    except ValueError:
        raise NotPossible(f"“{value}” is not {_KINDS[kind]}.", f"Write {_KINDS[kind]}.") from None


_READ: dict[str, Callable[[str], object]] = {
    "number": int,
    "time": time.fromisoformat,
    "list": str,
    "words": str,
}
_KINDS = {
    "number": "a whole number",
    "time": "a time such as 09:00",
    "list": "a list",
    "words": "a few words",
}


def own_authority(on: date | None = None) -> OwnAuthority | None:
    """The authority whose record this is on a day (today when left out), or None where nobody said."""
    day = on or timezone.localdate()
    return OwnAuthority.objects.filter(queries.in_force(day)).order_by("-started_on", "-pk").first()


@transaction.atomic
def name_own_authority(*, code: str, name: str, started_on: date, by: User) -> OwnAuthority:
    """Return that this record is an authority's from a day; whose it was before ends then.

    Raises NotAllowed, NotPossible (a code that is not 1 to 20 letters and digits).
    """
    permissions.check_can("keep_local_settings", by)
    if not _CODE.fullmatch(code):
        raise NotPossible(f"“{code}” is no authority’s code.", "Write its letters and digits, such as 299.")
    for before in OwnAuthority.objects.select_for_update().filter(ended_on=None):
        policies.check_spell(before.started_on, started_on)
        before.ended_on = started_on
        before.save(update_fields=["ended_on"])
    made = OwnAuthority.objects.create(code=code, name=name.strip(), started_on=started_on)
    audit.record("own_authority_named", by=by, about={"code": code, "from": started_on.isoformat()})
    return made


def own_authority_to_number() -> OwnAuthority | None:
    """The authority that gives new children their ids, held until the transaction ends; None where it is
    not known.

    Where nobody said and the record holds the child ids of one authority alone, it is that one.
    """
    own = own_authority()
    known = queries.authorities_known() if own is None else []
    if len(known) == 1:
        own = OwnAuthority.objects.create(code=known[0], name=known[0], started_on=timezone.localdate())
        audit.record("own_authority_named", by=None, about={"code": own.code})
    return OwnAuthority.objects.select_for_update().get(pk=own.pk) if own else None
