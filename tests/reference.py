"""Where the reference data lies that tests read in place: samples, cases, published figures."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def _find() -> Path:
    if given := os.environ.get("KITH_REFERENCE"):
        return Path(given)
    return next(
        (
            folder / "shared" / "reference"
            for folder in _ROOT.parents
            if (folder / "shared" / "reference").is_dir()
        ),
        _ROOT.parent / "shared" / "reference",
    )


REFERENCE = _find()
SAMPLES = REFERENCE / "samples"
