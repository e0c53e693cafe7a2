"""What figures are asked about: the newest taking of the record, with what is looked up beside it."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kith.insight.england.neighbours import Neighbours, read_neighbours
from kith.insight.facts import Facts
from kith.insight.lookups import Lookups, read_areas, read_populations
from kith.insight.opening import open_facts
from kith.record.figures.folders import folder_of
from kith.record.figures.models import Taking

State = Taking.State
ABANDONED = timedelta(minutes=30)  # a taking that was killed is not waited for
POPULATIONS, AREAS, NEIGHBOURS, PUBLISHED = "populations.csv", "areas.csv", "neighbours.csv", "published"


def newest() -> Taking | None:
    """The newest taking that is done, or None."""
    done = Taking.objects.filter(state=State.DONE).order_by("-pk")
    return next((taking for taking in done if folder_of(taking).is_dir()), None)


def going_on() -> Taking | None:
    """The taking that waits or runs, or None; one that was killed is passed over."""
    waiting = Taking.objects.filter(state__in=(State.WAITING, State.RUNNING))
    return waiting.filter(asked_at__gt=timezone.now() - ABANDONED).order_by("-pk").first()


def latest_failure() -> Taking | None:
    """The newest taking of all, where it could not be done; None where it was, or goes on."""
    latest = Taking.objects.order_by("-pk").first()
    return latest if latest and latest.state == State.FAILED else None


def facts_of(taking: Taking) -> Facts:
    """The facts of a taking, with the lookups that were given. What is worked out of them is kept for the
    next page that asks. Raises BadLookup where a lookup's file cannot be read.
    """
    stamps = tuple((name, _changed(lookups_folder() / name)) for name in (POPULATIONS, AREAS, PUBLISHED))
    return _facts(str(folder_of(taking)), taking.authority or None, stamps)


def lookups_folder() -> Path:
    """Where an authority keeps the files that figures look things up in."""
    return Path(settings.HOME) / "lookups"


def published_folder() -> Path | None:
    """The folder of figures that were added to England's; None where none were."""
    folder = lookups_folder() / PUBLISHED
    return folder if folder.is_dir() else None


def neighbours() -> Neighbours | None:
    """The statistical neighbours that were given; None where none were. Raises CannotRead."""
    file = lookups_folder() / NEIGHBOURS
    return _neighbours(file, _changed(file)) if file.is_file() else None


@lru_cache(maxsize=2)
def _neighbours(file: Path, changed: float) -> Neighbours:
    return read_neighbours(file)


@lru_cache(maxsize=2)
def _facts(folder: str, authority: str | None, stamps: tuple[tuple[str, float], ...]) -> Facts:
    return open_facts(Path(folder), authority=authority, lookups=_lookups(dict(stamps))).facts


def _lookups(changed: dict[str, float]) -> Lookups:
    given = Lookups()
    place = lookups_folder()
    return Lookups(
        populations=read_populations(place / POPULATIONS) if changed[POPULATIONS] else given.populations,
        areas=read_areas(place / AREAS) if changed[AREAS] else given.areas,
        published=published_folder(),
    )


def _changed(path: Path) -> float:
    """When a file, or what lies in a folder, last changed; 0 for none."""
    if path.is_dir():
        return max((_changed(each) for each in path.iterdir()), default=0.0)
    return path.stat().st_mtime if path.is_file() else 0.0
