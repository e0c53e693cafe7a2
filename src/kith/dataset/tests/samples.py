"""Where the sample returns lie, and small returns made for one test."""

import importlib.util
from pathlib import Path

from kith.dataset.returns import Return

_HELPER = Path(__file__).resolve().parents[4] / "tests" / "reference.py"
_SPEC = importlib.util.spec_from_file_location("reference", _HELPER)
assert _SPEC and _SPEC.loader
_REFERENCE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_REFERENCE)
SAMPLES: Path = _REFERENCE.SAMPLES

RUNNING = frozenset({"CINdetailsID", "AssessmentsID", "Section47ID", "CPPID"})
REVIEW_HEADINGS = "CHILD,DOB,REVIEW,REVIEW_CODE"
EPISODE_HEADINGS = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
EPISODE = "123,09/04/2017,S,L3,N1,U4,PR1,31/10/2017,E7,,V28 5OY,H8 7NR,1679094"


def csv(*rows: str, headings: str = REVIEW_HEADINGS, ending: str = "\n") -> bytes:
    """The bytes of a CSV file: the headings, then `rows`."""
    return ending.join((headings, *rows, "")).encode()


def rows_kept_and_rejected(read: Return) -> int:
    """Rows in the tables, and rejects that are about one row."""
    kept = sum(frame.height for frame in read.tables.values())
    return kept + sum(reject.line is not None for reject in read.rejects)


def assert_same(first: Return, second: Return) -> None:
    """The two returns say the same, whatever the files, lines and running numbers."""
    assert set(first.tables) == set(second.tables)
    for name, frame in first.tables.items():
        apart = [column for column in frame.columns if column in ("_file", "_line") or column in RUNNING]
        ours = frame.drop(apart).sort("_hash")
        assert ours.equals(second.tables[name].drop(apart).sort("_hash")), name
