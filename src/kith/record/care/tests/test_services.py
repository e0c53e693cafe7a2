"""Care: three time lines that start, change and end together; and what happens along the way."""

from datetime import date

import pytest

from kith.record.assessment.models import ChildInNeedPlan
from kith.record.care import permissions, policies, services
from kith.record.care.models import CareReview, LegalStatus, MissingEpisode, PeriodOfCare, Placement
from kith.record.chronology.permissions import allows
from kith.record.chronology.policies import WrongCode, WrongDate
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway import services as pathway
from kith.record.people.models import Role
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of, worked_with

START = {
    "on": MONDAY, "need": "N1", "legal_status": "V2", "placement_type": "U6", "provider": "PR1",
    "home_postcode": "NB1 1AA", "postcode": "NB2 2BB", "carer": "C1",
}  # fmt: skip
LATER = date(2026, 4, 20)


@pytest.fixture
def in_care(amira, worker):
    return services.start_care(child=amira, by=worker, **START)


@pytest.fixture
def baby(someone, worker, team):
    return worked_with(someone("Bea", "Khan", date_of_birth=date(2026, 2, 1)), worker, team)


def test_care_starts_on_three_time_lines(in_care, amira):
    status, placement = LegalStatus.current.get(), Placement.current.get()
    assert status.period_thread == placement.period_thread == in_care.thread
    assert acts_about(amira) == ["start_care", "start_legal_status", "start_placement"]
    assert [text for _, _, text in told_of(amira)] == [
        "Came into care: abuse or neglect",
        "Looked after under agreement with the parents (section 20)",
        "Moved to foster care: in NB2, with this authority's carers",
    ]


def test_care_ends_a_child_in_need_plan_and_short_breaks_do_not(amira, twin, worker):
    receive_referral(
        children=[amira, twin],
        on=MONDAY,
        source="2A",
        primary_need="N2",
        is_no_further_action=False,
        by=worker,
    )
    pathway.start_child_in_need_plan(children=[amira, twin], on=MONDAY, by=worker)
    pathway.start_care(child=amira, by=worker, **{**START, "on": LATER})
    pathway.start_care(child=twin, by=worker, **{**START, "on": LATER, "legal_status": "V3"})
    assert ChildInNeedPlan.current.get(person=amira).ended_on == LATER
    assert ChildInNeedPlan.current.get(person=twin).ended_on is None


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"on": date(1900, 1, 1)}, WrongDate, "more than 26 years ago"),
        ({"on": date(2016, 5, 13)}, WrongDate, "before this child was born, on 14 May 2016"),
        ({"on": date.max}, WrongDate, "has not come yet"),
        ({"need": ""}, WrongCode, "No choice was made for a need"),
        ({"legal_status": "J1"}, policies.WrongAge, "This child was 9 on 2 March 2026"),
        ({"legal_status": "XX"}, WrongCode, "is not a legal status"),
        ({"placement_type": "K3"}, policies.WrongAge, "only from age 16"),
        ({"placement_type": "H5"}, WrongCode, "is not a kind of placement on 2 March 2026"),
        ({"placement_type": "P1", "provider": "PR0"}, policies.NotTogether, "section 20"),
        ({"legal_status": "C2", "placement_type": "P1"}, policies.NotTogether, "provided by the parents"),
        ({"provider": "PR9"}, WrongCode, "is not a provider"),
    ],
)
def test_care_that_cannot_start_is_refused_and_nothing_is_written(amira, worker, changes, refusal, words):
    with refused(refusal, words) as caught:
        services.start_care(child=amira, by=worker, **{**START, **changes})
    assert caught.value.next_step
    assert not PeriodOfCare.objects.exists() and acts_about(amira) == []


def test_an_unborn_child_is_not_looked_after(unborn, worker):
    with refused(WrongDate, "not recorded as born"):
        services.start_care(child=unborn, by=worker, **START)


def test_nobody_is_refused_for_an_age_that_is_not_known(undated, worker):
    assert services.start_care(child=undated, by=worker, **{**START, "legal_status": "J1"})


def test_care_does_not_start_at_18(someone, worker, team):
    grown = worked_with(someone("Gus", "Khan", date_of_birth=date(2008, 3, 2)), worker, team)
    with refused(
        policies.WrongAge, "was 18 on 2 March 2026, and starting care is possible only before age 18"
    ):
        services.start_care(child=grown, by=worker, **START)
    assert services.start_care(child=grown, by=worker, **{**START, "on": date(2026, 3, 1)})


def test_a_child_is_looked_after_once_at_a_time(in_care, amira, twin, worker):
    with refused(policies.AlreadyLookedAfter, "since 2 March 2026"):
        services.start_care(child=amira, by=worker, **{**START, "on": LATER})
    assert services.start_care(child=twin, by=worker, **START)
    services.end_care(child=amira, on=LATER, reason="E4A", by=worker)
    with refused(WrongDate, "before the end of the last time in care"):
        services.start_care(child=amira, by=worker, **{**START, "on": date(2026, 4, 1)})


