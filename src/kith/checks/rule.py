"""What a validation rule is: one small file with a sentence, an expression, and examples.

    @check("356", table="Episodes", fields="DECOM DEC")
    def episode_ends_before_it_starts() -> pl.Expr:
        '''The date an episode ended is before the date it began.'''
        return col("DEC") < col("DECOM")

    EXAMPLES = '''
        Episodes
        CHILD | DECOM      | DEC        |
        1     | 01/05/2026 | 30/04/2026 | found
        2     | 01/05/2026 | 02/05/2026 |
    '''

The expression is true for a row that breaks the rule. It may name any column that `views` can give.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import signature
from typing import TYPE_CHECKING, Literal

import polars as pl

from kith.dataset.returns import Kind

if TYPE_CHECKING:
    from kith.checks.views import Views

Severity = Literal["error", "query"]
Expression = Callable[[], pl.Expr]
RowsFunction = Callable[["Views"], pl.DataFrame]

FIRST_YEAR = 2023
"""The first END year whose rules are held (2022-23)."""

NEWEST_YEAR: Mapping[Kind, int] = {"903": 2027, "cin": 2026}
"""The last END year whose rules are held; a later return is checked by them until its own are added."""


@dataclass(frozen=True, eq=False)  # a rule is itself alone: to compare all it says would take longer
class Rule:
    """One rule of one return.

    `table` is the table whose rows it finds, or a pair of tables ("Missing+Episodes"). `fields` are the
    columns a person has to look at, as `views` names them. `first_year` and `last_year` are END years, None
    without an end. `severity` is None where its source states none. `finds` gives an expression, or, where it
    takes the views, a frame with the column `row` (and `X.row` for linked rows). `note` is what a reader
    should know, such as where an open tool is known to differ. `is_of_the_whole_return` says that what it
    finds is wrong with all the rows together, and not with the row it shows.
    """

    code: str
    table: str
    fields: tuple[str, ...]
    says: str
    finds: Expression | RowsFunction = field(repr=False)
    first_year: int = FIRST_YEAR
    last_year: int | None = None
    severity: Severity | None = None
    note: str = ""
    return_: Kind = "903"
    examples: str = field(default="", repr=False)
    is_of_the_whole_return: bool = False

    def holds_in(self, year: int) -> bool:
        """Whether the rule is one of the return of `year`."""
        return self.first_year <= year <= (self.last_year or year)

    @property
    def subject(self) -> str:
        """What the rule is about: the folder its file lies in ("episodes")."""
        return self.finds.__module__.split(".")[-2]

    @cached_property
    def is_an_expression(self) -> bool:
        """Whether it can run fused with others, in one pass over its table."""
        return not signature(self.finds).parameters


def check(
    code: str,
    *,
    table: str,
    fields: str,
    first_year: int = FIRST_YEAR,
    last_year: int | None = None,
    severity: Severity | None = None,
    note: str = "",
    is_of_the_whole_return: bool = False,
) -> Callable[[Expression | RowsFunction], Rule]:
    """Make the decorated function a rule; its docstring says in plain words what is wrong.

    `fields` are parted by blanks. The return and the examples come from the package and the module.
    """

    def made(finds: Expression | RowsFunction) -> Rule:
        if not finds.__doc__:
            raise TypeError(f"Rule {code} has no docstring to say what it checks.")
        says = " ".join(finds.__doc__.split())
        return Rule(
            code,
            table,
            tuple(fields.split()),
            says,
            finds,
            first_year,
            last_year,
            severity,
            " ".join(note.split()),
            is_of_the_whole_return=is_of_the_whole_return,
        )

    return made
