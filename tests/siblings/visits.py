"""What a visit and a note hold of one child alone, written of all of them together."""

from django.urls import reverse
from django.utils import timezone

from kith.record.visits import services
from kith.record.visits.queries import visits_of
from kith.record.visits.services import About, Saw
from kith.record.voice.services import heed


def fill(siblings):
    """One visit and one note about all the children, with a secret word in each field of each child."""
    by, children = siblings.family.worker, siblings.children
    visit = services.write_visit(
        saw=[_saw(siblings, child) for child in children],
        at=timezone.now(),
        how="in_person",
        what_happened="All were at home.",
        by=by,
    )
    note = services.write_note(
        about=[_about(siblings, child) for child in children],
        at=timezone.now(),
        kind="note",
        words="Spoke of all of them.",
        by=by,
    )
    for seen in visits_of(child.pk for child in children):
        heed(
            child=seen.person,
            said=("visits.seen", seen.thread),
            said_on=seen.visited_on,
            what=siblings.secret(seen.person, "what a child's words led to"),
            decided_on=seen.visited_on,
            by=by,
        )
        siblings.page(seen.person, reverse("heed", args=[seen.person_id, seen.thread]))
    for child in children:
        for name, thread in (("visit", visit.thread), ("note", note.thread)):
            siblings.page(child, reverse(name, args=[child.pk, thread]))
            for act in (f"correct_{name}", f"move_{name}"):
                siblings.page(child, reverse(act, args=[child.pk, thread]))
            siblings.page(child, reverse("letter", args=[child.pk, name, thread]))


def _saw(siblings, child):
    secret = siblings.secret
    return Saw(
        child,
        "mother_seen" if child == siblings.family.unborn else "alone",
        own_words=secret(child, "own words at a visit"),
        private_line=secret(child, "private line of a visit"),
        presentation=secret(child, "how the child looked"),
    )


def _about(siblings, child):
    secret = siblings.secret
    return About(
        child,
        own_words=secret(child, "own words in a note"),
        private_line=secret(child, "private line of a note"),
    )
