"""Lines in a person's story: written with the fact they tell, struck when it is no longer true."""

from datetime import date

from django.utils import timezone

from kith.record.audit.models import Batch
from kith.record.chronology import words
from kith.record.chronology.models import Line
from kith.record.facts import Fact
from kith.record.people.models import Person

LONGEST_TEXT = 500


def line_of(
    *, person: Person | int, on: date | None, kind: str, text: str, fact: Fact, batch: Batch | None = None
) -> Line:
    """A line not yet stored, for writing many at once.

    `on` is None where the source gives no date. `kind` is one in kinds.csv. A text too long for the
    column is cut with an ellipsis: the line opens its fact, where all of it stands.
    """
    return Line(
        person_id=person.pk if isinstance(person, Person) else person,
        on=on,
        kind=kind,
        text=text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…",
        fact_table=fact._meta.label_lower,
        fact_thread=fact.thread,
        batch=batch,
    )


def write_line(
    *, person: Person | int, on: date | None, kind: str, text: str, fact: Fact, batch: Batch | None = None
) -> Line:
    """Write one line of a person's story, pointing at the thread of the fact that tells it."""
    line = line_of(person=person, on=on, kind=kind, text=text, fact=fact, batch=batch)
    line.save(force_insert=True)
    return line


def strike_lines(fact: Fact, *, kinds: tuple[str, ...] = ()) -> int:
    """Strike the lines that tell this fact, all or those of `kinds`; how many were struck.

    They stay stored and readable; the story no longer shows them.
    """
    lines = Line.objects.filter(fact_table=fact._meta.label_lower, fact_thread=fact.thread, struck_at=None)
    if kinds:
        lines = lines.filter(kind__in=kinds)
    return lines.update(struck_at=timezone.now())


def lines_of(fact: Fact, *, batch: Batch | None = None) -> list[Line]:
    """The lines a fact tells (words.py), not yet stored, for writing many at once. No query is made."""
    return [
        line_of(person=fact.person_id, on=told.on, kind=told.kind, text=told.text, fact=fact, batch=batch)
        for told in words.told_by(fact._meta.label_lower, fact)
    ]


def tell(fact: Fact, *, batch: Batch | None = None) -> list[Line]:
    """Bring the story in step with this version of a fact; the lines that were new.

    Lines that an earlier version told and this one does not are struck; those still true stay.
    """
    lines = lines_of(fact, batch=batch)
    if fact.supersedes is not None:
        lines = _not_yet_told(fact, lines)
    return Line.objects.bulk_create(lines)


def _not_yet_told(fact: Fact, lines: list[Line]) -> list[Line]:
    """The lines to add to what the thread tells already; what it tells no longer is struck."""
    standing = {
        (line.on, line.kind, line.text): line.pk
        for line in Line.objects.filter(
            fact_table=fact._meta.label_lower, fact_thread=fact.thread, struck_at=None
        )
    }
    told = {(line.on, line.kind, line.text) for line in lines}
    if gone := [pk for key, pk in standing.items() if key not in told]:
        Line.objects.filter(pk__in=gone).update(struck_at=timezone.now())
    return [line for line in lines if (line.on, line.kind, line.text) not in standing]
