"""What figures are compared with, as an analyst gives it: child populations, areas, neighbours, and later
years of England's figures. Each file is read whole before it takes the place of the one before.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

import polars as pl
from django.db import transaction
from django.utils import timezone

from kith.dataset.readers.csv_rows import decoded, split_headings_off, split_rows
from kith.dataset.readers.files import Limits, given_files
from kith.insight.breakdowns import BREAKDOWNS
from kith.insight.england.added import Added, add_published
from kith.insight.england.neighbours import read_neighbours
from kith.insight.lookups import BadLookup, heading_twice, read_areas, read_populations
from kith.record.audit.models import Entry
from kith.record.audit.services import record
from kith.record.figures.queries import (
    AREAS,
    NEIGHBOURS,
    POPULATIONS,
    PUBLISHED,
    lookups_folder,
)
from kith.record.people.models import User
from kith.record.people.permissions import check_can
from kith.record.people.queries import authorities_known

MEGABYTE = 1024 * 1024
_ENDS_A_LINE = ("\n", "\r")
_ACT = "comparison_given"
_ONE_AT_A_TIME = Lock()  # what is added is read, laid over and written: two at once would lose one
_TENTHS = tuple(str(tenth) for tenth in range(1, 11))
_HAS_NO_END = "The last line has no end. Check that the file is whole."


@dataclass(frozen=True)
class Kind:
    """Something that figures are compared with. `most` is how many megabytes a file of it may hold."""

    name: str
    title: str
    file: str
    most: int


KINDS: Mapping[str, Kind] = {
    each.name: each
    for each in (
        Kind("populations", "How many children live here", POPULATIONS, 10),
        Kind("areas", "Areas, and how deprived they are", AREAS, 10),
        Kind("neighbours", "Statistical neighbours", NEIGHBOURS, 1),
        Kind("published", "Later years of England’s figures", PUBLISHED, 50),
    )
}


@dataclass(frozen=True)
class Held:
    """What there is of a kind: since when, who gave it (None: whoever set Kith up), and in words."""

    kind: Kind
    since: datetime | None
    by_id: int | None
    words: str


@dataclass(frozen=True)
class Outcome:
    """What became of a file that was given: sentences, and what to look at again."""

    words: tuple[str, ...]
    notes: tuple[str, ...] = ()


def held() -> list[Held]:
    """Each kind, and what there is of it."""
    newest: dict[str, Entry] = {}
    for entry in Entry.objects.filter(act=_ACT).order_by("pk"):
        newest[entry.about.get("what", "")] = entry
    return [_held(kind, newest.get(kind.name)) for kind in KINDS.values()]


def _held(kind: Kind, entry: Entry | None) -> Held:
    place = lookups_folder() / kind.file
    if not (place.is_file() or (place.is_dir() and any(place.iterdir()))):
        return Held(kind, None, None, "")
    changed = datetime.fromtimestamp(place.stat().st_mtime, tz=timezone.get_current_timezone())
    if entry is None:
        return Held(kind, changed, None, "")
    return Held(kind, entry.at, entry.actor_id, entry.about.get("told", ""))


def give(name: str, path: Path, *, by: User | None) -> Outcome:
    """Take the file at `path` as what figures are compared with, in place of what was there before.

    Raises NotAllowed; and BadLookup or CannotRead, in words, for a file that cannot be used: then nothing has
    changed.
    """
    if by is not None:
        check_can("give_comparisons", by)
    kind = KINDS[name]
    if path.stat().st_size > kind.most * MEGABYTE:
        raise BadLookup(f"The file holds more than {kind.most} MB. Give the lines of this authority alone.")
    if path.suffix.lower() == ".zip":  # it would be kept as it came, and be read by nothing
        raise BadLookup("This is a zip file. Unpack it, and give the CSV file that is in it.")
    return _GIVE[name](kind, path, by)


def _give_table(kind: Kind, path: Path, by: User | None) -> Outcome:
    """Read populations or areas, and keep the file as UTF-8."""
    text, notes = _text_of(path)
    lookups_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=lookups_folder()) as folder:
        arriving = Path(folder) / path.name
        arriving.write_text(text, encoding="utf-8")
        told, more = _READ[kind.name](arriving)
        return _keep(kind, arriving, told, (*notes, *more), path.name, by)


def _text_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a CSV file whose every line has as many cells as the first, and notes on it."""
    text, note = decoded(next(iter(given_files(path, Limits()))).read())
    if any(ord(letter) < 32 and letter not in "\t\r\n" for letter in text):
        raise BadLookup(f"{path.name} holds signs that no table has. Save it again as “CSV UTF-8”.")
    headings, lines, first = split_headings_off(text)
    if twice := heading_twice(headings):
        raise BadLookup(f"{path.name} has the heading {twice} more than once. Take one of them out.")
    _, rejects = split_rows(lines, first, headings, path.name)
    if rejects:
        raise BadLookup(f"{path.name}, line {rejects[0].line}: {rejects[0].reason}")
    end = "" if text.endswith(_ENDS_A_LINE) else _HAS_NO_END
    return text, tuple(each for each in (note, end) if each)


