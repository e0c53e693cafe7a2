"""`kith rehearse`: an invented authority's days played through the services, as people would do them."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from kith.cli.terminal import DONE, DONE_WITH_REJECTS, CouldNot, as_json, progress, start_django, tell
from kith.standards.dates import long_date, short_date

if TYPE_CHECKING:
    from kith.record.pathway.play import Played

AT_ONCE = 500  # people asked about together


@click.command(short_help="Play an invented authority's days as people would do them.")
@click.option("--children", default=40, show_default=True, type=click.IntRange(1), help="Open children.")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1), help="Days, up to today.")
@click.option("--seed", default=1, show_default=True, help="Another number makes another authority.")
@click.option(
    "--database", metavar="URL", help="An empty record to play into. One that is thrown away when left out."
)
@as_json
def rehearse(children: int, days: int, seed: int, database: str | None, as_json: bool) -> int:
    """Play the days of an invented authority through the record's own services, one act at a time.

    Everybody in it is invented. Each act is done by a person whose work it is, with every check, audit entry
    and chronology line; those of the last days each in a transaction of its own, and timed. Prints how many
    acts a second that was, the acts that the record refused with why, and what stands at the end. Ends with
    1 when an act was refused.
    """
    until = _today()
    first = until - timedelta(days=days - 1)
    with _fresh_record(database) as record:
        start_django(record)
        _check_empty()
        played = _play(children, seed, first, until, machine=as_json)
        result = {
            "children": children,
            "seed": seed,
            "from": first,
            "until": until,
            "acts": played.acts,
            "alone": played.alone,
            "seconds": round(played.seconds, 2),
            "acts_a_second": round(played.alone / played.seconds, 1) if played.alone else None,
            "refused": _refused(played),
            "stands": _stands(),
            "owed": _owed(),
            "due": _due(until),
        }
    tell(result, list(_lines(result, first, until)), machine=as_json)
    return DONE_WITH_REJECTS if played.refused else DONE


def _today() -> date:
    return date.today()


@contextmanager
def _fresh_record(database: str | None) -> Iterator[str]:
    """The address of the record to play into; without one, of one in a folder that is thrown away.

    DATABASE_URL is not read: it may name the authority's own record.
    """
    if database:
        yield database
        return
    with TemporaryDirectory(prefix="kith-rehearsal-") as home:
        os.environ["KITH_HOME"] = home
        yield f"sqlite:///{home}/kith.sqlite3"


def _check_empty() -> None:
    from kith.record.people.models import Person, User

    if Person.objects.exists() or User.objects.exists():
        raise CouldNot(
            "This record has people in it already, and a rehearsal fills it with invented ones. "
            "Name an empty one, or leave --database out."
        )


def _play(children: int, seed: int, first: date, until: date, *, machine: bool) -> "Played":
    from kith.invented.authority import invent
    from kith.record.pathway.play import play

    with progress("Rehearsing", machine=machine) as step:
        step("inventing families", 0, 1)
        authority = invent(children, 1, seed, until)
        acts = len(authority.diary)
        return play(authority, told=lambda done: step("acts", done, acts), alone_from=first)


def _refused(played: "Played") -> list[dict[str, Any]]:
    """What was refused and why, the most often refused first; once for each reason."""
    often = Counter((act.act, why) for act, why in played.refused)
    first_on: dict[tuple[str, str], date] = {}
    for act, why in played.refused:
        first_on.setdefault((act.act, why), act.on)
    return [
        {"act": act, "why": why, "times": times, "first_on": first_on[act, why]}
        for (act, why), times in often.most_common()
    ]


def _stands() -> dict[str, int]:
    """How many of each kind of thing the record holds to be true at the end, by its name."""
    from django.apps import apps

    from kith.record.facts import Version
    from kith.record.people.models import Person

    kinds = [model for model in apps.get_models() if issubclass(model, Version)]
    held = {model._meta.label_lower: model.current.count() for model in kinds}
    return {"people.person": Person.objects.count()} | {name: count for name, count in held.items() if count}


def _owed() -> list[dict[str, Any]]:
    """What acts have left to be done, by kind, and how much of it is late; the most first."""
    from django.utils import timezone

    from kith.record.owed.queries import everything_owed

    lines = everything_owed(timezone.now())
    owed, late = Counter(line.words for line in lines), Counter(line.words for line in lines if line.is_late)
    return [{"what": what, "owed": count, "late": late[what]} for what, count in owed.most_common()]


def _due(on: date) -> list[dict[str, Any]]:
    """What is due and what is late for all children together, by clock."""
    from kith.record.clocks.queries import due_for_people
    from kith.record.people.models import Person

    ids = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    groups = (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
    lines = [line for group in groups for line in due_for_people(group, on)]
    due, late = Counter(line.clock for line in lines), Counter(line.clock for line in lines if line.is_late)
    words = {line.clock: line.what for line in lines}
    return [
        {"clock": each, "what": words[each], "due": due[each], "late": late[each]} for each in sorted(due)
    ]


def _lines(result: dict[str, Any], first: date, until: date) -> Iterator[str]:
    yield f"An invented authority of about {result['children']:,} children, seed {result['seed']}"
    yield f"  {result['acts'] - result['alone']:,} acts before {short_date(first)}, a day at a time"
    speed = f", {result['acts_a_second']:,} a second" if result["alone"] else ""
    yield f"  {result['alone']:,} acts from {short_date(first)} to {long_date(until)}, one at a time{speed}"
    yield f"Refused: {sum(each['times'] for each in result['refused']):,}"
    for each in result["refused"]:
        yield f"  {each['times']:,} × {each['act']}, first on {short_date(each['first_on'])}: {each['why']}"
    yield "What stands at the end, by room:"
    yield from _by_room(result["stands"])
    yield "What is owed:" if result["owed"] else "Nothing is owed."
    yield from (
        f"  {each['owed']:>9,} owed, {each['late']:,} late: {each['what']}" for each in result["owed"]
    )
    yield "What is to be done:" if result["due"] else "Nothing is to be done."
    yield from (
        f"  {each['clock']:<7}{each['due']:>6,} due, {each['late']:,} of them late: {each['what']}"
        for each in result["due"]
    )


def _by_room(stands: dict[str, int]) -> Iterator[str]:
    """What each room holds, under the room's name, in the words that the record has for it."""
    from django.apps import apps

    from kith.record.facts import Part

    rooms: dict[str, list[str]] = {}
    for name in sorted(stands):
        rooms.setdefault(name.partition(".")[0], []).append(name)
    for room, names in rooms.items():
        yield f"  {room}"
        for name in names:
            model = apps.get_model(name)
            each = ", for each child" if issubclass(model, Part) else ""
            words = f"{model._meta.verbose_name}{each}"
            yield f"    {words:<46}{stands[name]:>9,}"
