"""Every column a rule may name, made once, when the first rule asks for it.

A rule stands on one table and names columns by a path. On a row of `Episodes`:

    DECOM                       its own; a date that cannot be read is null
    DECOM.text                  the cell as it was typed (dates and numbers)
    DECOM.written               the cell as it was typed, of any column (what `given` and `blank` ask)
    SEX.known                   whether its code list has the code in the checked year
    DECOM.as_number             a day as one number (20260331), of which ages are reckoned
    DOB.turns_18                the day on which someone born then is 18
    next.DEC, before.DEC        of the child's next and last row in the same table, by start date
    Header.DOB                  of the child's row in Header; in the CIN census `CINdetails.X` is the
                                referral that the row belongs to, `Section47.X` the first of its referral,
                                and `Header.X` of the return's one header
    Episodes.first.LS           of the child's first row in another table, by start date; also `latest`
    Episodes.count              how many rows the child has there (0 for none)
    referral                    (CIN) the number of the row's referral, to group by
    referral.Assessments.count  (CIN) how many rows its referral has there (0 for none)
    LastYear.Episodes.latest.LS the same in the previous year's return
    year.start, year.end, year.authority
    child.in_care_all_year      what is worked out of a child (see `facts`)
    period.start                what is worked out of a row (see `facts`)
    Provider.PLACE_CODES        of the provider with the row's URN

and `row`, `next.row`, `Header.row` ... are where those rows stand. In a pair of tables ("Missing+Episodes":
each row of the first with each row of the same child in the second) `other.X` is the second's column X.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import polars as pl

from kith.checks.collection import Collection
from kith.checks.numbering import Numbering, counted, numbered, or_none, where_known
from kith.checks.paths import CELL_WORDS, LAST_YEAR, NEIGHBOURS, PROVIDER, TURNS, bare, in_words, way_of
from kith.checks.placed import marked, placed
from kith.checks.words import birthday_of, day_as_number
from kith.standards.years import NoSuchReturn, codes_in

CHILD_COLUMNS = {"903": "CHILD", "cin": "LAchildID"}
STARTS: Mapping[str, tuple[str, ...]] = {
    "Episodes": ("DECOM", "DEC"),
    "Missing": ("MIS_START", "MIS_END"),
    "SWEpisodes": ("SW_DECOM", "SW_DEC"),
    "DoLo": ("DOLO_START", "DOLO_END"),
    "PlacedAdoption": ("DATE_PLACED", "DATE_PLACED_CEASED"),
    "Reviews": ("REVIEW", "CPPreviewDate"),
    "CINdetails": ("CINreferralDate", "CINclosureDate"),
    "Assessments": ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    "CINplanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", "DateOfInitialCPC"),
    "ChildProtectionPlans": ("CPPstartDate", "CPPendDate"),
    "PreProceedings": ("PPStartDate",),
}
REFERRAL = "CINdetailsID"
MOST_PAIRS = 5_000_000
"""Rows of a pair of tables that are laid side by side at most: several times what all England's would be."""

OWN_NUMBERS = {"CINdetails": REFERRAL, "Assessments": "AssessmentsID", "ChildProtectionPlans": "CPPID"}

Worked = TypeVar("Worked")
Fact = Callable[["Views", str], pl.Series]
FACTS: dict[tuple[str, str], Fact] = {}
CHILD_FACTS: dict[str, Callable[["Views"], pl.Series]] = {}


