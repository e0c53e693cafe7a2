"""What an act left to be done: due by the law's own count, done by the fact, ended only for a reason."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from kith.record.audit.models import Entry
from kith.record.owed import permissions, queries, services
from kith.record.owed.models import Owed
from kith.record.owed.policies import NotOwed, ReasonMissing
from kith.record.owed.what import falls_due_on, whats
from kith.record.people.models import PersonDetails, Team
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash
from kith.standards.clocks import clock

THURSDAY = datetime(2026, 4, 2, 9, tzinfo=UTC)  # the day before Good Friday


@pytest.fixture
def act(amira):
    """Any fact that was saved without something."""
    return PersonDetails.current.get(person=amira)


@pytest.fixture
def owed(act, amira, twin, worker):
    return services.owe(
        what="strategy_discussion", fact=act, persons=[amira.pk, twin.pk], by=worker, owed_by=worker,
        started_at=THURSDAY,
    )  # fmt: skip


def test_every_kind_says_what_to_do_and_by_when():
    for kind in whats().values():
        assert kind.words and kind.source
        assert (kind.working_days is None) == bool(kind.clock)
        assert not kind.clock or clock(kind.clock)


@pytest.mark.parametrize(
    ("what", "started_at", "due_on"),
    [
        ("strategy_discussion", THURSDAY, date(2026, 4, 7)),  # Easter: two holidays and a weekend
        ("managers_agreement", datetime(2026, 12, 24, 23, tzinfo=UTC), date(2026, 12, 29)),  # Christmas
        ("managers_agreement", datetime(2026, 12, 31, 9, tzinfo=UTC), date(2027, 1, 4)),  # the year's end
        ("family_told", datetime(2026, 3, 2, 9, tzinfo=UTC), date(2026, 3, 2)),  # the same working day
        ("family_told", datetime(2026, 3, 7, 9, tzinfo=UTC), date(2026, 3, 9)),  # a Saturday: the next one
        ("read_message", datetime(2026, 7, 2, 23, 30, tzinfo=UTC), date(2026, 7, 6)),  # Friday in London
        ("read_message", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 26)),  # clocks go back
    ],
)
def test_it_is_due_by_working_days_of_london(what, started_at, due_on):
    assert falls_due_on(what, started_at) == due_on


def test_what_is_owed_shows_with_the_worker_and_each_child(owed, worker, amira, twin):
    for lines in (
        queries.owed_by(worker, THURSDAY),
        queries.owed_for([amira.pk], THURSDAY),
        queries.owed_for([twin.pk], THURSDAY),
    ):
        [line] = lines
        assert (line.words, line.who) == ("Write down the strategy discussion", "Ada Osei")
        assert (line.due_on, line.is_late) == (date(2026, 4, 7), False)
        assert line.state == "Due Tue 7 Apr 2026"
        assert line.person_ids == (amira.pk, twin.pk)
    [late] = queries.owed_by(worker, datetime(2026, 4, 8, 9, tzinfo=UTC))
    assert late.is_late and late.state == "Was due Tue 7 Apr 2026"
    assert acts_about(amira) == acts_about(twin) == ["left_owed"]
    assert told_of(amira) == []


def test_a_day_that_somebody_named_stands(act, amira, worker):
    services.owe(
        what="family_told", fact=act, persons=[amira.pk], by=worker, owed_by=worker, started_at=THURSDAY,
        due_on=date(2026, 4, 9),
    )  # fmt: skip
    assert queries.owed_by(worker, THURSDAY)[0].due_on == date(2026, 4, 9)


def test_what_a_team_owes_with_nobody_named_is_owed_by_each_of_them(
    act, amira, worker, manager, team, stranger
):
    services.owe(what="reply_to_referrer", fact=act, persons=[amira.pk], by=worker, team=team)
    assert len(queries.owed_by(worker, THURSDAY)) == len(queries.owed_by(manager, THURSDAY)) == 1
    assert queries.owed_by(stranger, THURSDAY) == []


def test_the_fact_that_was_missing_settles_it(owed, act, worker, amira):
    [done] = services.settle(what="strategy_discussion", of=act, done=act, by=worker)
    assert (done.done_table, done.done_thread) == ("people.persondetails", act.thread)
    assert queries.owed_for([amira.pk], THURSDAY) == []
    assert acts_about(amira) == ["left_owed", "settled_what_was_owed"]
    assert services.settle(what="strategy_discussion", of=act, done=act, by=worker) == []


def test_a_fact_of_one_child_does_not_settle_what_is_owed_of_two(owed, act, worker, amira, twin):
    assert services.settle(what="strategy_discussion", persons=[amira.pk], done=act, by=worker) == []
    both = [amira.pk, twin.pk]
    assert len(services.settle(what="strategy_discussion", persons=both, done=act, by=worker)) == 1


def test_it_ends_undone_only_for_a_reason(owed, worker, amira):
    with refused(ReasonMissing, "needs a reason"):
        services.not_needed(owed=owed, because="  ", by=worker)
    ended = services.not_needed(owed=owed, because="Police lead alone", by=worker)
    assert ended.not_needed_because == "Police lead alone" and not ended.is_open
    assert acts_about(amira)[-1] == "found_not_needed"
    with refused(NotOwed, "no longer owed"):
        services.not_needed(owed=ended, because="Again", by=worker)


def test_two_people_ending_it_see_the_clash(owed, worker, manager):
    services.not_needed(owed=owed, because="Police lead alone", by=worker)
    with pytest.raises(VersionClash):
        services.not_needed(owed=owed, because="Not now", by=manager)


def test_who_may_answer_for_it(owed, worker, manager, stranger, analyst):
    assert permissions.can_answer_for(worker, owed) and permissions.can_answer_for(manager, owed)
    for somebody in (stranger, analyst):
        assert not permissions.can_answer_for(somebody, owed)
        with refused(NotAllowed, "owed by somebody else"):
            services.not_needed(owed=owed, because="Not mine", by=somebody)


def test_it_goes_with_the_work(owed, worker, stranger, manager, amira, twin):
    [moved] = services.go_with_the_work(
        person_ids=[amira.pk, twin.pk], before=worker, after=stranger, by=manager
    )
    assert moved.owed_by == stranger
    assert (
        services.go_with_the_work(person_ids=[amira.pk, twin.pk], before=worker, after=stranger, by=manager)
        == []
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"owed_by": None, "team": None},
        {"not_needed_at": THURSDAY, "not_needed_because": ""},
        {"not_needed_at": THURSDAY, "not_needed_because": "No", "done_at": THURSDAY},
    ],
)
def test_the_database_refuses_what_cannot_be(worker, changes):
    given = {"what": "family_told", "fact_table": "t", "fact_thread": 1, "owed_by": worker, **changes}
    with pytest.raises(IntegrityError), transaction.atomic():
        Owed.objects.create(**given)


def test_an_act_about_nobody_known_yet_may_leave_something_owed(act, worker):
    services.owe(what="reply_to_referrer", fact=act, persons=[], by=worker, team=Team.objects.first())
    assert [line.person_ids for line in queries.owed_of([act], THURSDAY)] == [()]
    assert Entry.objects.filter(act="left_owed", person_id=None).count() == 1
