"""Lines told beside the facts around them: no move with the same carers, and workers by name."""

import pytest

from kith.record.chronology import retelling
from kith.record.chronology.kinds import kind
from kith.record.chronology.models import Line


def line(text, kind="placement_started", table=retelling.PLACEMENT, thread=5):
    return Line(text=text, kind=kind, fact_table=table, fact_thread=thread)


@pytest.mark.parametrize(
    ("placed", "text"),
    [
        (retelling.KEPT, "Stayed with the same carers, now foster care (long term): in HD3"),
        (retelling.MOVED_TOGETHER, "Moved house with the same carers, in foster care (long term): in HD3"),
        (retelling.BACK, "Back with the same carers, in foster care (long term): in HD3"),
    ],
)
def test_a_placement_with_the_same_carers_is_not_told_as_a_move(placed, text):
    stored = line("Moved to foster care (long term): in HD3")
    [told] = retelling.retell([stored], placed={5: placed}, workers={})
    assert (told.text, told.kind) == (text, placed.kind)
    assert (kind(told.kind).band, kind(told.kind).edge) == (
        "placement",
        "start",
    )  # drawn as a home all the same
    assert stored.text.startswith("Moved to")  # what is stored stays


def test_a_move_stays_a_move_and_an_adoptive_placement_keeps_its_words():
    move, adoptive = line("Moved to foster care"), line("Placed for adoption, with their carers", thread=6)
    told = retelling.retell([move, adoptive], placed={6: retelling.KEPT}, workers={})
    assert told[0] is move
    assert (told[1].text, told[1].kind) == ("Placed for adoption, with their carers", "placement_kept")


def test_a_reason_speaks_of_a_change_since_not_each_is_a_move():
    [told] = retelling.retell([line("The move was because: other", "placement_ended")], placed={}, workers={})
    assert told.text == "The change was because: other"


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        (
            "Worker SW9 began to work with the child (social worker)",
            "Ann Lee began to work with the child (social worker)",
        ),
        ("A worker stopped working with the child", "Ann Lee stopped working with the child"),
        ("Ann Lee began to work with the child", "Ann Lee began to work with the child"),
    ],
)
def test_a_worker_is_told_by_name_where_it_is_known(stored, told):
    lines = [line(stored, "worker_started", retelling.ALLOCATION)]
    assert retelling.retell(lines, placed={}, workers={5: "Ann Lee"})[0].text == told
    assert retelling.retell(lines, placed={}, workers={})[0].text == stored
