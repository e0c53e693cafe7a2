"""The people who work in the invented authority: teams, workers who come and go, and who has which child."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kith.invented.names import a_culture, family_name, given_name
from kith.invented.rates import rates


@dataclass(frozen=True, slots=True)
class Team:
    """A team; `stage` is the part of the pathway it works in, one of STAGES, or empty."""

    name: str
    stage: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works here, from a day to a day (None: still).

    `role` is a role of the record (`people.Role`); `registration` is empty for those who need none.
    """

    key: str
    name: str
    registration: str
    role: str
    team: str
    is_manager: bool
    started_on: date
    ended_on: date | None


TEAMS = (
    Team("Front door and assessment", "assessment"),
    Team("Assessment east", "assessment"),
    Team("Help and protection north", "plan"),
    Team("Help and protection south", "plan"),
    Team("Children in our care", "care"),
    Team("Disabled children", "disabled"),
    Team("Leaving care", "leaving"),
    Team("Reviewing and conferences", ""),
    Team("Emergency duty", ""),
    Team("Placements and fostering", ""),
    Team("Performance and data", ""),
    Team("Leadership", ""),
)
# Children open for each worker of a stage: about 17 cases a worker in England, 2019/20, in all stages.
_CHILDREN_A_WORKER = {"assessment": 55, "plan": 36, "care": 80, "disabled": 160, "leaving": 240}
_OTHERS = (
    ("Reviewing and conferences", "reviewing_officer", 250),
    ("Emergency duty", "out_of_hours", 400),
    ("Placements and fostering", "placement_officer", 400),
    ("Performance and data", "analyst", 1500),
    ("Leadership", "senior_manager", 2500),
    ("Leadership", "custodian", 5000),
    ("Leadership", "data_protection", 5000),
)


class Staff:
    """Everyone who works here between two days, with a successor for everyone who leaves."""

    def __init__(self, rng: Random, children: int, start: date, until: date) -> None:
        self._until = until
        self._number = 0
        self.workers: list[Worker] = []
        self._posts: dict[str, list[list[Worker]]] = {}
        self._managers: dict[str, list[Worker]] = {}
        for team in TEAMS:
            if team.stage:
                self._fill_team(rng, team, children, start)
        for name, role, each in _OTHERS:
            for _ in range(max(1, round(children / each))):
                self._posts.setdefault(role, []).append(self._post(rng, role, name, False, start))

    def on_day(self, rng: Random, stage: str, on: date) -> Worker:
        """A worker of the stage (or role) who is here on the day."""
        post = rng.choice(self._posts[stage])
        return next((worker for worker in post if worker.ended_on is None or worker.ended_on > on), post[-1])

    def of_role(self, rng: Random, role: str, on: date) -> Worker:
        """Somebody with the role who is here on the day."""
        return self.on_day(rng, role, on)

    def managers(self, stage: str, on: date) -> list[Worker]:
        """The managers of the stage's teams on the day, in the order of TEAMS."""
        return [self.manager_of(team.name, on) for team in TEAMS if team.stage == stage]

    def manager_of(self, team: str, on: date) -> Worker:
        """The manager on the day of a team that has a stage; before there was one, the first."""
        post = self._managers[team]
        return next(worker for worker in post if worker.ended_on is None or worker.ended_on > on)

    def _fill_team(self, rng: Random, team: Team, children: int, start: date) -> None:
        teams = sum(other.stage == team.stage for other in TEAMS)
        number = max(2, round(children / _CHILDREN_A_WORKER[team.stage] / teams))
        role = "personal_adviser" if team.stage == "leaving" else "social_worker"
        manager = self._post(rng, "team_manager", team.name, True, start)
        self._posts.setdefault("team_manager", []).append(manager)
        self._managers[team.name] = manager
        for _ in range(number):
            self._posts.setdefault(team.stage, []).append(self._post(rng, role, team.name, False, start))

    def _post(self, rng: Random, role: str, team: str, is_manager: bool, start: date) -> list[Worker]:
        """One post, held by one person after another until the last day."""
        held: list[Worker] = []
        day = start
        while True:
            years = rng.expovariate(rates()["worker_leaves_a_year"])
            end = day + timedelta(days=int(200 + years * 365))
            worker = self._worker(rng, role, team, is_manager, day, end if end < self._until else None)
            held.append(worker)
            self.workers.append(worker)
            if worker.ended_on is None:
                return held
            day = worker.ended_on

    def _worker(
        self, rng: Random, role: str, team: str, is_manager: bool, start: date, end: date | None
    ) -> Worker:
        self._number += 1
        culture = a_culture(rng)
        sex = "F" if rng.random() < 0.84 else "M"
        given = given_name(rng, culture, sex).split(" ")[0]
        registered = role in {"social_worker", "team_manager", "reviewing_officer", "out_of_hours"}
        # Numbers of this length that begin with 9 have not been given to anyone.
        registration = f"SW9{self._number:07d}" if registered else ""
        name = f"{given} {family_name(rng, culture)}"
        return Worker(f"W{self._number:05d}", name, registration, role, team, is_manager, start, end)
