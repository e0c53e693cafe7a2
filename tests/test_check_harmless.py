"""What a return holds cannot write over the terminal of whoever checks it."""

import pytest

from kith.cli.checking import _harmless


@pytest.mark.parametrize(
    "line, told",
    [
        ("  \x1b[31mC2\x07   2", "  ?[31mC2?   2"),
        ("\u202etxt.exe", "?txt.exe"),
        ("C2\r0 findings", "C2?0 findings"),
        ("  Zoë, 3 findings …", "  Zoë, 3 findings …"),
    ],
)
def test_signs_that_move_the_terminal_are_told_as_a_question_mark(line, told):
    assert _harmless(line) == told
