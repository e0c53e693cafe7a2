"""What is said of one young person alone outside the home: their ties, screening, panel, referral, talk."""

from datetime import timedelta

from django.utils import timezone

from kith.record.care import services as care
from kith.record.outside import services as outside
from kith.record.outside.services import Decided
from kith.record.planning import services as planning


def fill(siblings):
    """One secret word for each of these fields of each child born; all of them tied to one place."""
    by, ago = siblings.family.worker, siblings.family.ago
    arcade = outside.note_concern(
        kind="place", name="The arcade", how_known="told", known_since=ago(20), by=by
    )
    born = [child for child in siblings.children if child != siblings.family.unborn]
    for child in born:
        said = lambda of, child=child: siblings.secret(child, of)  # noqa: E731
        outside.link_young_person(
            concern=arcade, child=child, tie="harmed", how_known="told", since=ago(9), by=by,
            what=said("what is known of the tie"),
        )  # fmt: skip
        outside.screen(
            child=child, on=ago(8), by=by, tool=said("tool"), level=said("level"), reason=said("reason")
        )
        outside.refer_nationally(
            child=child, on=ago(7), by=by, referred_by=said("first responder"), what=said("what happened")
        )
        plan = planning.start_plan(kind="outside", people=[child], on=ago(6), by=by)
        planning.set_goal(plan=plan, what=said("goal"), by=by)
        _missing(siblings, child, by)
    outside.hold_panel(
        children=born,
        on=ago(5),
        chaired_by="Lena Lead",
        by=by,
        decisions={
            child.pk: Decided(
                siblings.secret(child, "decision"),
                siblings.secret(child, "why"),
                siblings.secret(child, "actions"),
                siblings.secret(child, "own words to the panel"),
            )
            for child in born
        },
    )


def _missing(siblings, child, by):
    now = timezone.now()
    care.report_missing(
        child=child, at=now - timedelta(hours=30), kind="M", by=by,
        last_seen=siblings.secret(child, "last seen"), who_was_told=siblings.secret(child, "who was told"),
    )  # fmt: skip
    back = care.report_back(child=child, at=now - timedelta(hours=20), by=by)
    offer = care.offer_interview(episode=back, at=now - timedelta(hours=19), by=by, reply="accepted")
    care.hold_interview(
        interview=offer, at=now - timedelta(hours=2), held_by="Jo", by=by,
        said=siblings.secret(child, "what was said in the talk"),
    )  # fmt: skip
