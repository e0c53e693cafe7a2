"""A process that was warmed up answers the first page of figures from what it keeps."""

from threading import Thread

import pytest

from kith.web import warming
from kith.web.insight import reading


def test_what_was_worked_out_beforehand_is_not_worked_out_again(monkeypatch):
    asked = []
    monkeypatch.setattr(warming, "exact_reading", lambda: asked.append("reading"))
    monkeypatch.setattr(warming, "can_make_pdf", lambda: asked.append("paper"))
    monkeypatch.setattr(warming, "AFTER", 0.0)
    warming.warm_up_soon().join()
    assert asked == ["paper", "reading"]


@pytest.mark.django_db(transaction=True)
def test_without_figures_there_is_nothing_to_work_out():
    thread = Thread(target=warming.warm_up)
    thread.start()
    thread.join()
    assert reading.exact_reading() is None
