"""CIN censuses as facts and back, from small made-up files."""

from pathlib import Path

import pytest

from kith.dataset.facts import facts_of, return_of, unmatched
from kith.dataset.readers.folder import read_folder
from kith.dataset.returns import Return

CENSUS = """<Message>
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate>
    </CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>201</LEA></Source>
  </Header>
  <Children>{children}</Children>
</Message>"""

CHILD = """<Child>
  <ChildIdentifiers>
    <LAchildID>{id}</LAchildID><UPN>A123456789123</UPN><FormerUPN>X98765432123B</FormerUPN>
    <PersonBirthDate>2015-03-27</PersonBirthDate>{sex}
  </ChildIdentifiers>
  <ChildCharacteristics>
    <Ethnicity>WBRI</Ethnicity>
    <Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities>
  </ChildCharacteristics>
  {details}
</Child>"""

REFERRAL = """<CINdetails>
  <CINreferralDate>2022-06-01</CINreferralDate><ReferralSource>1A</ReferralSource>
  <PrimaryNeedCode>N4</PrimaryNeedCode>{closure}<DateOfInitialCPC>2022-07-01</DateOfInitialCPC>
  <Assessments>
    <AssessmentActualStartDate>2022-06-02</AssessmentActualStartDate>
    <AssessmentInternalReviewDate>2022-06-12</AssessmentInternalReviewDate>
    <AssessmentAuthorisationDate>2022-07-02</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment>
      <AssessmentFactors>2B</AssessmentFactors><AssessmentFactors>1C</AssessmentFactors>
    </FactorsIdentifiedAtAssessment>
  </Assessments>
  <CINPlanDates>
    <CINPlanStartDate>2022-08-01</CINPlanStartDate><CINPlanEndDate>2022-09-01</CINPlanEndDate>
  </CINPlanDates>
  <Section47>
    <S47ActualStartDate>2022-09-01</S47ActualStartDate><InitialCPCtarget>2022-09-22</InitialCPCtarget>
    <DateOfInitialCPC>2022-09-20</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired>
  </Section47>
  <Section47>
    <S47ActualStartDate>2022-06-05</S47ActualStartDate><ICPCnotRequired>true</ICPCnotRequired>
  </Section47>
  <ReferralNFA>false</ReferralNFA>
  <ChildProtectionPlans>
    <CPPstartDate>2022-09-20</CPPstartDate>{plan_end}
    <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse>
    <NumberOfPreviousCPP>1</NumberOfPreviousCPP>
    <Reviews><CPPreviewDate>2022-12-10</CPPreviewDate><CPPreviewDate>2023-02-10</CPPreviewDate></Reviews>
  </ChildProtectionPlans>
  <PreProceedingsandFGDM>
    <PPStartDate>2022-10-01</PPStartDate><LBPSentDate>2022-10-02</LBPSentDate>
    <FGDMMeetingOffer>1</FGDMMeetingOffer><FGDMMeetingFac>0</FGDMMeetingFac>
    <ReviewMeetingsCount>3</ReviewMeetingsCount><StepDecisionDate>2022-12-01</StepDecisionDate>
    <PPOutcome>A</PPOutcome>
  </PreProceedingsandFGDM>
</CINdetails>"""

CLOSED = "<CINclosureDate>2023-06-01</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>"
PLAN_ENDED = "<CPPendDate>2023-05-01</CPPendDate>"


def census(folder: Path, year: int, *children: str) -> Return:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"cin_{year}.xml").write_text(CENSUS.format(year=year, children="".join(children)))
    [one] = read_folder(folder)
    assert one.rejects == ()
    return one


def child(details: str, id: str = "C1", sex: str = "<GenderCurrent>2</GenderCurrent>") -> str:
    return CHILD.format(id=id, sex=sex, details=details)


def not_back(*returns: Return) -> list[tuple[str, str]]:
    facts = facts_of(returns)
    made = [return_of(facts, "cin", one.year, one.authority) for one in returns]
    return [(x.table, x.reason) for x in unmatched(returns, made) if x.table != "Header"]


def test_every_kind_of_row_comes_back(tmp_path):
    one = census(tmp_path, 2023, child(REFERRAL.format(closure="", plan_end="")))
    assert {name for name, rows in one.tables.items() if rows.height} == set(one.tables)
    assert not_back(one) == []


