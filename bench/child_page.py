"""The child's page and the search with a whole authority's record in the database.

    python bench/child_page.py [--people 300000] [--lines 5000000] [--pages 200] [--json]

Fills an empty database (DATABASE_URL, or an SQLite file of its own that is kept for the next run) with
made-up people and chronology lines, then asks the pages as a signed-in worker and prints the 95th
percentile against the limits: 100 ms for the child's page, 200 ms for a search.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

STORY_LIMIT_MS = 100
SEARCH_LIMIT_MS = 200
OPEN_CHILDREN = 5_000
KINDS = [
    "referral_received",
    "assessment_authorised",
    "plan_review_held",
    "care_review_held",
    "missing_started",
]
BEGAN = date(2022, 3, 1)


def start() -> None:
    """Settings and tables, on the bench's own database."""
    os.environ.setdefault("KITH_HOME", str(Path(tempfile.gettempdir()) / "kith-bench"))
    os.environ.setdefault("KITH_SECRET_KEY", "bench")
    os.environ.setdefault("KITH_HOSTS", "testserver")
    os.environ["DJANGO_SETTINGS_MODULE"] = "kith.web.settings"
    import django
    from django.core.management import call_command

    django.setup()
    from kith.record import tables

    tables.make_or_update()
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def fill(people: int, lines: int) -> None:
    """People with names, births and ids; facts and an allocation for the open children; lines for all."""
    from django.db import transaction

    from kith.record.people.models import Person, Role, Team, User, UserRole

    if Person.objects.exists():
        return
    chance = random.Random(1)
    with transaction.atomic():
        team = Team.objects.create(name="Bench team")
        worker = User.objects.create_user("bench@example.test", name="Bench Worker")
        UserRole.objects.create(user=worker, role=Role.SOCIAL_WORKER, started_on=BEGAN)
        ids = [chance.getrandbits(61) for _ in range(people)]
        for at in range(0, people, 20_000):
            _people(ids[at : at + 20_000], at, chance)
        _facts(ids[:OPEN_CHILDREN], worker, team)
    _lines(ids, lines, chance)


def _people(ids: list[int], first: int, chance: random.Random) -> None:
    from kith.record.people.models import Identifier, Person, PersonDetails, PersonName

    Person.objects.bulk_create([Person(id=pk) for pk in ids], batch_size=2_000)
    PersonName.objects.bulk_create(
        [PersonName(person_id=pk, **_name(chance)) for pk in ids], batch_size=1_000
    )
    born = date(2008, 1, 1)
    births = [
        PersonDetails(
            person_id=pk, sex=chance.choice("MF"), date_of_birth=born + timedelta(chance.randrange(6500))
        )
        for pk in ids
    ]
    PersonDetails.objects.bulk_create(births, batch_size=1_000)
    numbers = [
        Identifier(person_id=pk, kind="child_id", authority="999", value=f"N{first + place}")
        for place, pk in enumerate(ids)
    ]
    Identifier.objects.bulk_create(numbers, batch_size=1_000)


def _name(chance: random.Random) -> dict[str, str]:
    """A made-up name of syllables: about 50,000 different family names."""
    from kith.record.people.names import first_given, normalise

    syllables = [
        "ka",
        "ri",
        "mo",
        "ten",
        "sal",
        "bru",
        "wick",
        "ford",
        "na",
        "el",
        "dor",
        "wen",
        "ash",
        "lin",
        "gar",
    ]
    family = "".join(chance.choice(syllables) for _ in range(4)).capitalize()
    given = "".join(chance.choice(syllables) for _ in range(2)).capitalize()
    return {
        "given_names": given,
        "family_name": family,
        "given_key": normalise(first_given(given)),
        "family_key": normalise(family),
    }


def _facts(ids: list[int], worker: Any, team: Any) -> None:
    """A referral, an assessment, care with four homes, reviews and brothers for each open child."""
    made: dict[type, list[Any]] = {}
    for place, pk in enumerate(ids):
        brothers = [ids[(place + step) % len(ids)] for step in (1, 2, 3)]
        for fact in _facts_of(pk, brothers, worker, team):
            made.setdefault(type(fact), []).append(fact)
    for model, rows in made.items():
        model.objects.bulk_create(rows, batch_size=1_000)  # type: ignore[attr-defined]


