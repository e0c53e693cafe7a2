"""What the rules are given of a census file."""

from pathlib import Path

from kith.checks import check
from kith.checks.door.reading import read_given

CENSUS = """<Message><Header><CollectionDetails>
  <Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate>
</CollectionDetails></Header><Children><Child>
  <ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers>
  <CINdetails><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate>
    <Reviews><CPPreviewDate>2025-06-02</CPPreviewDate><CPPreviewDate></CPPreviewDate></Reviews>
  </ChildProtectionPlans></CINdetails>
</Child></Children></Message>"""


def test_a_review_with_an_empty_date_is_a_row_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "cin.xml").write_text(CENSUS)
    [given] = read_given(tmp_path / "cin.xml")
    assert given.tables["Reviews"]["CPPreviewDate"].null_count() == 1
    found = check(given, return_="cin", year=2026, only=["8842Q"]).outcome("8842Q")
    assert found.rows["row"].to_list() == [1]


def test_a_wrong_reference_date_is_shown_beside_the_year_that_it_belies(tmp_path: Path) -> None:
    (tmp_path / "cin.xml").write_text(CENSUS.replace("<Year>2026<", "<Year>2025<"))
    [given] = read_given(tmp_path / "cin.xml")
    [finding] = check(given, return_="cin", year=2026, only=["100"]).findings()
    assert finding.values == {"ReferenceDate": "2026-03-31", "Year": "2025"}
