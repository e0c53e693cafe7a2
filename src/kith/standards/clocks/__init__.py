"""What is due by when: the time limits of law, guidance, standards and practice, as pure functions.

`data/clocks.csv` holds one limit a row, with its source, its strength and how far it was checked. `due` takes
plain facts and the day it is asked on, and gives the state of one clock on that day.
"""

from kith.standards.clocks.counting import due_on
from kith.standards.clocks.local import LocalLimit, in_force
from kith.standards.clocks.moments import Moment, day_of
from kith.standards.clocks.proposing import ProposedDay, propose_dates
from kith.standards.clocks.states import Due, Facts, Status, due, every_due
from kith.standards.clocks.table import (
    Clock,
    DayOne,
    Direction,
    Limit,
    NotInForce,
    Strength,
    Unit,
    UnknownClock,
    clock,
    clock_rows,
    clocks,
    clocks_of,
)
from kith.standards.verified import Verified

__all__ = [
    "Clock",
    "DayOne",
    "Direction",
    "Due",
    "Facts",
    "Limit",
    "LocalLimit",
    "Moment",
    "NotInForce",
    "ProposedDay",
    "Status",
    "Strength",
    "Unit",
    "UnknownClock",
    "Verified",
    "clock",
    "clock_rows",
    "clocks",
    "clocks_of",
    "day_of",
    "due",
    "due_on",
    "every_due",
    "in_force",
    "propose_dates",
]
