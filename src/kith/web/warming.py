"""Done before anybody asks: what the first page of figures of a web process would wait for."""

from threading import Timer

from django.db import connections

from kith.web.insight.reading import exact_reading
from kith.web.pdf import can_make_pdf

AFTER = 10.0  # seconds: the first pages of a process that starts go first


def warm_up_soon() -> Timer:
    """Have it done in the background of this process; it ends with the process, done or not."""
    timer = Timer(AFTER, warm_up)
    timer.daemon = True
    timer.start()
    return timer


def warm_up() -> None:
    """Read what sets pages for paper, and work out the case for change where figures were taken."""
    try:
        can_make_pdf()
        reading = exact_reading()
        if reading:
            reading.case()
    finally:
        connections.close_all()  # this thread's own
