"""Harm outside the home in the demonstration: a place, an adult, two young people, a panel, a time missing.

Written through the services, as for anybody else. Everyone here is invented.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from kith.record.care.queries import open_missing
from kith.record.care.services import hold_interview, offer_interview, report_back, report_missing
from kith.record.outside import services
from kith.record.outside.models import Concern
from kith.record.outside.services import Decided
from kith.record.people.models import Person, User
from kith.record.people.queries import shown

YOUNGEST, OLDEST = 11, 17


def live_outside_the_home(worker: User, held: Iterable[Person]) -> None:
    """Let a worker write down what touches two of the young people whom they hold, where they hold two."""
    young = _young_people(held)[:2]
    if len(young) < 2:
        return
    one, other = young
    place, adult = _what_is_of_concern(worker)
    _links(worker, place, adult, one, other)
    _panel(worker, one, other)
    _missing(worker, other)


def _young_people(held: Iterable[Person]) -> list[Person]:
    """Those old enough to go out by themselves, and not grown up."""
    today, listed = timezone.localdate(), [*held]
    known = shown([person.pk for person in listed])
    return [
        person
        for person in listed
        if (born := known[person.pk].date_of_birth) and YOUNGEST <= _age(born, today) <= OLDEST
    ]


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _what_is_of_concern(worker: User) -> tuple[Concern, Concern]:
    today = timezone.localdate()
    place = services.note_concern(
        kind="place",
        name="The arches",
        description="Under the railway by the retail park. Busy from four o’clock; free food and lifts home.",
        how_known="told",
        known_since=today - timedelta(days=60),
        may_be_shared=True,
        by=worker,
    )
    adult = services.note_concern(
        kind="adult",
        name="Jay with the white van",
        description="In his thirties. Gives out phones. Nobody knows another name.",
        how_known="rumour",
        known_since=today - timedelta(days=35),
        by=worker,
    )
    services.link_concerns(
        one=adult,
        other=place,
        what="He waits there in the van",
        how_known="seen",
        since=today - timedelta(days=30),
        by=worker,
    )
    services.disrupt(
        concern=adult,
        kind="warning",
        who="The neighbourhood police team",
        on=today - timedelta(days=20),
        until=today + timedelta(days=8),
        by=worker,
    )
    return place, adult


def _links(worker: User, place: Concern, adult: Concern, one: Person, other: Person) -> None:
    """The first is harmed, and causes harm; the other goes there."""
    today = timezone.localdate()
    said = (
        (adult, one, "harmed", "told", "He bought the phone, and asks for it to be paid back."),
        (place, one, "causes_harm", "seen", "Brought two younger ones along."),
        (place, other, "goes_there", "told", "Goes with friends after school."),
    )
    for concern, child, tie, how_known, what in said:
        services.link_young_person(
            concern=concern,
            child=child,
            tie=tie,
            how_known=how_known,
            since=today - timedelta(days=25),
            what=what,
            by=worker,
        )
    services.screen(
        child=one,
        tool="Northbrook exploitation tool",
        level="Significant",
        reason="A new phone nobody can explain, and two nights away in a month.",
        on=today - timedelta(days=18),
        review_on=today + timedelta(days=10),
        by=worker,
    )


def _panel(worker: User, one: Person, other: Person) -> None:
    services.hold_panel(
        children=[one, other],
        on=timezone.localdate() - timedelta(days=12),
        chaired_by="Ruth Calder",
        who_came="Police, school, youth justice, the youth club",
        decisions={
            one.pk: Decided(
                "A mentor, and a plan made together",
                "The debt ties them to the adult.",
                "Mentor: first meeting this week. Police: the number of the van.",
                "I just want it to be paid off and over.",
            ),
            other.pk: Decided(
                "A place at the youth club in the evenings",
                "There is nothing to do after four.",
                "Youth club: rings on Monday.",
                "I’d go if my friends can come.",
            ),
        },
        by=worker,
    )


def _missing(worker: User, child: Person) -> None:
    """One night of last week, and the talk that followed."""
    if open_missing(child):
        return
    now = timezone.now()
    report_missing(
        child=child,
        at=now - timedelta(days=6, hours=4),
        kind="M",
        last_seen="At the bus stop by school, by a friend",
        who_was_told="The police, Mum, school",
        police_reference="NB-5512",
        risk="medium",
        by=worker,
    )
    back = report_back(
        child=child,
        at=now - timedelta(days=5, hours=18),
        found_where="At a friend’s",
        is_seen=True,
        by=worker,
    )
    offered = offer_interview(episode=back, at=now - timedelta(days=5), reply="accepted", by=worker)
    hold_interview(
        interview=offered,
        at=now - timedelta(days=4),
        held_by="Tess, of the youth club",
        said="We just walked about. I didn’t want to go home because they were shouting.",
        shared_with="That home was loud: with Mum",
        by=worker,
    )
