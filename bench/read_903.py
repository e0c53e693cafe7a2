"""Seconds to read the SSDA903 year of an authority with 5,000 children, against the limit.

    python bench/read_903.py

Makes about 41,000 rows of invented CSV, reads them as a folder in fresh processes, and prints each time,
the best and the limit. The time is of reading alone, without the start of Python and its imports.
Exit status 1 where the best is over the limit.
"""

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

LIMIT = 0.3
CHILDREN = 5_000
RUNS = 5
YEAR_STARTS = date(2024, 4, 1)

READ_ONCE = """
import sys, time
from kith.dataset.readers.folder import read_folder
start = time.perf_counter()
(read,) = read_folder(sys.argv[1])
print(time.perf_counter() - start, read.rows_read(), len(read.rejects))
"""


def main() -> int:
    """Make the year, read it in fresh processes, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        make_year(Path(folder), random.Random(1))
        runs = [read_once(folder) for _ in range(RUNS)]
    seconds = [run[0] for run in runs]
    _, rows, rejects = runs[0]
    print(f"rows {rows:,.0f}, rejected {rejects:,.0f}")
    print("seconds", " ".join(f"{second:.3f}" for second in seconds))
    print(f"best {min(seconds):.3f} s, limit {LIMIT} s, ratio {min(seconds) / LIMIT:.2f}")
    return int(min(seconds) > LIMIT)


def read_once(folder: str) -> list[float]:
    """Seconds, rows and rejects of one reading in a process of its own."""
    command = [sys.executable, "-c", READ_ONCE, folder]
    source = str(Path(__file__).resolve().parent.parent / "src")
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": source})
    return [float(word) for word in done.stdout.split()]


def make_year(folder: Path, chance: random.Random) -> None:
    """Write the CSV files of an invented year: eight tables, about 41,000 rows."""
    born = {f"C{number:07}": day(chance, date(2008, 1, 1), 6_000) for number in range(CHILDREN)}
    tables = {
        "header": ("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", header),
        "episodes": (
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
            episodes,
        ),
        "reviews": ("CHILD,DOB,REVIEW,REVIEW_CODE", reviews),
        "oc2": (
            "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
            "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
            health,
        ),
        "previous_permanence": ("CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM", permanence),
        "missing": ("CHILD,DOB,MISSING,MIS_START,MIS_END", missing),
        "sw_episodes": ("CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON", workers),
        "oc3": ("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", leavers),
    }
    for name, (headings, rows) in tables.items():
        lines = [row for child, birth in born.items() for row in rows(child, birth, chance)]
        (folder / f"{name}.csv").write_text("\n".join([headings, *lines, ""]))


def day(chance: random.Random, first: date, days: int) -> str:
    """A day within `days` of `first`, as the 903 writes it."""
    return f"{first + timedelta(days=chance.randrange(days)):%d/%m/%Y}"


def in_year(chance: random.Random) -> str:
    """A day of the return's year."""
    return day(chance, YEAR_STARTS, 365)


def header(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """One row a child."""
    yield f"{child},{chance.choice('MF')},{birth},WBRI,UN{chance.randint(1, 5)},0,"


def episodes(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """Two episodes a child, the last of them open."""
    first, cut = day(chance, date(2022, 4, 1), 700), in_year(chance)
    home, place = f"AB{chance.randint(1, 50)} 1CD", f"EF{chance.randint(1, 50)} 2GH"
    yield f"{child},{first},S,C2,N1,U1,PR1,{cut},X1,CARPL,{home},{place},SC{chance.randint(100000, 999999)}"
    yield f"{child},{cut},P,C2,N1,K2,PR4,,,,{home},{place},SC{chance.randint(100000, 999999)}"


def reviews(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """Two reviews a child."""
    for _ in range(2):
        yield f"{child},{birth},{in_year(chance)},PN{chance.randint(1, 7)}"


def health(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """One row for seven children in ten."""
    if chance.random() < 0.7:
        yield f"{child},{birth},{chance.randint(0, 40)},,0,,1,1,1,0,,"


def permanence(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """One row for half the children."""
    if chance.random() < 0.5:
        yield f"{child},{birth},P1,301,zz/{chance.randint(1, 12):02}/2019"


def missing(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """One spell for half the children."""
    if chance.random() < 0.5:
        yield f"{child},{birth},M,{in_year(chance)},{in_year(chance)}"


def workers(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """One spell a child."""
    yield f"{child},{birth},SW{chance.randint(1000, 9999)},{in_year(chance)},,ORGRST"


def leavers(child: str, birth: str, chance: random.Random) -> Iterator[str]:
    """One row for half the children."""
    if chance.random() < 0.5:
        yield f"{child},{birth},YES,F1,U1"


if __name__ == "__main__":
    raise SystemExit(main())