def test_a_new_status_ends_the_one_before(in_care, amira, worker):
    services.change_legal_status(child=amira, on=LATER, legal_status="C1", by=worker)
    before, after = LegalStatus.current.order_by("started_on")
    assert (before.ended_on, after.started_on, after.code) == (LATER, LATER, "C1")
    assert acts_about(amira)[-2:] == ["end_legal_status", "change_legal_status"]


@pytest.mark.parametrize(
    ("on", "code", "refusal"),
    [
        (MONDAY, "C1", policies.OverlappingStatus),
        (LATER, "V2", policies.OverlappingStatus),
        (date(2026, 3, 1), "C1", WrongDate),
        (LATER, "", WrongCode),
        (LATER, "D1", WrongCode),  # freeing orders ended in 2005
    ],
)
def test_a_status_that_cannot_follow_is_refused(in_care, amira, worker, on, code, refusal):
    with pytest.raises(refusal):
        services.change_legal_status(child=amira, on=on, legal_status=code, by=worker)
    assert LegalStatus.current.get().ended_on is None


def test_a_move_ends_the_placement_before_with_its_reason(in_care, amira, worker):
    services.place_child(
        child=amira, on=LATER, placement_type="U3", provider="PR1", postcode="NB3 3CC", carer="C2",
        change_reason="CARPL", by=worker,
    )  # fmt: skip
    before, after = Placement.current.order_by("started_on")
    assert (before.ended_on, before.change_reason, after.change_reason) == (LATER, "CARPL", "")
    assert acts_about(amira)[-2:] == ["end_placement", "place_child"]
    assert {kind for _, kind, _ in told_of(amira)} >= {"placement_started", "placement_ended"}


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"on": MONDAY}, policies.OverlappingPlacement, "current placement began on 2 March 2026"),
        ({"on": date(2026, 3, 1)}, WrongDate, "before the start of care"),
        ({"placement_type": "P1", "provider": "PR0"}, policies.NotTogether, "section 20"),
        ({"placement_type": "R5"}, policies.WrongAge, "only from age 10"),
        ({"change_reason": "CUSTOD"}, policies.WrongAge, "only from age 10"),
        ({"change_reason": "BORED"}, WrongCode, "is not a reason for a move"),
    ],
)
def test_a_placement_that_cannot_be_is_refused(in_care, amira, worker, changes, refusal, words):
    given = {"on": LATER, "placement_type": "U6", "provider": "PR1", **changes}
    with refused(refusal, words):
        services.place_child(child=amira, by=worker, **given)
    assert Placement.current.get().ended_on is None


def test_care_ends_on_all_time_lines_and_missing_with_it(in_care, amira, worker):
    services.go_missing(child=amira, on=date(2026, 4, 18), kind="M", by=worker)
    ended = services.end_care(child=amira, on=LATER, reason="E4A", by=worker)
    assert (ended.ended_on, ended.end_reason) == (LATER, "E4A")
    for model in (LegalStatus, Placement, MissingEpisode):
        assert model.current.get().ended_on == LATER
    assert told_of(amira)[-1][2] == "Left care: went home to a parent or relative, as planned"
    with refused(policies.NotLookedAfter, "not looked after"):
        services.end_care(child=amira, on=LATER, reason="E4A", by=worker)


@pytest.mark.parametrize(
    ("on", "reason", "refusal"),
    [
        (date(2026, 3, 1), "E4A", WrongDate),
        (LATER, "X1", WrongCode),
        (LATER, "", WrongCode),
        (LATER, "E17", policies.WrongAge),
    ],
)
def test_an_end_of_care_that_cannot_be_is_refused(in_care, amira, worker, on, reason, refusal):
    with pytest.raises(refusal):
        services.end_care(child=amira, on=on, reason=reason, by=worker)
    assert PeriodOfCare.current.get().ended_on is None


def test_the_reviewing_officer_holds_reviews(in_care, amira, baby, worker, chair):
    services.hold_care_review(child=amira, on=LATER, participation="PN1", by=chair)
    assert told_of(amira)[-1] == (LATER, "care_review_held", "Review of care held: the child came and spoke")
    assert acts_about(amira)[-1] == "hold_care_review"
    with refused(NotAllowed, "Your role does not let you hold a review"):
        services.hold_care_review(child=amira, on=LATER, participation="PN1", by=worker)
    with refused(policies.WrongAge, "only before age 4"):
        services.hold_care_review(child=amira, on=LATER, participation="PN0", by=chair)
    with refused(policies.NotLookedAfter, "not looked after"):
        services.hold_care_review(child=baby, on=LATER, participation="PN0", by=chair)
    assert CareReview.current.count() == 1


