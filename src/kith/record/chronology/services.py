"""Lines in a person's story: written with the fact they tell, struck when it is no longer true."""

from django.utils import timezone

from kith.record.chronology.models import Line
from kith.record.chronology.telling import Told, told_by
from kith.record.facts import Fact

LONGEST_TEXT = 500


def line_of(fact: Fact, told: Told) -> Line:
    """A line that a fact tells, not yet stored, for writing many at once.

    A text too long for the column is cut with an ellipsis: the line opens its fact, where all of it stands.
    """
    text = told.text
    return Line(
        person_id=fact.person_id,
        on=told.on,
        kind=told.kind,
        text=text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…",
        fact_table=fact._meta.label_lower,
        fact_thread=fact.thread,
    )


def tell(fact: Fact) -> list[Line]:
    """Bring the story in step with this version of a fact; the lines that were new.

    Lines that an earlier version told and this one does not are struck; those still true stay.
    """
    lines = [line_of(fact, told) for told in told_by(fact._meta.label_lower, fact)]
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


def strike(fact: Fact) -> None:
    """Strike every line of a fact that was never true of its person."""
    standing = Line.objects.filter(fact_table=fact._meta.label_lower, fact_thread=fact.thread, struck_at=None)
    standing.update(struck_at=timezone.now())
