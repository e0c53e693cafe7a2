"""Starting Kith on one machine: the pages, the worker beside them, and the invented authority of a demo."""

import logging
import os
import signal
import subprocess  # the commands below are fixed
import sys
from collections.abc import Callable
from types import FrameType

log = logging.getLogger("kith.serve")
HOUSEKEEPING_SECONDS = 60
Progress = Callable[[str, int, int], None]
INVENTED_CHILDREN = 400
INVENTED_YEARS = 6
INVENTED_SEED = 1


def fill_with_an_invented_authority(progress: Progress) -> None:
    """Fill an empty record with Northbrook, lived through the services; leave any other record as it is."""
    from django.utils import timezone

    from kith.invented.authority import invent
    from kith.record.pathway.play import play
    from kith.record.people.models import Person
    from kith.web.demo import make_demo_people, settle_demo_people

    make_demo_people()
    if Person.objects.exists():
        return
    progress("thinking up families", 0, 1)
    authority = invent(INVENTED_CHILDREN, INVENTED_YEARS, INVENTED_SEED, until=timezone.localdate())
    play(authority, progress=progress)
    settle_demo_people()


def serve(host: str, port: int, workers: int) -> int:
    """Serve until stopped; returns the web server's exit status. The worker ends with it."""
    from django.conf import settings

    from kith.web.collect import collect_if_changed

    collect_if_changed()
    worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--interval", "1"])
    web = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "gunicorn", "kith.web.wsgi:application"),
            *("--bind", f"{host}:{port}", "--workers", str(workers), "--timeout", "120"),
            *("--control-socket", str(settings.HOME / "gunicorn.sock"), "--log-level", "warning"),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "kith.web.settings"},
    )
    print(f"Kith is at http://{host}:{port}/  (stop it with Ctrl+C)", flush=True)

    def stop(signum: int, frame: FrameType | None) -> None:
        web.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        return keep_house_until_stopped(web)
    finally:
        worker.terminate()
        worker.wait(timeout=20)


def keep_house_until_stopped(web: "subprocess.Popen[bytes]") -> int:
    """Wait for the web server to end, and every minute do what nobody asks for; returns its exit status."""
    while True:
        try:
            return web.wait(timeout=HOUSEKEEPING_SECONDS)
        except subprocess.TimeoutExpired:
            keep_house()


def keep_house() -> None:
    """Bring in looks written to the journal while the database was away, and seal the audit."""
    from django.db import DatabaseError, close_old_connections

    from kith.record.access.services import bring_in_journal
    from kith.record.audit.sealing import seal

    try:
        bring_in_journal()
        seal()
    except DatabaseError:
        log.exception("The database did not answer; the journal and the seal wait for the next minute")
    finally:
        close_old_connections()
