"""Who reads what of a visit to several children: each child's part with their record, the words as shared."""

from datetime import UTC, datetime

import pytest

from kith.record.access.services import place_restriction
from kith.record.people.models import Allocation, Role
from kith.record.tests.practice import worked_with
from kith.record.visits import queries, reading, services
from kith.record.visits.services import Saw

AT = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)
WORDS = "Amira and ADAM were home. Adam’s foot is better; adamant she is not."


@pytest.fixture
def parts(worker, amira, twin):
    made = services.write_visit(
        saw=[Saw(amira, "alone"), Saw(twin, "alone")], at=AT, how="in_person", what_happened=WORDS, by=worker
    )
    return queries.children_of(made)


@pytest.fixture
def amiras_other_worker(staff, amira):
    """Works with Amira, and not with her brother, who has workers of his own."""
    other = staff(Role.FAMILY_HELP_LEAD, name="Olu Other")
    Allocation.objects.create(person=amira, worker=other, started_on=AT.date())
    return other


def test_who_may_open_both_reads_all(worker, amira, twin, parts):
    read = reading.reading(worker, parts)
    assert read.children == {amira.pk, twin.pk}
    assert read.words(WORDS) == WORDS


def test_who_may_open_one_reads_that_childs_part_and_no_name_of_the_other(amiras_other_worker, amira, parts):
    read = reading.reading(amiras_other_worker, parts)
    assert read.children == {amira.pk}
    assert read.words(WORDS) == (
        "Amira and (name held back) were home. (name held back)’s foot is better; adamant she is not."
    )


def test_a_shared_family_name_is_not_held_back(amiras_other_worker, parts):
    assert reading.reading(amiras_other_worker, parts).words("The Khans; Mrs Khan") == "The Khans; Mrs Khan"


def test_where_the_other_is_restricted_nothing_shared_is_shown(
    amiras_other_worker, manager, staff, amira, twin, parts
):
    custodian = staff(Role.CUSTODIAN)
    place_restriction(twin, by=manager, kind="hidden_address", reason="He is hidden", custodian=custodian)
    read = reading.reading(amiras_other_worker, parts)
    assert read.children == {amira.pk}
    assert read.words(WORDS) == ""


def test_a_stranger_reads_nothing(stranger, parts):
    read = reading.reading(stranger, parts)
    assert (read.children, read.words(WORDS)) == (frozenset(), "")


def test_a_copy_for_one_child_names_no_other_whoever_prints_it(amira, parts):
    copy = reading.for_one(parts, amira.pk)
    assert "Adam" not in copy.words(WORDS)
    assert copy.children == {amira.pk}


def test_a_child_alone_is_read_whole(worker, someone, team):
    alone = worked_with(someone("Ola", "Ode"), worker, team)
    made = services.write_visit(
        saw=[Saw(alone, "alone")], at=AT, how="in_person", what_happened="Ola", by=worker
    )
    read = reading.reading(worker, queries.children_of(made))
    assert (read.words("Ola"), read.is_of_others_too) == ("Ola", False)
