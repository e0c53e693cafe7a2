"""Reading SSDA903 and CIN census XML."""

from datetime import date

import pytest

from kith.dataset.readers.cin_xml import columns_of, read_cin_xml
from kith.dataset.readers.files import CannotRead
from kith.dataset.readers.ssda903_xml import read_903_xml
from kith.dataset.tests.samples import SAMPLES
from kith.dataset.tests.test_damaged_files import OfBytes

HEADER = "<CHILDID>a1</CHILDID><SEX>2</SEX><DOB>28/07/2010</DOB>"


def read_903(inside: str):
    text = f"<EXPSSDA903>\n<CHILD>\n<HEADER>{HEADER}{inside}</HEADER>\n</CHILD>\n</EXPSSDA903>"
    return read_903_xml("x.xml", OfBytes(text.encode()))


def census(inside: str, identifiers: str = "<LAchildID>a1</LAchildID>"):
    text = (
        f"<Message>\n<Children>\n<Child>\n<ChildIdentifiers>{identifiers}</ChildIdentifiers>\n"
        f"{inside}\n</Child></Children></Message>"
    )
    return read_cin_xml("x.xml", OfBytes(text.encode()))


def heights(tables):
    return {name: frame.height for name, frame in tables.items() if frame.height}


def test_the_903_in_xml_fills_the_same_tables_as_csv():
    tables, rejects = read_903_xml("x.xml", (SAMPLES / "903_fake" / "fake_903.xml").open("rb"))
    assert heights(tables) == {
        **{"Header": 253, "Episodes": 459, "Reviews": 1206, "UASC": 12, "OC2": 253, "OC3": 6, "AD1": 3},
        **{"PlacedAdoption": 3, "PrevPerm": 253, "Missing": 6},
    }
    assert rejects == ()
    assert tables["Episodes"]["PLACE"][0] == "R5"


def test_a_row_in_xml_has_the_hash_of_the_same_row_in_csv():
    from kith.dataset.readers.ssda903_csv import read_903_csv
    from kith.dataset.tests.samples import csv

    tables, _ = read_903("<AREVIEW><REVIEW>27/09/2015</REVIEW><REVIEW_CODE>PN0</REVIEW_CODE></AREVIEW>")
    same = read_903_csv("x.csv", csv("A1,28/07/2010,27/09/2015,PN0"))
    assert tables["Reviews"]["_hash"].to_list() == same.frame["_hash"].to_list()


@pytest.mark.parametrize(
    "inside, rows",
    [
        ("<UASC>1</UASC>", {"UASC": 1}),  # marked, with no date on which it ends
        ("<UASC>0</UASC><DUC/>", {}),
        ("<DUC>01/01/2028</DUC>", {"UASC": 1}),
        ("<IN_TOUCH>YES</IN_TOUCH>", {"OC3": 1}),
        ("<OC2><TEETH_CHECK>1</TEETH_CHECK></OC2><OC2/>", {"OC2": 1}),
    ],
)
def test_the_header_gives_a_row_of_each_table_it_holds_values_of(inside, rows):
    tables, rejects = read_903(inside)
    assert heights(tables) == {"Header": 1, **rows}
    assert rejects == ()


def test_a_bad_date_in_xml_is_rejected_with_its_line():
    _, rejects = read_903("\n<AREVIEW>\n<REVIEW>2015-09-27</REVIEW></AREVIEW>")
    assert [(reject.line, reject.column) for reject in rejects] == [(4, "REVIEW")]
    assert "REVIEW=2015-09-27" in rejects[0].row


def test_a_census_gives_every_table_with_running_numbers():
    read = read_cin_xml("x.xml", (SAMPLES / "cin_fake" / "CIN_Census_2026.xml").open("rb"))
    assert heights(read.tables) == {
        **{"Header": 1, "Children": 2, "Disabilities": 3, "CINdetails": 2, "Assessments": 2},
        **{"AssessmentFactors": 3, "CINplanDates": 1, "Section47": 1, "ChildProtectionPlans": 1},
        **{"Reviews": 1, "PreProceedings": 1},
    }
    assert read.rejects == ()
    for name, frame in read.tables.items():
        assert tuple(frame.columns) == (*columns_of(name), "_file", "_line", "_hash")
    assert read.tables["AssessmentFactors"].row(0, named=True) | {"_hash": ""} == {
        **{"LAchildID": "DFEX0000001", "CINdetailsID": "1", "AssessmentsID": "1", "AssessmentFactor": "1C"},
        **{"_file": "x.xml", "_line": 45, "_hash": ""},
    }


def test_flags_of_the_census_are_read_in_every_spelling():
    read = census(
        "".join(
            f"<CINdetails><ReferralNFA>{flag}</ReferralNFA></CINdetails>"
            for flag in ["true", "FALSE", "1", "0"]
        )
    )
    assert read.tables["CINdetails"]["ReferralNFA"].to_list() == [1, 0, 1, 0]


@pytest.mark.parametrize("tag", ["Sex", "GenderCurrent"])
def test_the_newer_sex_and_the_older_gender_are_both_read(tag):
    read = census("", f"<LAchildID>a1</LAchildID><{tag}>m</{tag}>")
    assert read.tables["Children"][tag].to_list() == ["M"]


