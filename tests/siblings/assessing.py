"""What an assessment, a plan meeting and school hold of one child alone, where siblings share the act."""

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from kith.record.assessment import queries, services
from kith.record.assessment.form import CHILD, sections
from kith.record.assessment.queries import open_need_plans
from kith.record.frontdoor.queries import referral_threads
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway.assessed import assess_together
from kith.record.pathway.need_plans import begin_need_plan
from kith.record.schooling import services as schooling


def fill(siblings):
    """One assessment and one meeting about all, and each one's school, a secret in each field of each."""
    by, children, today = siblings.family.worker, siblings.children, timezone.localdate()
    new = [child for child in children if child.pk not in referral_threads(children, today)]
    if new:
        receive_referral(
            children=new, on=today, source="2A", primary_need="N1", is_no_further_action=False, by=by
        )
    family = assess_together(children=children, on=today, by=by)
    for part in queries.parts(family):
        _write(siblings, part, by)
        for page in ("childs_part", "write_child"):
            siblings.page(part.person, reverse(page, args=[family.thread, part.person_id]))
        siblings.page(part.person, reverse("letter", args=[part.person_id, "assessment", family.thread]))
    begin_need_plan(children=children, on=today, by=by)
    services.hold_need_plan_meeting(
        plans=[*open_need_plans(children, today).values()],
        on=today,
        by=by,
        decided_for={child.pk: siblings.secret(child, "what a meeting decided") for child in children},
    )
    for child in (siblings.family.ada, siblings.family.ben):
        _school(siblings, child, today, by)


def _write(siblings, part, by):
    services.write_child(
        part=part,
        by=by,
        words={one.section: siblings.secret(part.person, one.heading) for one in sections(CHILD)},
        next_step="need_plan",
        next_step_because=siblings.secret(part.person, "why this next step"),
        not_seen_because=siblings.secret(part.person, "why not seen"),
    )


def _school(siblings, child, today, by):
    secret = siblings.secret
    schooling.start_school(child=child, kind="school", school=secret(child, "the school"), on=today, by=by)
    schooling.record_attendance(
        child=child, percent=Decimal(90), first=today, last=today, by=by, said_by=secret(child, "who said")
    )
    schooling.record_exclusion(
        child=child, kind="suspension", on=today, by=by, reason=secret(child, "why kept out")
    )
