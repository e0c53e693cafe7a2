"""Elements split in columns are the very ones that the parser tells of one by one."""

import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.dataset.readers import xml_flat
from kith.dataset.readers.files import CannotRead
from kith.dataset.readers.xml_columns import split_in_columns
from kith.dataset.tests.samples import SAMPLES

SMALL = b"""<?xml version="1.0" encoding="utf-8"?>
<Message>
  <Children><Child><LAchildID>A&amp;1</LAchildID>
    <UPN/><Sex> </Sex></Child>
    <Child><LAchildID>B&#50;</LAchildID></Child></Children>
</Message>"""


def both_ways(data):
    pieces = [data[at : at + 1000] for at in range(0, len(data), 1000)]
    return split_in_columns(data), xml_flat._handled(pieces)


@pytest.mark.parametrize(
    "data",
    [
        SMALL,
        SMALL.replace(b"\n", b"\r\n"),
        b"<a><b>one</b><b>two</b><c><d>three</d></c></a>",
        "<a><b>Zoë Åsa</b></a>".encode(),
        b"<x:a><x:b>1</x:b></x:a>",
        b"<a ><b\t/><b /><c></c ></a>",
        b"<?xml version='1.0' encoding='us-ascii' standalone='yes' ?>\n\n<a/>\n",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?><a>1</a>",
    ],
)
def test_both_ways_give_the_same_elements(data):
    quick, handled = both_ways(data)
    assert quick is not None
    assert quick.rows() == handled.frame.rows()


@pytest.mark.parametrize("name", ["cin_fake/fake_CIN_data.xml", "cin_fake/CIN_Census_2026.xml"])
def test_both_ways_give_the_same_elements_of_a_whole_return(name):
    if not (SAMPLES / name).is_file():
        pytest.skip("the sample returns are not on this machine")
    quick, handled = both_ways((SAMPLES / name).read_bytes())
    if quick is not None:
        assert quick.rows() == handled.frame.rows()
    assert handled.frame.height > 50


@pytest.mark.parametrize(
    "data",
    [
        b"<a><!-- <b>not here</b> --><b>1</b></a>",
        b"<a><b><![CDATA[<c>]]></b></a>",
        b'<a><b at=">">1</b></a>',
        "<a><b>Zoë > Åsa</b></a>".encode(),
        b"<a><b/>text</a>",
        b"<a>text<b/></a><!-- -->",
        b"<a><b>one\rtwo</b></a>",
        '<?xml version="1.0" encoding="ISO-8859-1"?><a><b>\xe9</b></a>'.encode("latin-1"),
    ],
)
def test_what_cannot_be_split_exactly_is_left_to_the_parser(data):
    quick, handled = both_ways(data)
    assert quick is None
    assert handled.frame["tag"].to_list() == ["a", "b"]
    read = xml_flat.read_elements(io.BytesIO(data))
    assert read.frame.rows() == handled.frame.rows()


PIECES = [
    *(
        "<a>",
        "</a>",
        "<b>",
        "</b>",
        "<b/>",
        "<b />",
        "<c:d>",
        "</c:d>",
        "<A>",
        "</a/>",
        "< a>",
        "</ a>",
        "<>",
    ),
    *(
        "1",
        " ",
        "\n",
        "\r",
        "\r\n",
        "é",
        "\u00a0",
        "\ufffe",
        "\x01",
        "]]>",
        "<",
        ">",
        "/",
        "&",
        ";",
        '"',
        "'",
    ),
    *(
        "&amp;",
        "&lt;",
        "&#65;",
        "&#x41;",
        "&#0;",
        "&#x110000;",
        "&#xD800;",
        "&#xFFFF;",
        "&no;",
        "&AMP;",
        "&#;",
    ),
    *("<?xml version='1.0'?>", "<?xml version='1.1'?>", '<?xml version="1.0" encoding="utf-8"?>', "<?a b?>"),
    *("<!-- <b> -->", "<![CDATA[<b>]]>", "<b at='1'>", "<b at>", "\ufeff", "xml", "<1>", "<é>", "</é>", "?>"),
]


def rows_without_blanks_around(frame):
    return frame.with_columns(pl.col("text").str.strip_chars().replace("", None)).rows()


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.integers(0, 3), st.booleans())
@settings(max_examples=1_000, deadline=None)
def test_nothing_is_split_in_columns_that_the_parser_refuses_or_reads_otherwise(pieces, at, is_within):
    inner = "".join(pieces)
    whole = f"<a><b>{inner}</b></a>" if is_within else inner
    data = (whole[:at] + whole[at + 1 :] if at else whole).encode()
    quick = split_in_columns(data)
    if quick is not None:
        handled = xml_flat._handled([data])
        assert handled.broken is None
        assert quick.rows() == rows_without_blanks_around(handled.frame)


def test_a_file_cut_short_keeps_what_stands_before_the_break():
    read = xml_flat.read_elements(io.BytesIO(SMALL[: len(SMALL) // 2]))
    assert read.broken is not None
    assert read.frame["tag"].to_list()[:3] == ["Message", "Children", "Child"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<!DOCTYPE a><a/>", b"<!DOCTYPE html><html>"])
def test_what_is_no_return_is_refused(data):
    with pytest.raises(CannotRead):
        xml_flat.read_elements(io.BytesIO(data))


@pytest.mark.parametrize("depth", [41, 100_000])
def test_a_file_that_nests_as_no_return_does_is_refused_at_once(depth):
    data = b"<a>" * depth + b"x" + b"</a>" * depth
    with pytest.raises(CannotRead, match="nests or repeats"):
        xml_flat.read_elements(io.BytesIO(data))


def test_forty_elements_deep_is_read_either_way():
    data = b"<a>" * 40 + b"x" + b"</a>" * 40
    quick, handled = both_ways(data)
    assert quick is not None
    assert quick.rows() == handled.frame.rows()


def test_an_element_within_an_instruction_is_none():
    read = xml_flat.read_elements(io.BytesIO(b"<a><b>1</b><?note <c/>?></a>"))
    assert read.frame["tag"].to_list() == ["a", "b"]


@pytest.mark.parametrize("sign", [b"&#150;", b"&#x96;", b"&#xFDD0;", b"&apos;&quot;&lt;&gt;&amp;amp;"])
def test_signs_told_by_number_are_those_of_xml(sign):
    quick, handled = both_ways(b"<a><b>1" + sign + b"2</b></a>")
    assert quick is not None
    assert quick.rows() == handled.frame.rows()
