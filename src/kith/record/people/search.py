"""Finding a person by a name, an id or a date of birth, however it was spelt.

The distinct names are held in memory and compared there; their people are then fetched by exact
match, so the same code serves every database. Who may see what is found is for `access/looking.py`.
"""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from kith.record.people import names_in_memory, queries
from kith.record.people.dates_said import Said, date_in
from kith.record.people.models import DatePrecision, Identifier, PersonDetails, PersonName
from kith.record.people.names import normalise
from kith.record.people.names_in_memory import Alike
from kith.record.refusals import Refused
from kith.standards.dates import short_date

LONGEST = 200  # characters; a longer text is something pasted by mistake
SHORTEST = 2
LONGEST_ID = 15  # characters; longer ones are compared only as they are
MOST_WORDS = 5
FETCHED = 150
WEAKEST = 0.55  # below this a likeness is noise
A_STRONG_MATCH = 0.8  # a likeness that a person would take for the one they meant


class SearchRefused(Refused):
    """The text cannot be searched for."""


@dataclass(frozen=True)
class Found:
    """One person who may be meant. `matched` is what of theirs matched, `why` says how: "name",
    "sounds like", "spelt like", "old name", "child id", "date of birth" and so on. `score` runs 0 to
    about 1.3 and only orders.
    """

    person_id: int
    matched: str
    why: str
    score: float

    @property
    def is_as_typed(self) -> bool:
        """Whether what matched is just what was typed, and not only like it or the beginning of it."""
        return not any(how in self.why for how in ONLY_NEARLY)


ONLY_NEARLY = (
    "like",
    "begins",
    "different",
    "swapped",
)  # words of `why` that say it is not just what was typed


def find(text: str, *, limit: int = 20, today: date | None = None) -> list[Found]:
    """The people who may be meant by `text`, the likeliest first, each once, at most `limit`.

    Merged records come as the one they are kept under. Twins are two. Fewer than two letters find
    nobody. Raises SearchRefused for a text that is too long.
    """
    if len(text) > LONGEST:
        raise SearchRefused(
            f"That is too long to search for: {len(text):,} characters.",
            "Type a name, an id or a date of birth.",
        )
    text = " ".join(text.replace("\x00", " ").split())
    if len(text) < SHORTEST:
        return []
    said = date_in(text, today or timezone.localdate())
    words = said.rest if said else text
    found = [*_by_identifier(text if text.isalnum() else words), *_by_name(words, said)]
    if said:
        found += _by_date_of_birth(said)
    return _best_of_each(found)[:limit]


def warm() -> None:
    """Read every name into this process now, so that nobody's first search waits for it."""
    names_in_memory.warm()


def _best_of_each(found: list[Found]) -> list[Found]:
    """The strongest of what was found for each person, under the record they are kept under."""
    kept = queries.kept_ids({one.person_id for one in found})
    best: dict[int, Found] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.person_id)):
        best.setdefault(kept[one.person_id], replace(one, person_id=kept[one.person_id]))
    return list(best.values())


# Identifiers


def _by_identifier(text: str) -> list[Found]:
    """People with this id, or one that begins with it, or else one that is a slip away from it."""
    written = {text, text.replace(" ", "")} | {
        word for word in text.split() if any(c.isdigit() for c in word)
    }
    values = {form for word in written for form in (word, word.upper(), word.lower()) if _may_be_id(word)}
    if not values:
        return []
    exact = _identified(Q(value__in=values), score=1.2, how="")
    begins = [one for word in values if len(word) >= 4 for one in _begins(word)]
    if exact or begins:
        return exact + begins
    likely = [word.upper() for word in written if 5 <= len(word) <= LONGEST_ID and word.isalnum()]
    slips = {slip for word in likely if _may_be_id(word) for slip in _one_slip_from(word)}
    if not slips:
        return []
    return _identified(Q(value__in=slips), score=0.75, how=", one letter or figure different")


def _may_be_id(word: str) -> bool:
    return 2 <= len(word) <= 30 and word.isascii() and any(c.isdigit() for c in word)


def _begins(word: str) -> list[Found]:
    after = word[:-1] + chr(ord(word[-1]) + 1)
    found = _identified(Q(value__gt=word, value__lt=after), score=0.85, how=" begins so")
    return [one for one in found if one.matched.startswith(word)]


def _identified(condition: Q, *, score: float, how: str) -> list[Found]:
    """Naming every kind lets the database use its index on kind and value."""
    kinds = [kind for kind in Identifier.Kind.values if kind != Identifier.Kind.UPN_UNKNOWN]
    rows = Identifier.current.filter(condition, kind__in=kinds).order_by("value", "person_id")[:FETCHED]
    return [
        Found(row.person_id, row.value, _SHORT_KIND.get(row.kind, row.get_kind_display()) + how, score)
        for row in rows
    ]


_SHORT_KIND = {"child_id": "child id", "upn": "UPN", "former_upn": "former UPN", "nhs": "NHS number"}


def _one_slip_from(word: str) -> Iterator[str]:
    """Every id one slip away: a figure or letter wrong, left out, put in, or two the wrong way round."""
    alphabet = string.digits if word.isdigit() else string.digits + string.ascii_uppercase
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in alphabet)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in alphabet)


# Dates of birth


def _by_date_of_birth(said: Said) -> list[Found]:
    alone = not normalise(said.rest)
    born = _born(Q(date_of_birth__range=(said.first, said.last)), "date of birth", 1.0 if alone else 0.6)
    if said.swapped:
        born += _born(
            Q(date_of_birth=said.swapped), "date of birth, day and month swapped", 0.7 if alone else 0.5
        )
    return born


