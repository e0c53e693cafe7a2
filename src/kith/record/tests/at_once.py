"""Two at the same moment, as PostgreSQL lets them: for tests of what one has to wait for."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

ON_POSTGRESQL = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="NOT RUN: SQLite lets one write at a time"),
]
SOMEBODY_WAITS = """SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE NOT granted AND datname = current_database())"""


def at_once(first, second):
    """What `second` gives, or raises, done by another while the first has not committed what they did."""

    def done_by_another():
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            first()
            later = others.submit(done_by_another)
            wait_until_somebody_waits(later)
        return later.result(timeout=30)


def wait_until_somebody_waits(later):
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(SOMEBODY_WAITS)
            if cursor.fetchone()[0] or later.done():
                return
        time.sleep(0.05)