def _read_populations(path: Path) -> tuple[str, tuple[str, ...]]:
    table = read_populations(path)
    here = authorities_known()
    own = table.filter(pl.col("authority").is_in(here))
    if own.is_empty():
        raise BadLookup(
            f"{path.name} has no line of this authority. Its column authority has to say {' or '.join(here)}."
        )
    _refuse_unknown_groups(own, path.name)
    years = own.filter(pl.col("breakdown").is_null())["year"]
    if years.is_empty():
        raise BadLookup(f"{path.name} has no line of all children. Leave breakdown and group blank in it.")
    by = sorted(BREAKDOWNS[name].words.lower() for name in own["breakdown"].drop_nulls().unique())
    return f"Years to 31 March {_listed(years)}{', by ' + ' and '.join(by) if by else ''}", ()


def _refuse_unknown_groups(table: pl.DataFrame, name: str) -> None:
    for breakdown, group in (
        table.select("breakdown", "group").unique().sort("breakdown", "group").iter_rows()
    ):
        if breakdown is None:
            continue
        if breakdown not in BREAKDOWNS:
            raise BadLookup(f"{name} names no breakdown that Kith knows: {breakdown[:40]}.")
        groups = _TENTHS if breakdown == "deprivation" else BREAKDOWNS[breakdown].groups
        if groups and group not in groups:
            raise BadLookup(
                f"{name}: “{(group or '')[:40]}” is no group of {breakdown}. They are {', '.join(groups)}."
            )


def _listed(years: "pl.Series") -> str:
    ordered = sorted(years.unique().to_list())
    return f"{ordered[0]} to {ordered[-1]}" if len(ordered) > 1 else str(ordered[0])


def _read_areas(path: Path) -> tuple[str, tuple[str, ...]]:
    table = read_areas(path)
    if table.is_empty():
        raise BadLookup(f"{path.name} has headings and no line below them.")
    known = table["decile"].count()
    notes = () if known else ("No line says how deprived its area is: nothing can be told by that.",)
    return f"{table['area'].n_unique():,} areas, {known:,} of {table.height:,} lines with a tenth", notes


def _give_neighbours(kind: Kind, path: Path, by: User | None) -> Outcome:
    found = read_neighbours(path)
    here = authorities_known()
    own = sum(len(found.of(code)) for code in here)
    notes = [f"Line {one.line} was not taken: {one.reason}." for one in found.not_taken[:5]]
    if not own:
        notes.append(f"It names no neighbour of {' or '.join(here) or 'this authority'}.")
    others = len(found.of_each)
    whose = "1 authority with its" if others == 1 else f"{others:,} authorities with their"
    told = f"{whose} neighbours, and {own} neighbour{'' if own == 1 else 's'} of this one"
    lookups_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=lookups_folder()) as folder:
        arriving = Path(folder) / path.name
        arriving.write_bytes(path.read_bytes())
        return _keep(kind, arriving, told, tuple(notes), path.name, by)


def _keep(kind: Kind, arriving: Path, told: str, notes: Iterable[str], name: str, by: User | None) -> Outcome:
    """Put a file that was read in the place of the one before, and write down who gave it."""
    place = lookups_folder() / kind.file
    was_there = place.exists()
    with transaction.atomic():
        record(_ACT, by=by, about={"what": kind.name, "file": name, "told": told, "replaced": was_there})
        arriving.replace(place)
    said = f"{kind.title}: {told}."
    replaced = ("It stands in the place of the file given before.",) if was_there else ()
    return Outcome((said, *replaced), tuple(notes))


def _give_published(kind: Kind, path: Path, by: User | None) -> Outcome:
    """Add the file to those given before. It is written down first: what the audit cannot tell of is not
    kept.
    """

    def written_down(added: Added) -> None:
        about = {"what": kind.name, "file": path.name, "told": _told(added), "replaced": list(added.replaced)}
        record(_ACT, by=by, about=about)

    with _ONE_AT_A_TIME, transaction.atomic():
        added = add_published(path, lookups_folder() / kind.file, before_writing=written_down)
    left = tuple(f"{one.count:,} left out: {one.reason}." for one in added.read.left_out[:5])
    return Outcome((f"{kind.title}: {_told(added)}.", *added.replaced), (*added.read.notes, *left))


def _told(added: Added) -> str:
    return f"{added.new:,} new figures, {added.unchanged:,} as they were"


_READ: Mapping[str, Callable[[Path], tuple[str, tuple[str, ...]]]] = {
    "populations": _read_populations,
    "areas": _read_areas,
}
_GIVE: Mapping[str, Callable[[Kind, Path, User | None], Outcome]] = {
    "populations": _give_table,
    "areas": _give_table,
    "neighbours": _give_neighbours,
    "published": _give_published,
}
