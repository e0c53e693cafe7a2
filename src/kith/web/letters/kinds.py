"""The kinds of paper that there are, each brought by the area that knows what stands in it.

An area says in its module `letters` which are its own: `LETTERS = [LetterKind("visit", ...)]`. What is built
holds no other child's name and, for the family, nothing that is kept from them: the area sees to that, and
`held_out` says what it left out, so that whoever prints it knows, and whoever reads it is told how much.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kith.record.people.models import Person, User
from kith.web.areas import brought


@dataclass(frozen=True)
class Reader:
    """Somebody of the family for whom a paper is made: the child, or a grown-up.

    `is_responsible` only where the record says that they have parental responsibility for the child.
    """

    person_id: int
    name: str
    is_child: bool = False
    is_responsible: bool = False

    @property
    def may_have_own_part(self) -> bool:
        """Whether what is the child's alone may stand in their copy."""
        return self.is_child or self.is_responsible


@dataclass(frozen=True)
class Letter:
    """One paper about one child, ready to be set: `template` extends `kith/letters/frame.html`.

    `held_out` are sentences on what this copy does not hold. `let_in` and `leave_out` are parts, as (name,
    words), that whoever prints it decides on each time: the former stay out unless they are ticked, the
    latter stand in it unless they are. The template leaves out the parts that `out` names.
    `not_for_family` is a sentence on why there is no copy for the family yet; `only_for` the one person of
    the family to whom it may go (None: any of those offered).
    """

    title: str
    template: str
    context: Mapping[str, Any]
    held_out: Sequence[str] = ()
    look_for: Sequence[str] = ()
    let_in: Sequence[tuple[str, str]] = ()
    leave_out: Sequence[tuple[str, str]] = ()
    not_for_family: str = ""
    only_for: int | None = None


@dataclass(frozen=True)
class Offered:
    """A paper that may be printed about a child: the thread of what it is about, and how it is called."""

    thread: int
    title: str
    on: date | None = None


@dataclass(frozen=True)
class LetterKind:
    """A kind of paper: its name in addresses, and how it is built for one reader, or for the record (None).

    `build` is given who prints it, the child, the thread of what it is about, and for whom. It raises
    Http404 where there is nothing of that thread on this child's file. `offered` lists what there is of
    the kind on a child's file, for who asks and the ids of the child's records, the newest first.
    """

    name: str
    title: str
    build: Callable[[User, Person, int, Reader | None], Letter]
    offered: Callable[[User, Person, Sequence[int]], Sequence[Offered]] = field(
        default=lambda user, person, ids: ()
    )


def kinds() -> dict[str, LetterKind]:
    """Every kind of paper, by its name."""
    return {kind.name: kind for area in brought("letters") for kind in area.LETTERS}
