"""Settings for the whole suite, made before Django reads its own."""

import os
import tempfile

os.environ["KITH_TESTING"] = "1"
os.environ.setdefault("KITH_HOME", tempfile.mkdtemp(prefix="kith-tests-"))
