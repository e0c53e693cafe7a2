"""Run the suite on SQLite, then on PostgreSQL where a server answers, and say what was not run.

The PostgreSQL server is DATABASE_URL's, or 127.0.0.1:5432 with user postgres and database test.
"""

import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

POSTGRES = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/test"


def answers(url: str) -> bool:
    """True when something listens where the url points."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=2).close()
    except OSError:
        return False
    return True


def run_suite(title: str, arguments: list[str], **settings: str) -> int:
    print(f"\n== {title}", flush=True)
    environment = {**os.environ, **settings}
    if not settings.get("DATABASE_URL"):
        environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-n", "2", "--dist", "loadfile", *arguments],
        env=environment,
        check=False,
    ).returncode


def main() -> int:
    marks = [] if "--all" in sys.argv else ["-m", "not slow"]
    status = run_suite("the suite on SQLite", marks)
    if not POSTGRES.startswith("postgres") or not answers(POSTGRES):
        print(f"\nNOT RUN: the suite on PostgreSQL, because no server answered at {POSTGRES}.")
        return status
    database_marks = [*(["-m", "not browser"] if "--all" in sys.argv else ["-m", "not slow and not browser"])]
    on_postgres = run_suite(
        "the suite on PostgreSQL (all but the browser)", database_marks, DATABASE_URL=POSTGRES
    )
    return status or on_postgres


if __name__ == "__main__":
    sys.exit(main())