@pytest.mark.parametrize(
    "blocks",
    [
        "<Reviews><CPPreviewDate>2023-01-02</CPPreviewDate><CPPreviewDate>2023-04-05</CPPreviewDate></Reviews>",
        "<Reviews><CPPreviewDate>2023-01-02</CPPreviewDate></Reviews>"
        "<Reviews><CPPreviewDate>2023-04-05</CPPreviewDate></Reviews>",
    ],
)
def test_all_reviews_are_read_from_one_block_or_from_several(blocks):
    read = census(f"<CINdetails><ChildProtectionPlans>{blocks}</ChildProtectionPlans></CINdetails>")
    assert read.tables["Reviews"]["CPPreviewDate"].to_list() == [date(2023, 1, 2), date(2023, 4, 5)]


def test_rows_of_a_rejected_referral_are_rejected_with_it():
    read = census(
        "<CINdetails><CINreferralDate>1/2/2023</CINreferralDate>\n<Section47></Section47></CINdetails>\n"
        "<CINdetails><CINreferralDate>2023-02-01</CINreferralDate></CINdetails>"
    )
    assert read.tables["CINdetails"].height == 1
    assert [(reject.line, reject.column) for reject in read.rejects] == [
        (5, "CINreferralDate"),
        (6, "CINdetailsID"),
    ]


def test_an_element_that_stands_twice_is_not_guessed_at():
    read = census(
        "<CINdetails><ReferralSource>1A</ReferralSource><ReferralSource>6</ReferralSource></CINdetails>"
    )
    assert "more than once" in read.rejects[0].reason
    assert read.tables["CINdetails"].height == 0


def test_a_child_without_an_id_is_rejected_whole():
    read = census("<CINdetails><ReferralSource>1A</ReferralSource></CINdetails>", "<UPN>x</UPN>")
    assert heights(read.tables) == {}
    assert [reject.column for reject in read.rejects] == ["LAchildID", "LAchildID"]


def test_elements_that_the_census_does_not_have_are_counted():
    assert census("<Shoes>9</Shoes><Shoes>9</Shoes>").unknown == {"Shoes": 2}


def test_the_hash_of_a_row_does_not_depend_on_where_in_the_file_its_referral_stands():
    referral = "<CINdetails><CINreferralDate>2023-02-01</CINreferralDate><Section47/></CINdetails>"
    other = "<CINdetails><CINreferralDate>2020-02-01</CINreferralDate></CINdetails>"
    first, later = census(referral), census(other + referral)
    assert first.tables["Section47"]["_hash"].to_list() == later.tables["Section47"]["_hash"].to_list()
    assert later.tables["Section47"]["CINdetailsID"].to_list() == ["2"]


BOMB = '<!DOCTYPE m [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Message>&b;</Message>'


@pytest.mark.parametrize(
    "text, words",
    [
        (BOMB, "DOCTYPE"),
        ("<!-- " + "x" * 300_000 + " -->" + BOMB, "DOCTYPE"),  # hidden behind a long comment
        ('<!DOCTYPE m SYSTEM "http://example.test/x.dtd"><Message/>', "DOCTYPE"),
        ("", "empty"),
        ("<html><body>Sign in</body></html>", "web page"),
        ("<Message><Child>" + "<a>" * 100, "deep"),
        ("<Message><Child><UPN>" + "x" * 200_000, "characters"),
        ("<Message><Child>" + "<a/>" * 200_001, "more than 200,000 elements"),
    ],
)
def test_harmful_or_wrong_xml_is_refused_with_a_reason(text, words):
    with pytest.raises(CannotRead, match=words):
        read_cin_xml("x.xml", OfBytes(text.encode()))


def test_a_break_in_the_xml_keeps_what_stands_before_it():
    child = "<Child><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers></Child>"
    text = f"<Message><Children>\n{child}\n<Child></Oops>"
    read = read_cin_xml("x.xml", OfBytes(text.encode()))
    assert read.tables["Children"]["LAchildID"].to_list() == ["1"]
    assert [(reject.line, "broken here" in reject.reason) for reject in read.rejects] == [(3, True)]


def test_lines_are_right_far_into_a_large_file():
    child = "<Child><ChildIdentifiers><LAchildID>{}</LAchildID></ChildIdentifiers></Child>\n"
    text = "<Message>\n" + "\n" * 70_000 + child.format(1) + child.format(2) + "</Message>"
    read = read_cin_xml("x.xml", OfBytes(text.encode()))
    assert read.tables["Children"]["_line"].to_list() == [70_002, 70_003]


@pytest.mark.parametrize("letters", ["klingon-8", "big5", "shift_jis", "x" * 200])
def test_letters_that_cannot_be_read_are_named(letters: str):
    head = f'<?xml version="1.0" encoding="{letters}"?>'
    with pytest.raises(CannotRead, match="Export it again as UTF-8"):
        read_903_xml("x.xml", OfBytes(f"{head}<EXPSSDA903><CHILD/></EXPSSDA903>".encode()))
    with pytest.raises(CannotRead, match="Export it again as UTF-8"):
        read_cin_xml("x.xml", OfBytes(f"{head}<Message><Children/></Message>".encode()))
