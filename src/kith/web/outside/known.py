"""Who of the young people that something outside the home touches may be shown to a reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.record.access.looking import show_names
from kith.record.access.permissions import Level, accesses
from kith.record.outside.models import Linked
from kith.record.people.models import User
from kith.record.people.queries import Shown, kept_ids


@dataclass(frozen=True)
class Touched:
    """Those whose record the reader may open, by kept id; and whether there is anybody else.

    No page shows how many others there are, and of a sealed file nothing at all is told.
    """

    people: dict[int, Shown]
    kept: dict[int, int]
    others: frozenset[int]

    @property
    def are_there_others(self) -> bool:
        """Whether it touches somebody whose record this reader may not open."""
        return bool(self.others)

    def is_other(self, link: Linked) -> bool:
        """Whether it is the link of somebody who may not be named, and may be spoken of."""
        return self.kept[link.person_id] in self.others

    def of(self, link: Linked) -> Shown | None:
        """Whose link it is, where that may be shown."""
        return self.people.get(self.kept[link.person_id])


def touched_by(user: User, links: Iterable[Linked], *, where: str) -> Touched:
    """The young people of these links as `user` may see them; each name shown is written down."""
    kept = kept_ids({link.person_id for link in links})
    seen = accesses(user, set(kept.values()))
    may_open = [pk for pk, access in seen.items() if access.level is Level.RECORD]
    others = {pk for pk, access in seen.items() if access.level < Level.RECORD and not access.never_matches}
    return Touched(show_names(user, may_open, where=where), kept, frozenset(others))
