"""The six counts of source rows: read = added + continued + corrected + unchanged + rejected."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Counts:
    """How many source rows did what to the record. They always add up, since `read` is their sum."""

    added: int = 0
    continued: int = 0
    corrected: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def read(self) -> int:
        return self.added + self.continued + self.corrected + self.unchanged + self.rejected

    def __add__(self, other: "Counts") -> "Counts":
        theirs = asdict(other)
        return Counts(**{name: count + theirs[name] for name, count in asdict(self).items()})

    def as_dict(self) -> dict[str, int]:
        return {"read": self.read, **asdict(self)}


@dataclass(frozen=True)
class FileCounts:
    """The six counts of one file; `year` is the END year of its return."""

    name: str
    kind: str
    year: int
    table: str
    counts: Counts
    is_repeat: bool = False
