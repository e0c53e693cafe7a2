"""Time taking a large authority's SSDA903 year into an empty record: `python bench/import_903.py`.

Makes a year of 5,000 invented children (about 41,000 rows), imports it, imports it again, and exports it,
in a database of its own that is thrown away: SQLite, or PostgreSQL where DATABASE_URL
names one. Limit: 60 seconds for the import. `--children N` changes the size.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

LIMIT_SECONDS = 60
YEAR = 2020
FIRST, LAST = date(YEAR - 1, 4, 1), date(YEAR, 3, 31)
os.environ["KITH_TESTING"] = "1"
os.environ.setdefault("KITH_HOME", tempfile.mkdtemp(prefix="kith-bench-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "kith.web.settings"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

TABLES = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
    ),
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "oc2": (
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
        "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED"
    ),
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
}


def a_year(children: int) -> dict[str, list[str]]:
    """Rows of each table: about eight a child, in the shape of a real year."""
    random, rows = Random(1), {table: [headings] for table, headings in TABLES.items()}
    for number in range(children):
        child, born = f"B{number:06}", FIRST - timedelta(days=random.randint(400, 6200))
        rows["header"].append(f"{child},{random.randint(1, 2)},{_day(born)},WBRI,,,")
        rows["episodes"] += _episodes(child, random)
        for month in (2, 7, 11)[: random.randint(2, 3)]:
            rows["reviews"].append(f"{child},{_day(born)},{_day(FIRST + timedelta(days=30 * month))},PN1")
        rows["oc2"].append(f"{child},{_day(born)},{random.randint(0, 40)},,0,1,1,1,1,0,,")
        rows["previous_permanence"].append(f"{child},{_day(born)},Z1,,")
        if random.random() < 0.15:
            gone = FIRST + timedelta(days=random.randint(0, 300))
            rows["missing"].append(f"{child},{_day(born)},M,{_day(gone)},{_day(gone + timedelta(days=2))}")
    return rows


def _episodes(child: str, random: Random) -> Iterator[str]:
    days = sorted(random.sample(range(-700, 360), random.choice((1, 2, 2, 3))))
    for turn, (start, end) in enumerate(zip(days, [*days[1:], None], strict=True)):
        began = FIRST + timedelta(days=start)
        ended = f"{_day(FIRST + timedelta(days=end))},X1,OTHER" if end is not None else ",,"
        place = f"U1,PR1,{ended},AB1 2CD,EF{turn + 1} 4GH,SC{100000 + turn}"
        yield f"{child},{_day(began)},{'P' if turn else 'S'},C2,N1,{place}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def timed(what: str, work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = work()
    taken = time.perf_counter() - started
    print(f"{what:<34} {taken:7.2f} s")
    return result, taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=5_000)
    children = parser.parse_args().children
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from kith.dataset.readers.folder import read_folder
    from kith.record.extract.queries import export_return
    from kith.record.importer.services import import_returns

    made = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for table, rows in a_year(children).items():
                (folder / f"{table}.csv").write_text("\n".join([*rows, ""]))
            returns, _ = timed("reading the files", lambda: read_folder(folder, year=YEAR))
        options: dict[str, Any] = {"by": None, "authority": "999", "description": "A benchmark"}
        result, taken = timed("importing", lambda: import_returns(returns, **options))
        timed("importing again", lambda: import_returns(returns, **options))
        timed("exporting", lambda: export_return("903", YEAR, "999"))

        print(f"{connection.vendor}: {result.counts.read:,} rows, {result.facts['added']:,} facts")
        print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
        print(f"import took {taken:.1f} s, {taken / LIMIT_SECONDS:.0%} of the limit of {LIMIT_SECONDS} s")
        return 0 if taken < LIMIT_SECONDS else 1
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
