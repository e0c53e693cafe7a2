"""The distinct names of everybody on record, held by this process so that they can be compared fast.

It looks at the newest name's id before each search, and takes in what came since.
"""

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kith.record.people.models import PersonName
from kith.record.people.names import sounds_like

CANDIDATES = 60
LIKE_ENOUGH = 0.6
LATE = 2_000  # names whose transaction ended after that of a newer id are taken in again

RANK = {"name": 0, "begins so": 1, "spelt like": 2, "sounds like": 3}


@dataclass(frozen=True)
class Alike:
    """How alike a name is to a word: `score` 0 to 1, 1 when it is the same."""

    score: float
    how: str

    @property
    def rank(self) -> int:
        return RANK[self.how]


@dataclass
class Keys:
    """The distinct keys of one kind of name, found by form (whole, joined, each part), sound and start."""

    seen: set[str] = field(default_factory=set)
    by_form: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_sound: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_length: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    in_order: list[str] = field(default_factory=list)

    def take_in(self, keys: Iterable[str]) -> None:
        """Know these keys as well."""
        for key in set(keys) - self.seen - {""}:
            self.seen.add(key)
            for form in {key.replace(" ", ""), *key.split()}:
                if form not in self.by_form:
                    self.by_length[len(form)].append(form)
                    self.by_sound[sounds_like(form)].add(form)
                self.by_form[form].add(key)
        self.in_order = sorted(self.by_form)

    def exactly(self, word: str) -> dict[str, Alike]:
        """The keys that are this word, or have it as a part."""
        return {key: Alike(1.0, "name") for key in self.by_form.get(word, ())}

    def alike(self, word: str) -> dict[str, Alike]:
        """The keys that may be meant by `word`, each with its closest likeness."""
        best: dict[str, Alike] = {}
        for form, alike in [*self._begin(word), *self._spelt(word), *self._sound(word)]:
            for key in self.by_form[form]:
                if key not in best or best[key].score < alike.score:
                    best[key] = alike
        return best | self.exactly(word)

    def _begin(self, word: str) -> list[tuple[str, Alike]]:
        start = bisect_left(self.in_order, word)
        some = self.in_order[start : start + CANDIDATES]
        return [(form, Alike(0.9, "begins so")) for form in some if form.startswith(word)]

    def _spelt(self, word: str) -> list[tuple[str, Alike]]:
        near = [
            form for length in range(len(word) - 2, len(word) + 3) for form in self.by_length.get(length, ())
        ]
        found = process.extract(
            word, near, scorer=OSA.normalized_similarity, score_cutoff=LIKE_ENOUGH, limit=CANDIDATES
        )
        return [(form, Alike(min(score, 0.99), "spelt like")) for form, score, _ in found]

    def _sound(self, word: str) -> list[tuple[str, Alike]]:
        said_alike = self.by_sound.get(sounds_like(word), set()) if sounds_like(word) else set()
        found = process.extract(word, list(said_alike), scorer=OSA.normalized_similarity, limit=CANDIDATES)
        return [(form, Alike(0.8 + 0.15 * score, "sounds like")) for form, score, _ in found]


@dataclass
class Names:
    families: Keys = field(default_factory=Keys)
    given: Keys = field(default_factory=Keys)
    newest: tuple[int, int] | None = None  # id and thread of the newest name taken in


_names = Names()
_lock = threading.Lock()


def current() -> Names:
    """Every distinct name on record now. The first call in a process reads them all (`warm` does so)."""
    global _names
    newest = PersonName.objects.order_by("-id").values_list("id", "thread").first()
    with _lock:
        if newest != _names.newest:
            if not _still_holds(_names.newest):
                _names = Names()
            _take_in(_names, newest)
        return _names


def warm() -> None:
    """Read every name now, so that nobody's first search waits for it."""
    current()


def _still_holds(newest: tuple[int, int] | None) -> bool:
    """Whether the name last taken in is still there: not so after a restore, or in another test."""
    return newest is not None and PersonName.objects.filter(id=newest[0], thread=newest[1]).exists()


def _take_in(names: Names, newest: tuple[int, int] | None) -> None:
    since = names.newest[0] - LATE if names.newest else 0
    added = PersonName.objects.filter(id__gt=since).order_by()
    names.families.take_in(added.values_list("family_key", flat=True).distinct())
    names.given.take_in(added.values_list("given_key", flat=True).distinct())
    names.newest = newest