def _facts_of(pk: int, brothers: list[int], worker: Any, team: Any) -> list[Any]:
    from kith.record.assessment.models import Assessment
    from kith.record.care.models import CareReview, LegalStatus, PeriodOfCare, Placement
    from kith.record.facts import new_id
    from kith.record.frontdoor.models import Referral
    from kith.record.people.models import Allocation, Relationship

    period, referral = new_id(), new_id()
    homes = [BEGAN + timedelta(365 * year) for year in range(5)]
    return [
        Allocation(person_id=pk, worker=worker, team=team, started_on=BEGAN),
        Referral(person_id=pk, thread=referral, received_on=BEGAN, source="1A", primary_need="N1"),
        Assessment(
            person_id=pk, referral_thread=referral, started_on=BEGAN, authorised_on=BEGAN + timedelta(40)
        ),
        PeriodOfCare(person_id=pk, thread=period, started_on=BEGAN, need="N1", home_postcode="AA1 1AA"),
        LegalStatus(person_id=pk, period_thread=period, code="C1", started_on=BEGAN),
        *(
            Placement(
                person_id=pk,
                period_thread=period,
                placement_type="U4",
                provider="PR1",
                started_on=first,
                ended_on=last if last < homes[-1] else None,
            )
            for first, last in pairwise(homes)
        ),
        *(CareReview(person_id=pk, held_on=home + timedelta(28), participation="PN1") for home in homes),
        *(Relationship(person_id=pk, other_id=brother, kind="sibling") for brother in brothers),
    ]


def _lines(ids: list[int], count: int, chance: random.Random) -> None:
    """Lines straight into the table: one in twenty for the open children, the rest spread over all."""
    from django.db import connection, transaction
    from django.utils import timezone

    now = timezone.now()
    rows = (
        (
            ids[(at // 20) % OPEN_CHILDREN] if at % 20 == 0 else ids[chance.randrange(len(ids))],
            date(2015, 1, 1) + timedelta(days=chance.randrange(4300)),
            KINDS[at % len(KINDS)],
            "Something happened, and somebody wrote a line of it as they do",
            "care.carereview",
            at,
            now,
        )
        for at in range(count)
    )
    columns = 'person_id, "on", kind, text, fact_table, fact_thread, recorded_at'
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY chronology_line ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.connection.executemany(
                f"INSERT INTO chronology_line ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((row[0], row[1].isoformat(), *row[2:6], str(row[6])) for row in rows),
            )
    with connection.cursor() as cursor:  # PostgreSQL does by itself, in time, what is done here at once
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")


def percentile(seconds: list[float], share: float) -> float:
    """The value in milliseconds under which `share` of the measurements lie."""
    return round(sorted(seconds)[int(len(seconds) * share) - 1] * 1000, 1)


def measure(pages: int) -> dict[str, float]:
    """Milliseconds of the child's page and of a misspelt search, half and 95 of 100 under them."""
    from django.test import Client

    from kith.record.people.models import Allocation, PersonName, User

    chance = random.Random(2)
    client = Client()
    worker = User.objects.get(email="bench@example.test")
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    open_ids = list(Allocation.current.values_list("person_id", flat=True))
    known = PersonName.current.filter(person_id__in=open_ids[:pages])
    stories = _times(client, [f"/child/{chance.choice(open_ids)}/" for _ in range(pages)])
    searches = _times(
        client,
        [f"/find/?q={name.given_names}+{_misspelt(name.family_name, chance)}&why=duty" for name in known],
    )
    return {
        "story_p50_ms": percentile(stories, 0.5),
        "story_p95_ms": percentile(stories, 0.95),
        "search_p50_ms": percentile(searches, 0.5),
        "search_p95_ms": percentile(searches, 0.95),
    }


def _misspelt(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name) - 1)
    return name[:place] + chance.choice("aeiourstln") + name[place + 1 :]


def _times(client: Any, addresses: list[str]) -> list[float]:
    """Seconds of each page, three more first to warm up; a page that is no page stops the run.

    The test client leaves out what a server does before each page: looking after the connections.
    """
    from django.db import close_old_connections

    took = []
    for number, address in enumerate(addresses[:3] + addresses):
        began = time.perf_counter()
        close_old_connections()
        answer = client.get(address)
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}")
        if number >= 3:
            took.append(time.perf_counter() - began)
    return took


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=300_000)
    asked.add_argument("--lines", type=int, default=5_000_000)
    asked.add_argument("--pages", type=int, default=200)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    start()
    fill(given.people, given.lines)
    from django.db import connection

    got = {"database": connection.vendor, **measure(given.pages)}
    if given.json:
        print(json.dumps(got))
        return
    print(f"on {got['database']}, {given.people:,} people and {given.lines:,} lines")
    for page, limit in (("story", STORY_LIMIT_MS), ("search", SEARCH_LIMIT_MS)):
        print(f"{page:<8} p95 {got[f'{page}_p95_ms']:>7} ms (limit {limit}), p50 {got[f'{page}_p50_ms']} ms")


if __name__ == "__main__":
    main()
