"""What somebody who left or is away began to write is not lost: their manager takes it over, seen by all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.audit.models import Entry
from kith.record.drafts import policies, queries, services
from kith.record.drafts.models import Draft
from kith.record.people.models import Allocation, Cover, Role
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused

TODAY = timezone.localdate()
TYPED = {"words": ["He was at his nan’s"]}


@pytest.fixture
def begun(amira, worker):
    """What Amira's worker began to write about her."""
    return services.save_draft(
        by=worker, form="visit", about="17", fields=TYPED, revision=0, key="key-1", children=[amira.pk]
    )


@pytest.fixture
def gone(worker, begun):
    worker.is_active = False
    worker.save()
    return worker


@pytest.fixture
def away(worker, begun, manager):
    return Cover.objects.create(
        user=manager, for_user=worker, started_on=TODAY, ended_on=TODAY + timedelta(days=30),
        arranged_by=manager,
    )  # fmt: skip


def test_a_manager_sees_that_it_is_there_and_not_its_words(gone, begun, manager):
    (seen,) = queries.left_unsent(manager, TODAY)
    assert seen == begun and {"fields", "set_aside"} <= seen.get_deferred_fields()


def test_what_a_worker_who_is_here_began_is_shown_to_nobody(begun, manager):
    assert queries.left_unsent(manager, TODAY) == []
    with refused(NotAllowed, "is here"):
        services.take_over(draft=begun, by=manager)


def test_taken_over_it_is_the_managers_as_typed_and_counts_as_a_look(gone, begun, manager, amira):
    taken = services.take_over(draft=begun, by=manager)
    assert queries.restore(by=manager, form="visit", about="17") == taken
    assert taken.fields == TYPED and taken.key != "key-1"
    assert queries.left_unsent(manager, TODAY) == []
    look = Entry.objects.get(act="record_opened", person_id=amira.pk)
    assert (look.actor_id, "Ada Osei" in look.about["why"]) == (manager.pk, True)
    assert Entry.objects.filter(act="took_over_draft", person_id=amira.pk).count() == 1
    with refused(policies.NotThere, "not waiting"):  # pressed twice, or by two at once
        services.take_over(draft=begun, by=manager)


def test_whoever_comes_back_is_told_and_their_page_saves_nothing_over_it(away, begun, worker, manager):
    taken = services.take_over(draft=begun, by=manager)
    assert "Mo Manager goes on with something" in Message.objects.get(to=worker).text
    with refused(NotAllowed, "Somebody else began"):
        services.save_draft(
            by=worker, form="visit", about="17", fields={"words": ["x"]}, revision=2, key=taken.key
        )
    assert Draft.objects.get(pk=taken.pk).fields == TYPED


def test_where_the_manager_began_the_same_form_both_are_kept(gone, begun, manager):
    mine = services.save_draft(
        by=manager, form="visit", about="17", fields={"words": ["Mine"]}, revision=0, key="key-2"
    )
    taken = services.take_over(draft=begun, by=manager)
    assert taken.pk == mine.pk and taken.fields == {"words": ["Mine"]}
    assert [each["fields"] for each in taken.set_aside] == [TYPED]
    assert queries.left_unsent(manager, TODAY) == []


def test_none_about_a_child_whose_record_the_manager_may_not_open(gone, begun, manager, amira):
    Allocation.objects.filter(person=amira).update(ended_on=TODAY - timedelta(days=1))
    assert queries.left_unsent(manager, TODAY) == []
    with pytest.raises(NotAllowed):
        services.take_over(draft=begun, by=manager)
    assert Draft.objects.get(pk=begun.pk).user == gone


def test_who_may_not(gone, begun, stranger, analyst, staff):
    elsewhere = staff(Role.TEAM_MANAGER, name="Eve Elsewhere")
    for somebody in (stranger, analyst, elsewhere):
        assert queries.left_unsent(somebody, TODAY) == []
        with pytest.raises(NotAllowed):
            services.take_over(draft=begun, by=somebody)
    assert Draft.objects.get(pk=begun.pk).user == gone
