"""Work over a folder of authorities: an answer or a reason for each, whatever becomes of the others."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kith.dataset.each_authority import Answered, Failed, authority_folders, each_authority
from kith.dataset.readers.files import CannotRead

SOURCE = Path(__file__).resolve().parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}


def names_of_files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def process_number(folder: Path) -> int:
    return os.getpid()


def ends_as_its_file_says(folder: Path) -> str:
    says = (folder / "says.txt").read_text()
    if says == "refuse":
        raise CannotRead("There is nothing to read. Export it again.")
    if says == "fail":
        raise KeyError("DECOM")
    if says == "lose the disk":
        raise ConnectionResetError("the share went away")
    if says == "be killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if says == "leave":
        raise SystemExit(7)
    return says


def gives_what_cannot_be_sent(folder: Path) -> object:
    return lambda: folder


def says_after(word: str, folder: Path) -> str:
    return f"{word} {folder.name}"


def waits(folder: Path) -> None:
    (folder / "begun").write_text("")
    until((folder / "go").exists)


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    raise TimeoutError


def authorities(root: Path, **files: str) -> Path:
    root.mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).mkdir()
        (root / name / "says.txt").write_text(text)
    return root


def by_name(answers):
    return sorted(answers, key=lambda one: one.authority)


def test_each_authority_is_answered_once(tmp_path):
    authorities(tmp_path, a301="", a302="", a303="")
    assert by_name(each_authority(tmp_path, names_of_files, 2)) == [
        Answered(name, ["says.txt"]) for name in ("a301", "a302", "a303")
    ]


def test_the_answers_are_the_same_whatever_the_number_of_processes(tmp_path):
    authorities(tmp_path, a="one", b="refuse", c="three", d="leave", e="five")
    alone, together = (by_name(each_authority(tmp_path, ends_as_its_file_says, count)) for count in (1, 3))
    assert alone == together
    assert [type(one) for one in alone] == [Answered, Failed, Answered, Failed, Answered]


@pytest.mark.parametrize(
    "says, reason",
    [
        ("refuse", "There is nothing to read. Export it again."),
        ("fail", "The work on it failed (KeyError: 'DECOM')."),
        ("lose the disk", "The work on it failed (ConnectionResetError: the share went away)."),
        ("be killed", "Its process was killed (signal 9)"),
        ("leave", "Its process ended (exit status 7)"),
    ],
)
def test_an_authority_that_fails_takes_no_other_with_it(tmp_path, says, reason):
    authorities(tmp_path, a="fine", b=says, c="fine", d="fine")
    first, failed, *others = by_name(each_authority(tmp_path, ends_as_its_file_says, 1))
    assert [first, *others] == [Answered(name, "fine") for name in "acd"]
    assert isinstance(failed, Failed)
    assert failed.authority == "b"
    assert failed.reason.startswith(reason)


def test_a_fault_that_nobody_foresaw_keeps_its_trace(tmp_path):
    authorities(tmp_path, a="fail", b="refuse")
    unforeseen, refused = by_name(each_authority(tmp_path, ends_as_its_file_says, 1))
    assert 'raise KeyError("DECOM")' in unforeseen.trace
    assert refused.trace == ""


def test_an_answer_that_cannot_be_sent_is_a_failure_with_its_reason(tmp_path):
    authorities(tmp_path, a="")
    (failed,) = each_authority(tmp_path, gives_what_cannot_be_sent, 1)
    assert isinstance(failed, Failed)
    assert failed.reason.startswith("The work on it failed (")


def test_work_may_carry_what_it_needs(tmp_path):
    authorities(tmp_path, a301="")
    assert list(each_authority(tmp_path, partial(says_after, "checked"))) == [
        Answered("a301", "checked a301")
    ]


def test_no_more_processes_are_used_than_were_said(tmp_path):
    authorities(tmp_path, **{f"a{number}": "" for number in range(5)})
    used = {one.answer for one in each_authority(tmp_path, process_number, 2)}
    assert len(used) <= 2
    assert os.getpid() not in used


def test_processes_end_when_the_caller_stops_asking(tmp_path):
    authorities(tmp_path, **{f"a{number}": "" for number in range(4)})
    answers = each_authority(tmp_path, process_number, 1)
    number = next(answers).answer
    answers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_processes_end_quietly_when_the_caller_is_killed(tmp_path):
    authorities(tmp_path / "in", a="")
    asking = f"""
from pathlib import Path
from kith.dataset.each_authority import each_authority
from kith.dataset.tests.test_each_authority import waits
for one in each_authority(Path({str(tmp_path / "in")!r}), waits, 1):
    pass
"""
    caller = subprocess.Popen(
        [sys.executable, "-c", asking], stderr=subprocess.PIPE, env=ENVIRONMENT, text=True
    )
    until((tmp_path / "in" / "a" / "begun").exists)
    caller.kill()
    (tmp_path / "in" / "a" / "go").write_text("")
    assert caller.communicate(timeout=30)[1] == ""  # read to its end: the process below has ended too


def test_polars_share_of_the_cores_is_set_for_the_processes_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    authorities(tmp_path, a="", b="")
    list(each_authority(tmp_path, names_of_files, 2))
    assert "POLARS_MAX_THREADS" not in os.environ


def test_hidden_folders_and_loose_files_are_no_authorities(tmp_path):
    authorities(tmp_path, b="", a="")
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes.txt").write_text("")
    assert [folder.name for folder in authority_folders(tmp_path)] == ["a", "b"]


def test_a_folder_with_no_authority_in_it_is_refused(tmp_path):
    with pytest.raises(CannotRead, match="a folder for each authority"):
        list(each_authority(tmp_path, names_of_files))
    with pytest.raises(CannotRead, match="There is no folder at"):
        list(each_authority(tmp_path / "none", names_of_files))
