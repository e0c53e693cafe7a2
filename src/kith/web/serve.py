"""Starting Kith on one machine: the pages, the worker beside them, and the invented authority of a demo."""

import logging
import os
import signal
import subprocess  # the commands below are fixed
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kith.invented.authority import Authority

log = logging.getLogger("kith.serve")
HOUSEKEEPING_SECONDS = 60
WORKER_SECONDS = 5  # how long somebody who stops Kith waits for a job that is being done
Progress = Callable[[str, int, int], None]
INVENTED_CHILDREN = 400
INVENTED_YEARS = 6
INVENTED_SEED = 1
NORTHBROOK = Path(__file__).parent / "data"  # numbers that nobody counted, for an authority that is not there


def fill_with_an_invented_authority(progress: Progress) -> None:
    """Fill an empty record with Northbrook up to today; leave a record that holds anybody as it is.

    All of it is one transaction: killed half-way, the next start begins again with nothing.
    """
    from django.db import transaction
    from django.utils import timezone

    from kith.invented.authority import invent
    from kith.web.demo import make_demo_people
    from kith.web.demo_days import live_last_days
    from kith.web.demo_work import settle_demo_people

    if not is_empty():
        make_demo_people()
        work_out_figures_once()
        return
    progress("thinking up families", 0, 1)
    authority = invent(INVENTED_CHILDREN, INVENTED_YEARS, INVENTED_SEED, until=timezone.localdate())
    with transaction.atomic():
        make_demo_people()
        bring_in(authority, progress)
        progress("giving everybody their work", 0, 1)
        live_last_days(settle_demo_people())
    progress("working out the figures", 0, 1)
    work_out_figures_once()


def work_out_figures_once() -> None:
    """Give Northbrook's invented child populations and areas, and take its record for figures, if it never
    was.
    """
    from kith.record.figures import comparisons, services
    from kith.record.figures.queries import lookups_folder, newest

    if newest() is not None:
        return
    for name in ("populations", "areas"):
        if not (lookups_folder() / comparisons.KINDS[name].file).exists():
            comparisons.give(name, NORTHBROOK / f"northbrook_{name}.csv", by=None)
    services.give_out_once_a_quarter(services.take())


def is_empty() -> bool:
    """Whether the record holds nobody yet."""
    from kith.record.people.models import Person

    return not Person.objects.exists()


def bring_in(authority: "Authority", progress: Progress) -> None:
    """Bring the whole diary of an invented authority into an empty record, through the importer.

    Playing it act by act through the services (`kith.record.pathway.play`) gives the same record, and
    takes some ten times as long.
    """
    from kith.dataset.dataset import Dataset
    from kith.invented.frames import dataset_of
    from kith.record.importer.services import import_dataset
    from kith.record.pathway.moving_in import move_in

    staff = ("ssd_professionals", "ssd_department")  # they move in as users and teams
    told = dataset_of(authority)
    import_dataset(
        Dataset({name: told[name] for name in told.filled() if name not in staff}),
        by=None,
        authority=authority.code,
        description=f"{authority.name}, invented",
        name=authority.name,
        year=authority.last_year,
        progress=progress,
    )
    move_in(authority)


def serve(host: str, port: int, workers: int) -> int:
    """Serve until stopped; returns the web server's exit status. The worker ends with it."""
    from django.conf import settings

    from kith.web.collect import collect_if_changed

    collect_if_changed()
    worker = Worker()
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
        return keep_house_until_stopped(web, worker)
    finally:
        end(worker.process)


class Worker:
    """The process that does background jobs, which ends by itself where the database is long away."""

    COMMAND = (sys.executable, "-m", "django", "db_worker", "--interval", "1")

    def __init__(self) -> None:
        self.process = self._start()

    def start_again_if_ended(self) -> None:
        """Start the worker anew where it is there no more: else every job would wait, and nobody be told."""
        if self.process.poll() is not None:
            log.error("The worker ended by itself (status %s), and is started again", self.process.returncode)
            self.process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        # In a session of its own a Ctrl+C is told it once, by us: told twice, it breaks off with a fault.
        return subprocess.Popen(self.COMMAND, start_new_session=True)  # noqa: S603


def end(worker: "subprocess.Popen[bytes]") -> None:
    """End the worker when its job is done, or without that: one that is cut off is done when asked again."""
    worker.terminate()
    try:
        worker.wait(timeout=WORKER_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def keep_house_until_stopped(web: "subprocess.Popen[bytes]", worker: Worker) -> int:
    """Wait for the web server to end, and every minute do what nobody asks for; returns its exit status."""
    while True:
        try:
            return web.wait(timeout=HOUSEKEEPING_SECONDS)
        except subprocess.TimeoutExpired:
            worker.start_again_if_ended()
            keep_house()


def keep_house() -> None:
    """Bring in looks written to the journal while the database was away, seal the audit, forget what
    visitors typed half an hour ago, delete files that no document names, and once a day have the record
    taken for figures."""
    from django.db import DatabaseError, close_old_connections

    from kith.record.access.services import bring_in_journal
    from kith.record.audit.sealing import seal
    from kith.record.documents.services import sweep
    from kith.record.drafts.services import purge
    from kith.record.figures.services import ask_each_day

    try:
        bring_in_journal()
        seal()
        purge()
        ask_each_day()
        sweep()
    except DatabaseError:
        log.exception("The database did not answer; the journal and the seal wait for the next minute")
    except OSError:
        log.exception("A folder of KITH_HOME did not answer; what is kept there waits for the next minute")
    finally:
        close_old_connections()
