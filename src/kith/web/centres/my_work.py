"""On My work of whoever runs centres: whom to tell that a session is not held, and days nobody counted."""

from typing import Any

from django.utils import timezone

from kith.record.centres import queries
from kith.web.my_work import Work
from kith.web.sections import Section

WEEKS = 1


def _to_count(work: Work) -> dict[str, Any] | None:
    if not work.may("run_centres"):
        return None
    today = timezone.localdate(work.now)
    found, to_tell = queries.not_counted_of_late(today, weeks=WEEKS), queries.to_tell(today)
    return {"days": found, "to_tell": to_tell} if found or to_tell else None


SECTIONS = (Section("kith/centres/to_count.html", _to_count, 64),)
