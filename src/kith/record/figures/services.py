"""Taking the record for figures: asked for by a person or each night, done in the background."""

import logging
import shutil
from datetime import timedelta
from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kith.dataset.dataset import Dataset, write_folder
from kith.insight.sources import whole_source
from kith.insight.sources.kept import write_sources
from kith.record.access.messages import page, tell
from kith.record.audit.services import record
from kith.record.extract.queries import extract, known_elsewhere_alone
from kith.record.figures.folders import folder_of
from kith.record.figures.given_out import give_out, is_due
from kith.record.figures.models import Taking
from kith.record.figures.queries import going_on
from kith.record.figures.telling import told_since, told_until
from kith.record.people.local import own_authority
from kith.record.people.models import Person, User
from kith.record.people.permissions import check_can
from kith.record.people.queries import authorities_known
from kith.record.refusals import NotPossible, Refused

log = logging.getLogger("kith.figures")
State = Taking.State
KEPT = 2  # takings kept: the newest, and the one before for a page that is being read
OF_NO_USE = {  # who people are called and where they live is in no figure but by its postcode
    "ssd_person": (
        "pers_forename",
        "pers_surname",
        "pers_upn",
        "pers_single_unique_id",
        "pers_common_child_id",
    ),
    "ssd_address": ("addr_address_json",),
    "ssd_professionals": ("prof_professional_name",),
}
NOT_KEPT = ("kith_names", "ssd_linked_identifiers", "ssd_api_data_staging")
FAULT = (
    "Kith met a fault while it took the record for figures. Nothing was changed. Try once more; if it fails "
    "again, tell whoever looks after Kith, with the time of day."
)


def ask(*, by: User) -> Taking:
    """Have the record taken for figures, and give the taking, to be watched; one that goes on is given
    instead.

    Raises NotAllowed.
    """
    check_can("see_insight", by)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # sent twice, one waits for the other
        if already := going_on():
            return already
        taking = Taking.objects.create(by_id=by.pk)
        run_taking.enqueue(taking.pk)
    taking.refresh_from_db()
    return taking


def take() -> Taking:
    """Take the record for figures now, for Kith itself. Raises NotPossible for a record of nobody."""
    taking = Taking.objects.create()
    _take(taking)
    return taking


def ask_each_day() -> Taking | None:
    """Have the record taken for Kith itself, once on each day; None where it was, or there is nobody in
    it.
    """
    if going_on() or Taking.objects.filter(asked_at__date=timezone.localdate()).exists():
        return None
    if not authorities_known():
        return None
    taking = Taking.objects.create()
    run_taking.enqueue(taking.pk)
    return taking


@task()
def run_taking(taking_id: int) -> None:
    """Take the record for a taking that waits. One that has ended is left as it is."""
    if not Taking.objects.filter(pk=taking_id, state=State.WAITING).update(state=State.RUNNING):
        return
    taking = Taking.objects.get(pk=taking_id)
    try:
        _take(taking)
    except Refused as refusal:
        _failed(taking, str(refusal))
    except Exception:
        log.exception("Taking %s failed", taking.pk)
        _failed(taking, FAULT)
        raise
    give_out_once_a_quarter(taking)
    if taking.by_id:
        tell([User.objects.get(pk=taking.by_id)], "Today's figures are ready.", link=page("insight"))


def record_taken_away(what: str, form: str, audience: str, *, by: User) -> None:
    """Write down that figures were taken away as a file, for whom, and by whom. Raises AuditUnavailable."""
    record("figures_taken_away", by=by, about={"what": what, "form": form, "for": audience})


def give_out_once_a_quarter(taking: Taking) -> None:
    """Have figures made for those outside, in the background, where the last quarter's are not there yet."""
    if is_due(taking):
        give_out.enqueue(taking.pk)


def _whose() -> str:
    """The authority whose record this is: as was said, or the first whose ids it holds; "" for none."""
    own = own_authority()
    return own.code if own else next(iter(authorities_known()), "")


def _of(authority: str) -> list[int] | None:
    """Everybody but children of other authorities alone, whose returns came in too; None for everybody."""
    others = known_elsewhere_alone(authority) if authority else frozenset()
    if not others:
        return None
    return sorted(set(Person.objects.values_list("pk", flat=True)) - others)


def _take(taking: Taking) -> None:
    """Write the tables into a folder of their own, and only then say that they are there."""
    authority = _whose()
    until = told_until()
    dataset = without_names(extract(_of(authority), authority=authority or None))
    if not dataset["ssd_person"].height:
        raise NotPossible("The record holds nobody yet.", "Bring returns in, or begin to work in it.")
    place = folder_of(taking)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    write_folder(dataset, place)
    write_sources(whole_source(dataset, "record", until, told_since()), place)
    people = dataset["ssd_person"].height
    with transaction.atomic():
        record(
            "record_taken_for_figures",
            by=None,
            about={"taking": taking.pk, "people": people, "by": taking.by_id},
        )
        taking.as_of, taking.authority, taking.people = until, authority, people
        taking.state, taking.ended_at = State.DONE, timezone.now()
        taking.save()
    throw_away_old()


def without_names(dataset: Dataset) -> Dataset:
    """The dataset without what tells who somebody is and no figure needs: names, identifiers, streets."""
    frames = {table: dataset[table] for table in dataset.filled() if table not in NOT_KEPT}
    for table, columns in OF_NO_USE.items():
        if table in frames:
            frames[table] = frames[table].with_columns(
                pl.lit(None, dtype=pl.String).alias(name) for name in columns
            )
    return Dataset(frames)


def throw_away_old() -> None:
    """Delete all but the newest takings, and the folders of any that are not there."""
    kept = list(Taking.objects.filter(state=State.DONE).order_by("-pk").values_list("pk", flat=True)[:KEPT])
    old_failures = timezone.now() - timedelta(days=7)
    gone = Taking.objects.filter(state=State.DONE).exclude(pk__in=kept)
    gone = gone | Taking.objects.filter(state=State.FAILED, asked_at__lt=old_failures)
    gone.delete()
    held = {str(pk) for pk in Taking.objects.values_list("pk", flat=True)}
    for folder in (Path(settings.HOME) / "figures").iterdir():
        if folder.name not in held:
            shutil.rmtree(folder, ignore_errors=True)


def _failed(taking: Taking, words: str) -> None:
    taking.state, taking.message, taking.ended_at = State.FAILED, words[:1000], timezone.now()
    taking.save(update_fields=["state", "message", "ended_at"])
