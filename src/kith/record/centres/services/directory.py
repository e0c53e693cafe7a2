"""Taking in a directory of services as it is published elsewhere."""

from dataclasses import dataclass

from django.db import transaction

from kith.record.audit import services as audit
from kith.record.centres import open_referral, permissions
from kith.record.centres.models import DirectoryService
from kith.record.people.models import User
from kith.record.versions import supersede

page_of = open_referral.page_of


@dataclass(frozen=True)
class TakenIn:
    """What came of a file: how many services were new, changed, and as they were before."""

    new: int
    changed: int
    same: int


@transaction.atomic
def import_directory(*, content: bytes, by: User) -> TakenIn:
    """Return what came of a file of Open Referral UK services; all of it is taken in, or nothing.

    A service is known by its publisher's id. One that is not in the file stays: a file may be one page of
    many. Taken in twice, nothing changes. Raises NotAllowed, NotADirectory.
    """
    permissions.check_can_run(by)
    given = open_referral.read(content)
    known = {one.source_id: one for one in DirectoryService.current.select_for_update()}
    fresh = [each for each in given if each.source_id not in known]
    held = [each for each in given if each.source_id in known]
    other = [each for each in held if known[each.source_id].as_given != each.as_given]
    DirectoryService.objects.bulk_create(
        [
            DirectoryService(
                source_id=each.source_id, name=each.name, status=each.status, as_given=each.as_given,
                recorded_by=by,
            )
            for each in fresh
        ],
        batch_size=200,
    )  # fmt: skip
    for each in other:
        supersede(
            known[each.source_id], by=by, ended_as="corrected",
            name=each.name, status=each.status, as_given=each.as_given,
        )  # fmt: skip
    taken = TakenIn(len(fresh), len(other), len(given) - len(fresh) - len(other))
    audit.record(
        "import_directory", by=by, about={"new": taken.new, "changed": taken.changed, "same": taken.same}
    )
    return taken
