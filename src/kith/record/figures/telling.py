"""From which day, and up to which, the record can be asked about: what it came from, and whether people work
in it.
"""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from kith.dataset.returns import Kind
from kith.dataset.years import first_day, last_day
from kith.insight.sources.tells import tells
from kith.record.care.models import PeriodOfCare, Placement
from kith.record.frontdoor.models import Contact, Referral
from kith.record.importer.models import SourceFile

_KINDS: tuple[Kind, ...] = ("903", "cin")
_WORKED_IN = (Contact, Referral, PeriodOfCare, Placement)


def told_until(today: date | None = None) -> date:
    """The last day that the record tells of: today where people work in it, or it came as an extract; else
    the last day of the newest return that was brought in. `date.min` for a record of nobody.
    """
    now = today or timezone.localdate()
    if _is_worked_in() or _files().filter(return_kind="ssd").exists():
        return now
    newest = _files().filter(return_kind__in=_KINDS).aggregate(year=Max("year"))["year"]
    return min(last_day(newest), now) if newest else date.min


def told_since() -> Mapping[str, date | None]:
    """The first day that each table tells of, where the record began with returns: nothing before the first
    of them was told but what was still open then. Empty for what was brought in as an extract.
    """
    if _files().filter(return_kind="ssd").exists():
        return {}
    since: dict[str, date | None] = {}
    for kind in _KINDS:
        first = _files().filter(return_kind=kind).aggregate(year=Min("year"))["year"]
        if first:
            since |= {table: first_day(first) for table in tells(kind) if table != "ssd_person"}
    return since


def _files() -> "QuerySet[SourceFile]":
    return SourceFile.objects.filter(batch__undone_at=None)


def _is_worked_in() -> bool:
    return any(model.current.filter(batch=None).exists() for model in _WORKED_IN)
