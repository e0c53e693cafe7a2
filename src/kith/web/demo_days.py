"""The demonstration's last days, done by its people: what waits at the front door, what is half written.

An import brings what files hold; nobody's own words are in a file. So this is written through the services,
as for anybody else, once. Everyone here is invented.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kith.record.assessment import queries as assessments
from kith.record.assessment import services as assessment
from kith.record.centres.services import import_directory
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.services.messages import Named, write_message
from kith.record.help.services import ask_for_help
from kith.record.pathway.assessed import assess_together
from kith.record.people.models import Allocation, Person, User
from kith.record.people.queries import shown
from kith.record.protection.queries import plans_open_on
from kith.record.schooling import services as schooling
from kith.record.visits.services import Saw, write_visit
from kith.web.demo_outside import live_outside_the_home

DIRECTORY = Path(__file__).parent / "data" / "northbrook_directory.json"  # services that are not there
MOTHER = "Mum: “I can’t do the mornings on my own any more.”"
SAID = ("I like it when Gran comes.", "Can you ask if I can see my dad?", "My tooth hurts at school.")


@transaction.atomic
def live_last_days(by_name: dict[str, User]) -> None:
    """Let the demonstration's people do some of their work, in a record where they have done none."""
    if Message.objects.exists():
        return
    _what_waits_at_the_front_door(by_name["Dev Marwaha"])
    _what_families_ask()
    import_directory(content=DIRECTORY.read_bytes(), by=by_name["Kit Farrow"])
    worker = by_name["Sade Bankole"]
    _visit(worker)
    _write_an_assessment(worker)
    live_outside_the_home(worker, _held_by(worker))


def _what_waits_at_the_front_door(duty: User) -> None:
    """A school's worry of this morning, and a neighbour's who knows no name."""
    now = timezone.now()
    write_message(
        children=[
            Named(given_names="Rosie", family_name="Marlowe", age_said="8", is_new=True),
            Named(given_names="Finn", family_name="Marlowe", age_said="5", is_new=True),
        ],
        what_was_said="Both came without coats or breakfast three times this week. Rosie says Mum is in "
        "bed a lot. We have spoken to Mum, who cried and said she would like help.",
        way="phone",
        source="2A",
        received_at=now - timedelta(hours=2),
        by=duty,
    )
    write_message(
        children=[Named(said_as="A girl with red hair", age_said="about 4", sex="F")],
        what_was_said="She is out on the landing late at night. Somebody shouts a lot in the flat.",
        way="phone",
        source="1B",
        received_at=now - timedelta(hours=1),
        by=duty,
    )


def _what_families_ask() -> None:
    """Two families who asked on the page for everybody."""
    ask_for_help(
        what_would_help="We are behind with the rent and the boys need beds.",
        how_and_when_safe="Text 01632 960777 after 6. Please don’t leave a message.",
        name="Dee",
        where="NB4",
    )
    ask_for_help(
        what_would_help="Somebody to talk to about my daughter not sleeping. I am on my own with her.",
        how_and_when_safe="Ring me in the mornings on 01632 960778.",
        name="Samira",
        where="NB2",
    )


def _held_by(worker: User) -> list[Person]:
    """The children of this worker, those held longest first."""
    held = Allocation.current.filter(worker=worker, ended_on=None).order_by("started_on", "person_id")
    return [allocation.person for allocation in held.select_related("person")]


def _visit(worker: User) -> None:
    """A visit of three days ago to a child on a protection plan."""
    now, held = timezone.now(), _held_by(worker)
    on_plan = set(plans_open_on(timezone.localdate()).values_list("person_id", flat=True))
    children = _born(child for child in held if child.pk in on_plan)[:1]
    if children:
        write_visit(
            saw=[Saw(child, "alone", own_words=SAID[number]) for number, child in enumerate(children)],
            at=now - timedelta(days=3),
            how="in_person",
            what_happened=f"All was quiet. {MOTHER} We agreed to ask the school about breakfast club.",
            what_next="Ring the school about breakfast club.",
            was_nobody_else_there=False,
            others_there="Mum",
            by=worker,
        )


def _born(children: Iterable[Person]) -> list[Person]:
    """Those who are born, as far as is known."""
    listed = [*children]
    known = shown([child.pk for child in listed])
    return [child for child in listed if known[child.pk].date_of_birth]


def _write_an_assessment(worker: User) -> None:
    """One that is half written, with what a child said and where that child learns."""
    held = assessments.open_assessments(_born(_held_by(worker)))
    if not held:
        return
    child = next(iter(held.values())).person
    today = timezone.localdate()
    family = assess_together(children=[child], on=today, by=worker)
    assessment.write_family(
        family=family,
        words={
            "parents_say": MOTHER,
            "going_well": "Gran lives round the corner and has the children on Sundays.",
        },
        by=worker,
    )
    [part] = assessments.parts(family)
    assessment.write_child(part=part, words={"says": SAID[0]}, by=worker)
    schooling.start_school(
        child=child, kind="school", school="Elm Road School", on=today - timedelta(days=60), by=worker
    )
