"""What is one child's own never shows on a brother's or sister's file.

Each file of tests/siblings fills what its part of the record holds of one child alone, a secret word for each
field of each child, all of them in one family, as a real file would hold them. Then every page about each
child, and the export of that child alone, is read as text: a word of another child in it fails, and so does a
word that its own child's pages were to show and did not.

A filler is `fill(siblings)`. It asks `siblings.secret(child, "what it is")` for its words, writes them by the
services, and names with `siblings.page(child, address)` each page about a child whose address lacks the id.
"""

import sys
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from kith.record.extract.queries import extract
from kith.record.facts import Fact
from kith.record.people.models import Person
from kith.web import urls
from kith.web.addresses import every_address
from kith.web.pdf import can_make_pdf
from kith.web.tests.families import Family, the_okoros
from kith.web.who_may import signed_in

pytestmark = pytest.mark.django_db
FILLERS = sorted((Path(__file__).parent / "siblings").glob("*.py"))
SOURCE = "child/<int:person_id>/source/<str:table>/<int:thread>/"


@dataclass(frozen=True)
class Secret:
    """A word that stands in one field of one child."""

    child_id: int
    of: str
    word: str
    is_shown: bool


@dataclass
class Siblings:
    """The family whose children's words are kept apart."""

    family: Family
    children: list[Person]
    secrets: list[Secret] = field(default_factory=list)
    pages: dict[int, list[str]] = field(default_factory=dict)

    def secret(self, child: Person, of: str, *, is_shown: bool = True) -> str:
        """A word to write into a field of this child; `is_shown` says that a page of the child shows it."""
        word = f"zq{len(self.secrets):03d}{child.pk % 997:03d}qz"
        self.secrets.append(Secret(child.pk, of, word, is_shown))
        return word

    def page(self, child: Person, address: str) -> None:
        """An address that is about this child alone."""
        self.pages.setdefault(child.pk, []).append(address)


def filled_by(*files: Path) -> Siblings:
    """The family, with what these files fill of it."""
    family = the_okoros(timezone.localdate())
    siblings = Siblings(family, [family.ada, family.ben, family.chi, family.unborn])
    for file in files:
        before = len(siblings.secrets)
        filler_in(file).fill(siblings)
        assert len(siblings.secrets) > before, f"{file.name} filled nothing"
    return siblings


def filler_in(file: Path) -> ModuleType:
    spec = spec_from_file_location(f"siblings_{file.stem}", file)
    filler = module_from_spec(spec)
    spec.loader.exec_module(filler)
    return filler


def addresses_about(child: Person, siblings: Siblings) -> list[str]:
    """Every address about a child: those that hold the id, the sources of facts, and those a filler named."""
    routes = [str(address.pattern) for address in every_address()]
    about = [route for route in routes if "<int:person_id>" in route and route != SOURCE]
    assert SOURCE in routes
    sources = [f"/child/{child.pk}/source/{table}/{thread}/" for table, thread in facts_for(child, siblings)]
    return [*siblings.pages.get(child.pk, []), *("/" + with_gaps_filled(r, child) for r in about), *sources]


def with_gaps_filled(route: str, child: Person) -> str:
    route = route.replace("<int:person_id>", str(child.pk))
    while "<" in route:
        start, end = route.index("<"), route.index(">")
        route = route[:start] + ("1" if route[start:].startswith("<int:") else "word") + route[end + 1 :]
    return route


def facts_for(child: Person, siblings: Siblings) -> list[tuple[str, int]]:
    """(table, thread) of every fact of this child, and of each table one of a brother's or sister's."""
    others = [other.pk for other in siblings.children if other != child]
    found = []
    for kind in (model for model in apps.get_models() if issubclass(model, Fact)):
        own = kind.objects.filter(person=child).values_list("thread", flat=True)
        theirs = kind.objects.filter(person__in=others).values_list("thread", flat=True)[:1]
        found += [(kind._meta.label_lower, thread) for thread in {*own, *theirs}]
    return found


def text_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def read_about(child: Person, siblings: Siblings, client: Client) -> dict[str, str]:
    """{address or export: its text} of all that is about one child."""
    found = {}
    for address in addresses_about(child, siblings):
        answer = client.get(address, follow=True)
        assert answer.status_code < 500, address
        found[address] = text_of(answer)
    dataset = extract([child.pk])
    found["the export of this child"] = "\n".join(str(dataset[table].rows()) for table in dataset.filled())
    return found


@pytest.fixture
def read(client, monkeypatch):
    """Reads all about each child, as their worker; a PDF is read as the page that it is set from."""
    if can_make_pdf():
        monkeypatch.setattr("weasyprint.HTML", PageAsText)

    def reads(siblings):
        client.force_login(siblings.family.worker, backend="django.contrib.auth.backends.ModelBackend")
        return {child.pk: read_about(child, siblings, client) for child in siblings.children}

    return reads


class PageAsText:
    """Stands for WeasyPrint: the PDF is the page's own text, on one page."""

    pages = (1,)

    def __init__(self, string: str, **how: object) -> None:
        self.string = string

    def render(self, **how: object) -> "PageAsText":
        return self

    def write_pdf(self, **how: object) -> bytes:
        return self.string.encode()


def leaks(siblings: Siblings, texts: dict[int, dict[str, str]]) -> list[str]:
    """What of one child shows on another's file, in words."""
    return [
        f"{secret.of} of child {secret.child_id} shows at {where}"
        for child_id, read_of in texts.items()
        for where, text in read_of.items()
        for secret in siblings.secrets
        if secret.child_id != child_id and secret.word in text
    ]


def never_shown(siblings: Siblings, texts: dict[int, dict[str, str]]) -> list[str]:
    """What was to show on a child's own file and does not: nobody could see that it leaks, either."""
    return [
        f"{secret.of} of child {secret.child_id}"
        for secret in siblings.secrets
        if secret.is_shown and not any(secret.word in text for text in texts[secret.child_id].values())
    ]


def test_what_is_a_childs_own_shows_on_its_own_file_and_on_no_other(read):
    siblings = filled_by(*FILLERS)
    texts = read(siblings)
    assert leaks(siblings, texts) == []
    assert never_shown(siblings, texts) == []


def test_a_page_that_shows_a_sisters_words_is_found_out(read, settings, monkeypatch):
    siblings = filled_by(FILLERS[0])
    siblings.children = siblings.children[:2]
    hers = siblings.secrets[0]

    @signed_in
    def leaking(request, person_id):
        return HttpResponse(hers.word)

    class WithALeak:
        urlpatterns = [*urls.urlpatterns, path("child/<int:person_id>/leak/", leaking, name="leak")]

    settings.ROOT_URLCONF = WithALeak
    monkeypatch.setattr(sys.modules[__name__], "facts_for", lambda child, siblings: [])
    where = f"/child/{siblings.children[1].pk}/leak/"
    assert leaks(siblings, read(siblings)) == [f"{hers.of} of child {hers.child_id} shows at {where}"]
