"""What stands on paper: the words about a child, and none of the ways to act on a screen."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates" / "kith"
OF_CHILDREN = [
    "story",
    "help",
    "protecting",
    "front_door",
    "visits",
    "outside",
    "assessing",
    "plan",
    "people",
]
PARAGRAPH = re.compile(r"<p>((?:(?!</?p[ >]).)*?)</p>", re.DOTALL)
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
LOGIC = re.compile(r"{%.*?%}|<[^>]*>", re.DOTALL)


def is_of_acts_alone(paragraph: str) -> bool:
    """Whether a paragraph is nothing but links, and each says an act and no fact of the record."""
    links = [LOGIC.sub("", words).strip() for words in LINK.findall(paragraph)]
    beside = LOGIC.sub("", LINK.sub("", paragraph)).strip(" ·.,;|\n\t")
    return bool(links) and not beside and all(words and not words.startswith("{{") for words in links)


@pytest.mark.parametrize("room", OF_CHILDREN)
def test_a_line_of_nothing_but_acts_is_not_printed(room):
    """An act is not printed by its class; buttons never are."""
    found = {
        f"{page.name}: {LOGIC.sub('', each)}"
        for page in (TEMPLATES / room).glob("*.html")
        for each in PARAGRAPH.findall(page.read_text(encoding="utf-8"))
        if "govuk-link" in each and is_of_acts_alone(each)
    }
    assert found == set()


def test_nothing_set_for_paper_is_laid_out_in_columns():
    """WeasyPrint lays columns out again and again until they are even: five seconds for one page."""
    sheet = (TEMPLATES.parent.parent / "static" / "kith" / "insight.css").read_text(encoding="utf-8")
    assert not re.search(r"\.kith-paper[^{]*{[^}]*[; ]columns:", sheet)
