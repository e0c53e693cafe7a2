"""What protecting children holds of one of them alone: tonight, the finding, the decision, the core group."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from kith.record.pathway import protecting
from kith.record.people.models import Role
from kith.record.protection import services
from kith.record.protection.models import Conference, ProtectionPlan, Section47Enquiry
from kith.record.protection.queries import invited_to
from kith.record.protection.services import Asked, Decided, Found, Otherwise, Settled
from kith.standards.working_days import add_working_days, in_london
from kith.web.tests.families import user


def fill(siblings):
    """One secret word for each of these fields of each child."""
    by, children = siblings.family.worker, siblings.children
    chair = user("Cleo Chair", Role.REVIEWING_OFFICER)
    protecting.begin_enquiry(children=children, suspected_harm="Bruises", by=by)
    _discuss(siblings, by)
    _find(siblings, by)
    conference = _confer(siblings, by, chair)
    _decide(siblings, conference, chair)
    plans = list(ProtectionPlan.current.all())
    services.hold_core_group(
        plans=plans, on=timezone.localdate(), who_came="Mum", what_changed="He left", by=by,
        of_each={child.pk: siblings.secret(child, "settled at a core group") for child in children},
    )  # fmt: skip
    services.look_with_lawyer(
        plans=plans, on=timezone.localdate(), who="The lawyer", by=by,
        decisions={
            child.pk: ("plan_goes_on", siblings.secret(child, "why the lawyer thought so"))
            for child in children
        },
    )  # fmt: skip
    for child in children:
        siblings.page(child, f"/child/{child.pk}/conference/{conference.thread}/record/")
        siblings.page(child, f"/child/{child.pk}/letters/conference/{conference.thread}/")
    born = [child for child in children if child.pk != siblings.family.unborn.pk]
    for child in born:
        services.use_emergency_power(
            children=[child], kind="police_protection", began_on=timezone.localdate(), by=by,
            where=siblings.secret(child, "where under police protection"),
            child_told=siblings.secret(child, "what the child was told"),
        )  # fmt: skip


def _discuss(siblings, by):
    of_each = {
        child.pk: Settled(
            sleeps_where=siblings.secret(child, "where the child sleeps tonight"),
            seen_when=siblings.secret(child, "when the child is seen"),
            medical=siblings.secret(child, "medical"),
        )
        for child in siblings.children
    }
    protecting.hold_strategy_discussion(
        children=siblings.children, held_at=timezone.now(), decision="enquire_with_police",
        discussed="All seen today", took_part=[{"agency": "police", "who": ""}], by=by, of_each=of_each,
    )  # fmt: skip


def _find(siblings, by):
    enquiries = list(Section47Enquiry.current.filter(person__in=siblings.children))
    found = {
        child.pk: Found(
            "continuing", siblings.secret(child, "why it was found"),
            child_said=siblings.secret(child, "what the child said to the enquiry"),
            not_seen_because=siblings.secret(child, "why not seen"),
            help_offered=siblings.secret(child, "help offered"),
        )
        for child in siblings.children
    }  # fmt: skip
    services.find(enquiries=enquiries, on=timezone.localdate(), found=found, by=by)


def _confer(siblings, by, chair):
    day = add_working_days(timezone.localdate(), 5)
    conference = services.convene_conference(
        children=siblings.children, kind="initial", planned_for=in_london(day, time(10)), by=by,
        now=timezone.now(), chair=chair,
        people=[Asked("Ruth", agency="la_csc"), Asked("PC Bell", agency="police"), Asked("Bea", agency="gp")],
    )  # fmt: skip
    came = {one.thread: "there" for one in invited_to(conference.thread)}
    services.record_attendance(conference=conference, came=came, by=chair)
    return conference


def _decide(siblings, conference, chair):
    decisions = {
        child.pk: Decided(
            "plan", siblings.secret(child, "why there is a plan"), category="PHY",
            instead=siblings.secret(child, "what helps"),
            child_said=siblings.secret(child, "what the child said to the conference"),
            family_view=siblings.secret(child, "what the family says of the decision"),
        )
        for child in siblings.children
    }  # fmt: skip
    otherwise = [
        Otherwise(child, "PC Bell", siblings.secret(child, "what somebody would have decided"))
        for child in siblings.children
    ]
    held_at = last_weekday_morning()
    protecting.decide_at_conference(
        conference=Conference.current.get(thread=conference.thread), held_at=held_at, decisions=decisions,
        by=chair, quorum=2, otherwise=otherwise,
    )  # fmt: skip


def last_weekday_morning() -> datetime:
    """Now, or the last Friday where today is a day on which no conference is held."""
    now = timezone.localtime()
    back = max(now.weekday() - 4, 0)
    return now - timedelta(days=back)
