"""The pages that define the figures say what the indicators' files say."""

import re

from kith.insight.definition_pages import FOLDER, pages
from kith.standards.clocks import clocks


def test_the_pages_are_those_that_the_indicators_make() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages(), "Run: python -m kith.insight.definition_pages"


def test_every_link_of_the_index_leads_to_a_heading() -> None:
    made = pages()
    for line in made["README.md"].splitlines():
        if line.startswith("- ["):
            title = line[3 : line.index("](")]
            page = line[line.index("](") + 2 : line.index("#")]
            assert f"\n## {title}\n" in made[page]


def test_no_page_names_a_limit_by_the_id_of_its_clock() -> None:
    ids = re.compile(rf"\b({'|'.join(sorted(clocks()))})\b")
    assert [line for page in pages().values() for line in page.splitlines() if ids.search(line)] == []
