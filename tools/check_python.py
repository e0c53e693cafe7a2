"""Say plainly when this Python cannot run Kith."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"Kith needs Python 3.11 or newer, and this is {sys.version.split()[0]}. "
        "Install a newer one, then run again with, for example: make run PYTHON=python3.11"
    )
try:
    import ensurepip  # noqa: F401
except ImportError:
    sys.exit("This Python has no `venv`. On Debian or Ubuntu: apt-get install python3-venv. Then run again.")
