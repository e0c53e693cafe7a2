"""Settings for the whole suite, made before Django reads its own."""

import os
import tempfile

from hypothesis import settings

os.environ["KITH_TESTING"] = "1"
os.environ.setdefault("KITH_HOME", tempfile.mkdtemp(prefix="kith-tests-"))

# How long one example takes says how busy the machine is; speed is measured in bench/.
settings.register_profile("kith", deadline=None)
settings.load_profile("kith")
