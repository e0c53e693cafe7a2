"""What an administrator does first in a new Kith, as a part of My work, until it is done."""

from dataclasses import dataclass

from kith.record.people import queries
from kith.record.people.models import Role
from kith.web.my_work import Work
from kith.web.sections import Section


@dataclass(frozen=True)
class Step:
    """Something still to do: the act, the name of its address, and why."""

    act: str
    address: str
    why: str


def _first_steps(work: Work) -> list[Step] | None:
    """What is still to do before people can work here; None where nothing is, or it is not theirs."""
    return (still_to_do() or None) if work.may("manage_staff") else None


def still_to_do() -> list[Step]:
    """The first steps that nobody has taken yet, in the order in which they are best taken."""
    steps = (
        (
            queries.holders_of([Role.ADMINISTRATOR]).count() > 1,
            Step("Add a second administrator", "add_worker", "Nobody is then locked out when one is away."),
        ),
        (
            queries.teams_of_staff().exists(),
            Step("Make the teams", "teams", "Work, messages and who may see whom follow the teams."),
        ),
        (
            queries.holders_of([Role.TEAM_MANAGER]).exists(),
            Step("Add the team managers", "add_worker", "They decide, allocate and read what is late."),
        ),
        (
            queries.holders_of([Role.DUTY_WORKER, Role.OUT_OF_HOURS]).exists(),
            Step("Add who answers at the front door", "add_worker", "Families can ask for help from today."),
        ),
        (
            queries.holders_of([Role.ANALYST]).exists(),
            Step("Add a data analyst", "add_worker", "They bring in the returns that you have sent so far."),
        ),
    )
    return [step for is_done, step in steps if not is_done]


SECTIONS = (Section("kith/my_work/first_steps.html", _first_steps, 1),)