def test_a_child_goes_missing_and_comes_back(in_care, amira, twin, worker):
    with refused(policies.NotMissing, "not recorded as missing"):
        services.return_from_missing(child=amira, on=LATER, by=worker)
    services.go_missing(child=amira, on=LATER, kind="A", by=worker)
    with refused(policies.AlreadyMissing, "since 20 April 2026"):
        services.go_missing(child=amira, on=LATER, kind="M", by=worker)
    with refused(WrongDate, "before the day they went missing"):
        services.return_from_missing(child=amira, on=date(2026, 4, 19), by=worker)
    services.return_from_missing(child=amira, on=date(2026, 4, 21), by=worker)
    assert [text for _, _, text in told_of(amira)][-2:] == [
        "Away without permission",
        "Came back or was found",
    ]
    assert services.go_missing(child=twin, on=LATER, kind="M", by=worker)  # from home
    with pytest.raises(policies.NotLookedAfter):
        services.go_missing(child=twin, on=LATER, kind="A", by=worker)


def test_a_year_of_health_is_recorded_once(in_care, amira, worker):
    given = {"on": date(2026, 3, 31), "year": 2026, "sdq_score": 12, "are_teeth_checked": True}
    services.record_health_year(child=amira, by=worker, **given)
    assert told_of(amira)[-1][2] == (
        "Health in the year to 31 March 2026: wellbeing score (SDQ) 12, teeth checked"
    )
    with refused(policies.AlreadyDecided, "Health in the year to 31 March 2026 is recorded already"):
        services.record_health_year(child=amira, by=worker, **given)
    with refused(policies.OutOfRange, "score \\(SDQ\\) of 41"):
        services.record_health_year(child=amira, by=worker, **{**given, "year": 2025, "sdq_score": 41})
    with refused(policies.OutOfRange, "1900 is not a year"):
        services.record_health_year(child=amira, by=worker, **{**given, "year": 1900})


def test_adoption_is_decided_reversed_decided_again_and_made(in_care, amira, worker):
    decide, made = services.decide_adoption, services.record_adoption
    decide(child=amira, on=LATER, by=worker)
    with refused(policies.AlreadyDecided, "decided for this child on 20 April 2026"):
        decide(child=amira, on=LATER, by=worker)
    with refused(WrongCode, "No choice was made for a reason"):
        services.reverse_adoption_decision(child=amira, on=LATER, reason="", by=worker)
    services.reverse_adoption_decision(child=amira, on=date(2026, 5, 1), reason="RD3", by=worker)
    with refused(policies.NotDecided, "No plan for adoption stands"):
        services.reverse_adoption_decision(child=amira, on=date(2026, 5, 2), reason="RD3", by=worker)
    decide(child=amira, on=date(2026, 6, 1), by=worker)
    given = {"on": date(2026, 9, 1), "decided_on": date(2026, 6, 1), "matched_on": date(2026, 7, 1)}
    with refused(WrongDate, "before the decision for adoption"):
        made(child=amira, by=worker, **{**given, "matched_on": date(2026, 5, 1)})
    with refused(policies.OutOfRange, "3 adopters cannot be"):
        made(child=amira, by=worker, adopters=3, **given)
    made(child=amira, by=worker, adopters=2, adopters_sex="MF", adopters_legal_status="L11", **given)
    kinds = [kind for _, kind, _ in told_of(amira)]
    assert kinds[-4:] == ["adoption_decided", "adoption_reversed", "adoption_decided", "adoption_matched"]


def test_what_was_before_and_beside_care_is_written_down(in_care, amira, worker):
    record = {"child": amira, "on": LATER, "by": worker}
    services.record_previous_permanence(option="P2", authority="330", ordered_on="zz/06/2020", **record)
    services.record_unaccompanied(ended_on=date(2034, 5, 14), **record)
    services.record_motherhood(year=2026, is_mother=False, **record)
    services.record_liberty_order(**record)
    with refused(policies.AlreadyDecided, "in force already, since 20 April 2026"):
        services.record_liberty_order(**record)
    services.end_liberty_order(**record)
    with refused(policies.NotDecided, "No deprivation of liberty order"):
        services.end_liberty_order(**record)
    texts = [text for _, _, text in told_of(amira)]
    assert "Had a permanent home before: special guardianship: from 06/2020" in texts
    assert "Came to the country alone, seeking asylum" in texts
    assert acts_about(amira)[-5:] == [
        "record_previous_permanence", "record_unaccompanied", "record_motherhood", "record_liberty_order",
        "end_liberty_order",
    ]  # fmt: skip


def test_who_may(in_care, amira, worker, stranger, analyst, staff, team):
    placement_officer = staff(Role.PLACEMENT_OFFICER, team=team)
    assert allows(permissions.check_can_place, placement_officer, amira)
    assert not allows(permissions.check_can_look_after, placement_officer, amira)
    for somebody in (stranger, analyst):
        assert not allows(permissions.check_can_place, somebody, amira)
        assert not permissions.can_record(somebody, amira)
        assert not allows(permissions.check_can_plan_adoption, somebody, amira)
        with pytest.raises(NotAllowed):
            services.end_care(child=amira, on=LATER, reason="E4A", by=somebody)
    assert allows(permissions.check_can_look_after, worker, amira)
    assert not allows(permissions.check_can_review, worker, amira)
