"""The page of who may do what says what the table says."""

from kith.record.people import powers_page
from kith.record.people.models import Role
from kith.record.people.permissions import powers


def test_the_page_is_as_the_table_makes_it():
    assert powers_page.PAGE.read_text(encoding="utf-8") == powers_page.page(), (
        "The table changed: run `python -m kith.record.people.powers_page`."
    )


def test_the_page_has_a_line_for_each_power_and_each_role():
    lines = [line for line in powers_page.page().splitlines() if line.startswith("| ")]
    headings = 2
    assert len(lines) == headings + len(powers()) + len(Role)


def test_every_power_belongs_to_a_role_there_is():
    assert {role for power in powers().values() for role in power.roles} == set(Role)
    assert all(power.roles for power in powers().values())
