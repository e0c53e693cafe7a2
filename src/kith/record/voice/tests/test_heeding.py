"""What was decided because of what a child said: on the child's own record, with its day, and once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.record.pathway import visiting
from kith.record.pathway.own_words import own_words_of
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import MONDAY, acts_about, refused
from kith.record.visits import services as visits
from kith.record.visits.queries import visits_of
from kith.record.visits.services import Saw
from kith.record.voice import queries, services
from kith.record.voice.policies import NotHeeded


@pytest.fixture
def said(worker, amira):
    visits.write_visit(
        saw=[Saw(amira, "alone", own_words="I want my own bed.")], at=noon(MONDAY), how="in_person",
        what_happened="Met.", by=worker,
    )  # fmt: skip
    return own_words_of([amira.pk])[0]


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def heed(child, said, by, **more):
    given = {"what": "Get a bed", "decided_on": said.on, **more}
    return services.heed(child=child, said=(said.table, said.thread), said_on=said.on, by=by, **given)


def test_it_stands_beside_the_words_it_came_from(worker, amira, said):
    made = heed(amira, said, worker)
    assert queries.heeded_of([amira.pk]) == {said.thread: [made]}
    assert acts_about(amira)[-1] == "heed_childs_words"


def test_said_twice_it_is_one(worker, amira, said):
    assert heed(amira, said, worker) == heed(amira, said, worker, what=" Get a bed ")
    heed(amira, said, worker, what="See Nan on Sundays")
    assert [one.what for one in queries.heeded_of([amira.pk])[said.thread]] == [
        "Get a bed",
        "See Nan on Sundays",
    ]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"what": " "}, "what was decided"),
        ({"what": "x" * 301}, "longer than"),
        ({"decided_on": MONDAY - timedelta(days=1)}, "before the child said"),
        ({"decided_on": date(1900, 1, 1)}, "before the child said"),
        ({"decided_on": date(2999, 1, 1)}, "one to come"),
    ],
)
def test_what_cannot_have_followed_is_refused(worker, amira, said, more, says):
    with refused(NotHeeded, says):
        heed(amira, said, worker, **more)


def test_who_may_not(stranger, analyst, amira, said):
    for who in (stranger, analyst):
        with pytest.raises(NotAllowed):
            heed(amira, said, who)


def test_words_that_were_never_this_childs_take_what_followed_with_them(worker, amira, said):
    heed(amira, said, worker)
    visiting.take_off(part=visits_of([amira.pk])[0], because="Another child's", by=worker)
    assert queries.heeded_of([amira.pk]) == {}
    assert "take_off_what_was_heeded" in acts_about(amira)
