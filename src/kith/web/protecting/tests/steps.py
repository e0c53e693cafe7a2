"""What people do on the pages of protection, one step after another."""

from django.urls import reverse
from django.utils import timezone

from kith.record.people.models import Membership, Role, Team
from kith.record.people.services import merge, register_person
from kith.record.protection.models import Conference
from kith.record.protection.queries import invited_to
from kith.web.tests.families import LONG_AGO, user

BACKEND = "django.contrib.auth.backends.ModelBackend"


def go(client, name, *args, **data):
    """Send a form; the answer is the page it leads to."""
    return client.post(reverse(name, args=args), data, follow=True)


def reviewing_officer():
    """Somebody who chairs conferences, and belongs to no team of workers."""
    team = Team.objects.create(name="Reviewing")
    chair = user("Cleo Chair", Role.REVIEWING_OFFICER)
    Membership.objects.create(user=chair, team=team, started_on=LONG_AGO)
    return chair


def three(family):
    """The children of the family who are born, as a form sends them."""
    return [str(child.pk) for child in (family.ada, family.ben, family.chi)]


def start(client, family, **more):
    """Begin an enquiry about all three."""
    given = {"children": three(family), "suspected_harm": "Bruises on all three"}
    return go(client, "enquire", family.ada.pk, **{**given, **more})


def discuss(client, family, **more):
    """Write the strategy discussion of an enquiry that has begun."""
    given = {"took_part": ["police", "gp"], "discussed": "All seen today", "decision": "enquire_with_police"}
    return go(client, "strategy_discussion", family.ada.pk, **{**given, **more})


def convene(client, family, **more):
    """Say what the enquiry found, and convene the conference on the first day offered."""
    page = client.get(reverse("arrange_conference", args=[family.ada.pk]))
    slot = page.context["slots"][0].value
    given = {"finding": "continuing", "slot": slot, "family_told_by": "me", "people": people_of(page)}
    return go(client, "arrange_conference", family.ada.pk, **{**given, **more})


def people_of(page):
    """Who stands ticked to be asked."""
    return page.context["form"].fields["people"].initial


def arranged(client, family):
    """The first conference about all three, from the start of the enquiry on."""
    start(client, family)
    discuss(client, family)
    convene(client, family)
    return Conference.current.get()


def decided(client, conference, family, chair, held_by=None, **more):
    """The chair writes down who came and what was decided; one child has no plan."""
    client.force_login(chair, backend=BACKEND)
    came = {f"came-{one.thread}": "there" for one in invited_to(conference.thread)}
    go(client, "conference_came", conference.thread, **came)
    answers = {
        "went_on_because": "They are to be safe tonight", "is_other_day": "on",
        "chair": str(chair.pk) if held_by is None else held_by,
    }  # fmt: skip
    for child, decision in ((family.ada, "plan"), (family.ben, "plan"), (family.chi, "no_plan")):
        answers |= {f"each-{child.pk}-decision": decision, f"each-{child.pk}-because": f"Because {child.pk}"}
        answers[f"each-{child.pk}-category"] = "PHY" if decision == "plan" else ""
    return go(client, "chair_conference", conference.thread, **{**answers, **more})


def merged(family):
    """Ada's record merged into another one of hers, which is kept."""
    kept = register_person(by=family.manager, given_names="Adah", family_name="Okoro", sex="F")
    merge(kept, family.ada, by=family.manager, reason="One girl")
    return kept


def text_of_plan(client, child):
    """The page of a child’s protection plan."""
    return client.get(reverse("protection_plan", args=[child.pk])).content.decode()


def another_chair(name="Ann Other"):
    """One more of the reviewing team; the team is there already."""
    one = user(name, Role.REVIEWING_OFFICER)
    Membership.objects.create(user=one, team=Team.objects.get(name="Reviewing"), started_on=LONG_AGO)
    return one


def find_no_harm(client, family):
    """The worker writes down of each child that the enquiry saw them today and bore nothing out."""
    each = {}
    for child in (family.ada, family.ben, family.chi):
        each |= {f"each-{child.pk}-finding": "not_borne_out", f"each-{child.pk}-because": "A fall",
                 f"each-{child.pk}-seen_on": f"{timezone.localdate():%d/%m/%Y}"}  # fmt: skip
    go(client, "enquiry_found", family.ada.pk, **each)