class CannotRun(Exception):
    """A table, column or file that a rule needs is not there; `missing` names it in plain words."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


def fact(table: str, name: str) -> Callable[[Fact], Fact]:
    """Register what gives the column `name` of `table`; it is called with the views and the table asked for
    ("Episodes" or "LastYear.Episodes"), and gives one value for each row."""

    def registered(function: Fact) -> Fact:
        FACTS[table, name] = function
        return function

    return registered


def child_fact(name: str) -> Callable[[Callable[["Views"], pl.Series]], Callable[["Views"], pl.Series]]:
    """Register what gives `child.NAME`: one value for each child, by number."""

    def registered(function: Callable[["Views"], pl.Series]) -> Callable[["Views"], pl.Series]:
        CHILD_FACTS[name] = function
        return function

    return registered


class Views:
    """The tables of one return, last year's (as "LastYear.Episodes"), and what is worked out of them.

    `tables` hold text columns, and typed ones with their text beside them, as `door` gives them; `providers`
    are Ofsted's, by URN, or None.
    """

    def __init__(
        self,
        tables: Mapping[str, pl.DataFrame],
        collection: Collection,
        providers: pl.DataFrame | None = None,
    ) -> None:
        self.tables = dict(tables)
        self.collection = collection
        if providers is not None:
            self.tables[PROVIDER] = providers
        self.child_column = CHILD_COLUMNS[collection.return_]
        self._columns: dict[tuple[str, str], pl.Series] = {}
        self._indexes: dict[tuple[str, str, str], pl.Series] = {}
        self._rows: dict[tuple[str, tuple[str, ...], str], pl.Series] = {}
        self._numberings: dict[tuple[str, ...], Numbering] = {}
        self._worked_out: dict[str, object] = {}
        self._pairs: dict[str, tuple[pl.Series, pl.Series]] = {}
        self._missing: dict[tuple[str, str], str] = {}
        self._names: dict[str, frozenset[str]] = {}

    def frame(self, view: str, names: frozenset[str]) -> pl.DataFrame:
        """The named columns of a view, side by side. Raises CannotRun."""
        return pl.DataFrame([self.column(view, name) for name in sorted(names)])

    def column(self, view: str, name: str) -> pl.Series:
        """One column of a view, a value for each of its rows. Raises CannotRun, naming what is missing."""
        key = (view, name)
        if key in self._columns:
            return self._columns[key]
        if key in self._missing:
            raise CannotRun(self._missing[key])
        try:
            self._columns[key] = self._made(view, name).alias(name)
        except CannotRun as reason:
            self._missing[key] = reason.missing
            raise
        return self._columns[key]

    def table(self, name: str) -> pl.DataFrame:
        """A table as it was read. Raises CannotRun where the return has none of that name."""
        if name in self.tables:
            return self.tables[name]
        if name == PROVIDER:
            raise CannotRun("Ofsted's provider list")
        if name.startswith(LAST_YEAR) and not any(one.startswith(LAST_YEAR) for one in self.tables):
            raise CannotRun("last year's return")
        raise CannotRun(f"the table {in_words(name)}")

    def has(self, table: str, name: str) -> bool:
        """Whether a table was read with a column of that name. Raises CannotRun where there is no table."""
        if table not in self._names:
            self._names[table] = frozenset(self.table(table).columns)
        return name in self._names[table]

    def height(self, view: str) -> int:
        """How many rows a view has. Raises CannotRun."""
        first, _, other = view.partition("+")
        return self._pair(view)[0].len() if other else self.table(first).height

    @property
    def child_count(self) -> int:
        """How many children any table names, this year's or last year's; each has a number below it."""
        return self._numbering((self.child_column,)).count

    def child_numbers(self, table: str) -> pl.Series:
        """The number of each row's child; null where the row names none. Raises CannotRun."""
        return self._numbers(table, (self.child_column,))

    def any_of_child(self, table: str, holds: pl.Series) -> pl.Series:
        """Whether `holds` (one for each row of `table`) is true of any row of a child: one for each child, by
        number. False for a child with no row there. Raises CannotRun.
        """
        numbers = self.child_numbers(table).filter(holds)
        return marked(numbers.drop_nulls() if numbers.null_count() else numbers, self.child_count)

    def all_of_child(self, table: str, holds: pl.Series) -> pl.Series:
        """Whether `holds` (one for each row of `table`) is true of some row of a child and false of none: one
        for each child, by number. Raises CannotRun.
        """
        return self.any_of_child(table, holds) & ~self.any_of_child(table, ~holds)

    def worked_out(self, name: str, make: Callable[[], Worked]) -> Worked:
        """What several columns come from, made by `make` once. Raises what `make` raises."""
        if name not in self._worked_out:
            self._worked_out[name] = make()
        return cast(Worked, self._worked_out[name])

    def index(self, table: str, target: str, pick: str) -> pl.Series:
        """For each row of `table`, where its row in `target` stands; null where it has none.

        `pick` is "one" (the only one, or the first in the file; in the CIN census the one it belongs to),
        "first" or "latest" by start date, "next" or "before" (then `target` is the table itself).
        """
        key = (table, target, pick)
        if key not in self._indexes:
            if pick in NEIGHBOURS:
                self._indexes[key] = self._neighbours(table, pick)
            elif target == PROVIDER:
                self._indexes[key] = self._by_urn(table)
            else:
                self._indexes[key] = self._looked_up(table, target, pick)
        return self._indexes[key]

    def in_order(self, table: str, *names: str) -> pl.DataFrame:
        """The rows of a table that have a child and a start, as `child` and `row`, by child and date, with
        the named columns beside them. Raises CannotRun.
        """
        order = self.worked_out(f"order of {table}", lambda: self._in_order(table))
        return order.hstack([self.column(table, name)[order["row"]] for name in names])

    def _in_order(self, table: str) -> pl.DataFrame:
        keys = {"child": self.child_numbers(table), "row": self.column(table, "row")}
        dates = [name for name in STARTS.get(bare(table), ()) if name in self.table(table).columns]
        keys |= {name: self.column(table, name) for name in dates}
        frame = where_known(pl.DataFrame(keys), "child", *dates[:1])
        return frame.sort("child", *dates, "row", nulls_last=True).select("child", "row")

    def _made(self, view: str, name: str) -> pl.Series:
        first, _, other = view.partition("+")
        if other:
            return self._of_pair(view, first, other, name)
        if name == "row":
            return pl.int_range(self.table(view).height, dtype=pl.UInt32, eager=True)
        if name == "referral":
            return self._numbers(view, (self.child_column, REFERRAL))
        if self.has(view, name):
            return self.table(view)[name]
        if (bare(view), name) in FACTS:
            return FACTS[bare(view), name](self, view)
        if "." not in name:
            raise CannotRun(f"the column {name} of {in_words(view)}")
        return self._followed(view, name)

    def _of_pair(self, view: str, first: str, other: str, name: str) -> pl.Series:
        mine, theirs = self._pair(view)
        if name.startswith("other."):
            return self.column(other, name.removeprefix("other."))[theirs]
        return self.column(first, name)[mine]

    def _followed(self, view: str, name: str) -> pl.Series:
        head, _, rest = name.partition(".")
        if rest in CELL_WORDS:
            return self._of_a_cell(view, head, rest)
        if rest.startswith(TURNS):
            return self._birthday(view, head, int(rest.removeprefix(TURNS)))
        if head == "year":
            return self._of_the_year(view, *rest.split("."))
        if head == "child":
            return self._child_column(rest)[self.child_numbers(view)]
        if head == "referral":
            return self._counted_by_referral(view, rest.removesuffix(".count"))
        if head in NEIGHBOURS:
            return self.column(view, rest)[self.index(view, view, head)]
        return self._of_another_table(view, name)

    def _of_the_year(self, view: str, what: str, form: str = "") -> pl.Series:
        value = pl.Series(what, [getattr(self.collection, what)])
        if value[0] is None:
            raise CannotRun("the authority that sends the return")
        if form:
            value = value.to_frame().select(day_as_number(pl.col(what))).to_series()
        return value.new_from_index(0, self.height(view))

    def _of_a_cell(self, view: str, column: str, what: str) -> pl.Series:
        if what == "known":
            return self._known(bare(view), column, self.column(view, f"{column}.written"))
        own = self.column(view, column)
        if what == "as_number":
            return own.to_frame().select(day_as_number(pl.col(column))).to_series()
        if self.has(view, f"{column}.text"):
            return self.table(view)[f"{column}.text"]
        return own if own.dtype == pl.String else own.cast(pl.String)

    def _birthday(self, view: str, born: str, age: int) -> pl.Series:
        days = self.frame(view, frozenset({born, f"{born}.as_number"}))
        return days.select(birthday_of(born, age)).to_series()

    def _known(self, table: str, column: str, values: pl.Series) -> pl.Series:
        try:
            codes = codes_in(self.collection.return_, table, column, self.collection.year)
        except NoSuchReturn:
            raise CannotRun(f"the codes of {column} in that year") from None
        return values.is_in([code.code for code in codes])

    def _child_column(self, name: str) -> pl.Series:
        key = ("child", name)
        if key not in self._columns:
            self._columns[key] = CHILD_FACTS[name](self)
        return self._columns[key]

    def _of_another_table(self, view: str, name: str) -> pl.Series:
        way = way_of(name)
        if way.column == "count":
            return or_none(self._counts(way.table)[self.child_numbers(view)])
        return self.column(way.table, way.column)[self.index(view, way.table, way.pick)]

    def _counts(self, target: str) -> pl.Series:
        key = ("count", target)
        if key not in self._columns:
            self._columns[key] = counted(self.child_numbers(target), self.child_count)
        return self._columns[key]

    def _counted_by_referral(self, view: str, target: str) -> pl.Series:
        keys = (self.child_column, REFERRAL)
        counts = counted(self._numbers(target, keys), self._numbering(keys).count)
        return or_none(counts[self._numbers(view, keys)])

    def _pair(self, view: str) -> tuple[pl.Series, pl.Series]:
        if view not in self._pairs:
            first, _, other = view.partition("+")
            self._refuse_too_many(first, other)
            theirs = self._by_child(other, "theirs")
            both = self._by_child(first, "mine").join(theirs, on="child", maintain_order="left_right")
            self._pairs[view] = (both["mine"], both["theirs"])
        return self._pairs[view]

    def _refuse_too_many(self, first: str, other: str) -> None:
        """Raise CannotRun where the pairs of two tables would fill the memory: they grow with the square.

        A few thousand rows of one child do that, and no child has them.
        """
        beside = self._counts(other).cast(pl.Int64)[self.child_numbers(first)]
        if beside.sum() > MOST_PAIRS:
            most = int((self._counts(first) * self._counts(other).cast(pl.Int64)).sort()[-1])
            raise CannotRun(
                f"few enough rows of one child: {in_words(first)} and {in_words(other)} are laid side by "
                f"side, and one child alone has {most:,} pairs of them"
            )

    def _by_child(self, table: str, row: str) -> pl.DataFrame:
        frame = pl.DataFrame({"child": self.child_numbers(table), row: self.column(table, "row")})
        return where_known(frame, "child")

    def _neighbours(self, table: str, pick: str) -> pl.Series:
        order = self.in_order(table)
        step = -1 if pick == "next" else 1
        same = pl.col("child").shift(step) == pl.col("child")
        found = order.select("row", pl.when(same).then(pl.col("row").shift(step)).alias("there"))
        return placed(found["row"], found["there"], self.table(table).height)

    def _looked_up(self, table: str, target: str, pick: str) -> pl.Series:
        if pick == "one" and self._is_of_the_whole_return(target):
            return pl.Series([0], dtype=pl.UInt32).new_from_index(0, self.table(table).height)
        keys = self._keys(table, target, pick)
        return self._rows_by_number(target, keys, pick)[self._numbers(table, keys)]

    def _rows_by_number(self, target: str, keys: tuple[str, ...], pick: str) -> pl.Series:
        """For each number, where its row in `target` stands; null where it has none."""
        key = (target, keys, pick)
        if key not in self._rows:
            self._rows[key] = self._numbered_rows(target, keys, pick)
        return self._rows[key]

    def _numbered_rows(self, target: str, keys: tuple[str, ...], pick: str) -> pl.Series:
        if pick == "one":
            numbers, rows = self._numbers(target, keys), self.column(target, "row")
            if numbers.null_count():
                numbers, rows = numbers.filter(numbers.is_not_null()), rows.filter(numbers.is_not_null())
        else:
            numbers, rows = self.in_order(target)["child"], self.in_order(target)["row"]
        if pick != "latest":  # where a child comes more than once, the row that is put last stays
            numbers, rows = numbers.reverse(), rows.reverse()
        return placed(numbers, rows, self._numbering(keys).count)

    def _is_of_the_whole_return(self, target: str) -> bool:
        """Whether the table is the CIN census's header: one row, and no child's."""
        frame = self.table(target)
        return bare(target) == "Header" and self.child_column not in frame.columns and frame.height > 0

    def _keys(self, table: str, target: str, pick: str) -> tuple[str, ...]:
        """The columns that say which row of `target` a row of `table` has: its own, or of its referral."""
        here, there = self.table(table).columns, self.table(target).columns
        own = OWN_NUMBERS.get(bare(target))
        if pick == "one" and own in here:
            return (self.child_column, str(own))
        if pick == "one" and REFERRAL in here and REFERRAL in there:
            return (self.child_column, REFERRAL)
        return (self.child_column,)

    def _by_urn(self, table: str) -> pl.Series:
        urns = pl.DataFrame({"URN": self.column(table, "URN").cast(pl.String)})
        providers = self.table(PROVIDER).select("URN").with_row_index("row").unique("URN", keep="first")
        return urns.join(providers, on="URN", how="left", maintain_order="left")["row"]

    def _numbers(self, table: str, keys: tuple[str, ...]) -> pl.Series:
        self.table(table)
        numbering = self._numbering(keys)
        if table not in numbering.by_table:
            missing = next(key for key in keys if key not in self.tables[table].columns)
            raise CannotRun(f"the column {missing} of {in_words(table)}")
        return numbering.by_table[table]

    def _numbering(self, keys: tuple[str, ...]) -> Numbering:
        if keys not in self._numberings:
            self._numberings[keys] = numbered(self.tables, keys)
        return self._numberings[keys]
