"""Run the types and the suite on SQLite, then what has a database on PostgreSQL; say what was not run.

Three tests at a time keep two cores busy: the browser's wait for pages half their time. They begin with the
browser's and the whole house's, whose files are the longest, so that no one of those is left for the end.
The types are looked at beside them, for they keep one core busy and no more.

The PostgreSQL server is DATABASE_URL's, or 127.0.0.1:5432 with user postgres and database test.
"""

import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

# The plain packages (standards, dataset, checks, insight, invented) know no database: they run once.
WITH_A_DATABASE = ["src/kith/record", "src/kith/web", "tests"]
ROOMS = ["src/kith/record"]
EVERYTHING = ["tests", "src"]
THREE_AT_A_TIME = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
POSTGRES = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/test"


def answers(url: str) -> bool:
    """True when something listens where the url points."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=2).close()
    except OSError:
        return False
    return True


def begin_types() -> "subprocess.Popen[str]":
    """The look at the types, begun; what it finds is kept until `end_types`."""
    command = [sys.executable, "-m", "mypy", "src/kith"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def end_types(types: "subprocess.Popen[str]") -> int:
    found, _ = types.communicate()
    print(f"\n== the types\n{found.strip()}", flush=True)
    return types.returncode


def run_suite(title: str, arguments: list[str], **settings: str) -> int:
    print(f"\n== {title}", flush=True)
    environment = {**os.environ, **settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # each process would make every test file ready anew
    if not settings.get("DATABASE_URL"):
        environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", *THREE_AT_A_TIME, *arguments],
        env=environment,
        check=False,
    ).returncode


def main() -> int:
    marks = [] if "--all" in sys.argv else ["-m", "not slow"]
    types = begin_types()
    status = run_suite("the suite on SQLite", [*marks, *EVERYTHING])
    status = end_types(types) or status
    if marks:
        print("\nNOT RUN: the slow tests (pytest counts them as deselected). `make test-all` runs them.")
    if not POSTGRES.startswith("postgres") or not answers(POSTGRES):
        print(f"\nNOT RUN: the suite on PostgreSQL, because no server answered at {POSTGRES}.")
        return status
    database_marks = [*(["-m", "not browser"] if "--all" in sys.argv else ["-m", "not slow and not browser"])]
    asked = ROOMS if marks else WITH_A_DATABASE
    on_postgres = run_suite(
        f"the suite on PostgreSQL (what has a database in {', '.join(asked)}; not the browser)",
        [*database_marks, *asked],
        DATABASE_URL=POSTGRES,
        KITH_TESTS_WITH_A_DATABASE="only",
    )
    if marks:
        print("\nNOT RUN on PostgreSQL: the pages and the whole house's tests. `make test-all` runs them.")
    return status or on_postgres


if __name__ == "__main__":
    sys.exit(main())
