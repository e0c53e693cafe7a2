"""Static files are gathered when one changed, and only then."""

import os
import time

from kith.web import collect


def test_static_files_are_gathered_once_and_again_after_a_change(settings, tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "one.css").write_text("a{top:0}")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [sources], tmp_path / "gathered"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    assert collect.collect_if_changed()
    assert (tmp_path / "gathered" / "one.css").read_text() == "a{top:0}"
    assert not collect.collect_if_changed()
    (sources / "one.css").write_text("a{top:1px}")
    os.utime(sources / "one.css", (time.time() + 10, time.time() + 10))  # Django tells times by the second
    assert collect.collect_if_changed()
    assert (tmp_path / "gathered" / "one.css").read_text() == "a{top:1px}"
