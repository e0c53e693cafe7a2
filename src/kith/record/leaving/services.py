"""What people do after care: write down how a care leaver is doing around each birthday."""

from datetime import date

from django.db import transaction

from kith.record.chronology.entering import enter
from kith.record.chronology.policies import check_day, life_of
from kith.record.leaving import permissions, policies
from kith.record.leaving.models import CareLeaverYear
from kith.record.people.models import Person, User


@transaction.atomic
def record_care_leaver_year(
    *,
    child: Person,
    on: date,
    year: int,
    in_touch: str,
    by: User,
    activity: str = "",
    accommodation: str = "",
) -> CareLeaverYear:
    """How a care leaver was around the birthday that fell in the year to 31 March of `year`.

    Raises NotAllowed, WrongDate, WrongCode, NotInTouch, AlreadyRecorded.
    """
    permissions.check_can_record(by, child)
    check_day(on, life_of(child))
    policies.check_codes(in_touch=in_touch, activity=activity, accommodation=accommodation, on=on)
    policies.check_once(CareLeaverYear.current.filter(person=child, year=year).exists(), year)
    told = CareLeaverYear(
        person=child, year=year, in_touch=in_touch, activity=activity, accommodation=accommodation
    )
    return enter(told, by=by, act="record_care_leaver_year")