def test_what_was_open_and_then_closed_is_one_fact_and_both_years_come_back(tmp_path):
    first = census(tmp_path / "a", 2023, child(REFERRAL.format(closure="", plan_end="")))
    closed = f"""<CINdetails><CINreferralDate>2022-06-01</CINreferralDate><ReferralSource>1A</ReferralSource>
      <PrimaryNeedCode>N4</PrimaryNeedCode>{CLOSED}<DateOfInitialCPC>2022-07-01</DateOfInitialCPC>
      <ReferralNFA>false</ReferralNFA></CINdetails>"""
    second = census(tmp_path / "b", 2024, child(closed))
    for order in ([first, second], [second, first]):
        assert not_back(*order) == []
        assert facts_of(order)["ssd_cin_episodes"]["cine_close_reason"].to_list() == ["RC1"]


def test_what_ended_after_the_year_was_open_in_it(tmp_path):
    one = census(tmp_path, 2023, child(REFERRAL.format(closure=CLOSED, plan_end=PLAN_ENDED)))
    assert not_back(one) == [
        ("CINdetails", "Ends after its year: on 31/03/2023 it was still open"),
        ("ChildProtectionPlans", "Ends after its year: on 31/03/2023 it was still open"),
    ]


def test_a_death_is_told_from_the_census_of_its_year(tmp_path):
    details = """<CINdetails><CINreferralDate>2022-06-01</CINreferralDate>
      <ReferralNFA>true</ReferralNFA></CINdetails>"""
    died = child(details, sex="<PersonDeathDate>2023-06-01</PersonDeathDate>")
    alive, dead = census(tmp_path / "a", 2023, child(details, sex="")), census(tmp_path / "b", 2024, died)
    assert not_back(alive, dead) == []
    too_soon = census(tmp_path / "c", 2023, died)
    assert not_back(too_soon) == [
        ("Children", "Dated outside its year: the death, 01/06/2023, is after 31/03/2023")
    ]


@pytest.mark.parametrize(
    "year, sex, comes_back",
    [
        (2023, "<GenderCurrent>1</GenderCurrent>", True),
        (2023, "<GenderCurrent>9</GenderCurrent>", True),
        (2023, "<GenderCurrent>0</GenderCurrent>", True),
        (2023, "<Sex>F</Sex>", False),
        (2025, "<Sex>F</Sex>", True),
        (2025, "<Sex>U</Sex>", True),
        (2025, "<Sex>1</Sex>", False),
    ],
)
def test_sex_comes_back_in_the_element_and_code_of_the_year(tmp_path, year, sex, comes_back):
    details = f"""<CINdetails><CINreferralDate>{year - 1}-06-01</CINreferralDate>
      <ReferralSource>1A</ReferralSource><ReferralNFA>true</ReferralNFA></CINdetails>"""
    found = not_back(census(tmp_path, year, child(details, sex=sex)))
    assert [table for table, _ in found] == ([] if comes_back else ["Children"])


def test_two_referrals_on_one_day_keep_their_own_assessments(tmp_path):
    twin = """<CINdetails><CINreferralDate>2022-06-01</CINreferralDate>
      <ReferralSource>{source}</ReferralSource>
      <Assessments><AssessmentActualStartDate>2022-06-0{day}</AssessmentActualStartDate></Assessments>
      <ReferralNFA>false</ReferralNFA></CINdetails>"""
    one = census(tmp_path, 2023, child(twin.format(source="1A", day=2) + twin.format(source="5A", day=3)))
    assert not_back(one) == []
    assert facts_of([one])["ssd_cin_assessments"]["cina_referral_id"].n_unique() == 2


def test_a_child_known_to_both_returns_is_one_person(tmp_path):
    one = census(tmp_path, 2023, child(REFERRAL.format(closure="", plan_end="")))
    (tmp_path / "903").mkdir()
    (tmp_path / "903" / "header.csv").write_text(
        "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nC1,2,27/03/2015,MOTH,A123456789123,,\n"
    )
    [header] = read_folder(tmp_path / "903", year=2024)
    person = facts_of([header, one])["ssd_person"]
    assert person.select("pers_person_id", "pers_sex", "pers_ethnicity").rows() == [("C1", "F", "MOTH")]