def _born(condition: Q, why: str, score: float) -> list[Found]:
    rows = PersonDetails.current.filter(condition).exclude(date_of_birth_precision=DatePrecision.UNKNOWN)
    days = rows.order_by("date_of_birth", "person_id").values_list("person_id", "date_of_birth")[:FETCHED]
    return [Found(person_id, short_date(born), why, score) for person_id, born in days]


# Names


def _by_name(text: str, said: Said | None) -> list[Found]:
    words = [word for word in normalise(text).split() if not word.isdigit()][:MOST_WORDS]
    if not words or len("".join(words)) < SHORTEST:
        return []
    known = names_in_memory.current()
    families = {word: known.families.alike(word) for word in words}
    given = {word: known.given.alike(word) for word in words}
    if len(words) > 1:
        families |= {joined: known.families.exactly(joined) for joined in _joined(words)}
        given |= {joined: known.given.exactly(joined) for joined in _joined(words)}
    rows = _fetch(words, families, given, said)
    found = [one for row in rows if (one := _judge(row, words, families, given)) is not None]
    return _weighed_by_date(found, said) if said else found


Likeness = dict[str, dict[str, Alike]]  # word -> name key -> how alike
Row = tuple[int, str, str, str, str, str, date | None]


def _joined(words: list[str]) -> list[str]:
    """Words next to each other as one name: "de souza" is also "desouza"."""
    return [words[i] + words[i + 1] for i in range(len(words) - 1)]


def _fetch(words: list[str], families: Likeness, given: Likeness, said: Said | None) -> list[Row]:
    all_families = {key for keys in families.values() for key in keys}
    all_given = {key for keys in given.values() for key in keys}
    if len(words) == 1:
        rows = [
            *_rows_best_first("family_key", families[words[0]]),
            *_rows_best_first("given_key", given[words[0]]),
        ]
    else:
        exact_families = [key for keys in families.values() for key, one in keys.items() if one.score == 1]
        exact_given = [key for keys in given.values() for key, one in keys.items() if one.score == 1]
        rows = [
            *_rows(Q(family_key__in=exact_families, given_key__in=exact_given)),
            *_rows(Q(family_key__in=all_families, given_key__in=all_given), most=4 * FETCHED),
            *_rows(Q(family_key="", given_key__in=all_given)),
            *_rows(Q(given_key="", family_key__in=all_families)),
        ]
    if said:
        rows += _rows(Q(person_id__in=[one.person_id for one in _by_date_of_birth(said)]))
    return list(dict.fromkeys(rows))


def _rows_best_first(field: str, alike: dict[str, Alike]) -> list[Row]:
    exact = [key for key, one in alike.items() if one.score == 1]
    rest = [key for key, one in alike.items() if one.score < 1]
    return [*_rows(Q(**{f"{field}__in": exact})), *_rows(Q(**{f"{field}__in": rest}))]


def _rows(condition: Q, *, most: int = FETCHED) -> list[Row]:
    fields = ("person_id", "given_names", "family_name", "given_key", "family_key", "kind", "ended_on")
    return list(PersonName.current.filter(condition).values_list(*fields)[:most])


def _judge(row: Row, words: list[str], families: Likeness, given: Likeness) -> Found | None:
    """How well a name answers the words, or None when it hardly does."""
    person_id, given_names, family_name, given_key, family_key, kind, ended_on = row
    as_family = {word: keys[family_key] for word, keys in families.items() if family_key in keys}
    as_given = {word: keys[given_key] for word, keys in given.items() if given_key in keys}
    score, how = _score(words, as_family, as_given, is_one_name=not (given_key and family_key))
    if score < WEAKEST:
        return None
    is_old = kind == PersonName.Kind.PREVIOUS or ended_on is not None
    why = (f"old name, {how}" if how != "name" else "old name") if is_old else how
    return Found(person_id, f"{given_names} {family_name}".strip(), why, score - 0.02 * is_old)


def _score(
    words: list[str], as_family: dict[str, Alike], as_given: dict[str, Alike], *, is_one_name: bool
) -> tuple[float, str]:
    """The best way to read the words as a given and a family name, in either order."""
    both = [
        (0.5 * (first.score + last.score), max(first, last, key=lambda one: one.rank).how)
        for word, first in as_given.items()
        for other, last in as_family.items()
        if not (word in other or other in word) or (word == other and words.count(word) > 1)
    ]
    one = [
        (alike.score * (0.98 if len(words) == 1 else 0.7 if is_one_name else 0.5), alike.how)
        for alike in (*as_family.values(), *as_given.values())
    ]
    return max([*both, *one], default=(0.0, ""), key=lambda reading: reading[0])


def _weighed_by_date(found: Iterable[Found], said: Said) -> list[Found]:
    """Those born on the day said come first; the others stay, lower."""
    found = list(found)
    ids = {one.person_id for one in found}
    born = dict(PersonDetails.current.filter(person_id__in=ids).values_list("person_id", "date_of_birth"))
    return [_weigh(one, born.get(one.person_id), said) for one in found]


def _weigh(one: Found, born: date | None, said: Said) -> Found:
    if born and said.first <= born <= said.last:
        return replace(one, why=f"{one.why}, date of birth", score=one.score + 0.3)
    if born and born == said.swapped:
        return replace(one, why=f"{one.why}, date of birth swapped", score=one.score + 0.15)
    return replace(one, score=one.score - 0.2)
