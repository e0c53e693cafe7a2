"""Words that only a person can say: kept without blanks, and refused where there are none."""

import pytest

from kith.record.said import NotSaid, check_said
from kith.record.tests.practice import refused


def test_words_are_kept_without_the_blanks_around_them():
    assert check_said("  Seen at school\n", "The note") == "Seen at school"
    assert check_said("Seen\x00 at school", "The note") == "Seen at school"


@pytest.mark.parametrize("words", ["", "  \n", "\x00"])
def test_no_words_are_refused_and_what_to_do_is_said(words):
    with refused(NotSaid, "The reason was not said. Write it in a few words."):
        check_said(words, "The reason")
    with refused(NotSaid, "The reason was not said. Say what changed."):
        check_said(words, "The reason", "Say what changed.")
