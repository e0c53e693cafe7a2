import pytest

from kith.standards.upn import issuing_authorities


@pytest.mark.parametrize(
    "code",
    [
        "801",  # Bristol, whose name has a comma in the table
        "909",  # Cumbria, ended in 2023
        "942",  # Cumberland, begun in 2023
        "875",  # Cheshire, ended in 2009
        "003",  # a pseudo authority
        "681",  # Cardiff
    ],
)
def test_a_upn_may_name_any_authority_there_is_or_was(code):
    assert code in issuing_authorities()


@pytest.mark.parametrize("code", ["000", "421", "817", "WAL", ""])
def test_a_upn_may_not_name_what_is_no_authority(code):
    assert code not in issuing_authorities()
