"""What indicators share is worked out once, whoever asks first."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kith.dataset.dataset import Dataset
from kith.insight.facts import Facts
from kith.insight.sources import Sources


def test_what_several_threads_ask_at_once_is_worked_out_once() -> None:
    facts, made = Facts(Dataset(), Sources()), []

    def slowly(_: Facts, asked: int) -> list[int]:
        made.append(asked)
        time.sleep(0.05)  # long enough for the others to ask meanwhile
        return [asked]

    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda asked: facts.worked_out(slowly, asked), [1, 1, 2, 1]))
    assert given == [[1], [1], [2], [1]]
    assert sorted(made) == [1, 2]
    assert given[0] is given[3]


def test_what_failed_is_tried_again_and_shuts_nobody_out() -> None:
    facts, tries = Facts(Dataset(), Sources()), []

    def fails_first(_: Facts) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return "told"

    with pytest.raises(ValueError, match="not yet"):
        facts.worked_out(fails_first)
    assert facts.worked_out(fails_first) == "told"
