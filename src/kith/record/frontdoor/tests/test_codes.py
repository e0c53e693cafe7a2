"""The front door's own tables: dated, with sources, and told by codes the returns know."""

from datetime import date, timedelta

import pytest

from kith.record.chronology.policies import WrongCode
from kith.record.frontdoor import codes
from kith.record.people.local import set_locally
from kith.record.people.models import Role
from kith.standards.codes import code_list

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
TABLES = [codes.DECISIONS, codes.THRESHOLDS, codes.CONSENT_POSITIONS, codes.LAWFUL_BASES, codes.TELLERS]


@pytest.mark.parametrize("table", TABLES)
def test_each_choice_says_its_words_and_its_source_and_overlaps_no_other(table):
    offered = codes.choices(table, DAY)
    assert offered
    assert len({one.code for one in offered}) == len(offered)
    assert all(one.words and one.source for one in offered)


def test_each_decision_is_an_outcome_of_a_contact():
    for one in codes.choices(codes.DECISIONS, DAY):
        assert one.more["contact_outcome"] in code_list("contact_outcome")
        assert one.more["referral_outcome"] in [*(row.code for row in code_list("referral_outcome")), ""]


def test_every_source_of_a_referral_belongs_to_one_teller():
    sources = [code for one in codes.choices(codes.TELLERS, DAY) for code in one.more["sources"].split()]
    assert sorted(sources) == sorted(row.code for row in code_list("referral_source"))
    assert codes.teller_of("3E", DAY).words == "Health"
    assert codes.teller_of("ZZ", DAY) is None


def test_help_comes_first_of_all_decisions():
    assert codes.choices(codes.DECISIONS, DAY)[0].code == "help"


def test_a_code_that_is_not_offered_is_refused():
    for code, words in (("", "No choice was made"), ("castle", "“castle” is not")):
        with pytest.raises(WrongCode, match=words):
            codes.check_choice(codes.THRESHOLDS, code, DAY, "a level of need")
    assert codes.words_of(codes.THRESHOLDS, "") == "not said"
    assert codes.words_of(codes.THRESHOLDS, "9") == "9"


def test_the_levels_of_need_are_the_authoritys_own_and_last_years_decision_keeps_its_words(staff):
    head = staff(Role.SENIOR_MANAGER)
    set_locally(
        name="threshold_levels", value="A: everybody|B: early help: soon|C", agreed_by="Partnership",
        started_on=DAY, by=head,
    )  # fmt: skip
    assert [(one.code, one.words) for one in codes.choices(codes.THRESHOLDS, DAY)] == [
        ("A", "Level A: everybody"), ("B", "Level B: early help: soon"), ("C", "Level C"),
    ]  # fmt: skip
    assert codes.words_of(codes.THRESHOLDS, "4", DAY - timedelta(days=1)).startswith("Level 4: in need")
    with pytest.raises(WrongCode, match="is not a level of need"):
        codes.check_choice(codes.THRESHOLDS, "4", DAY, "a level of need")
