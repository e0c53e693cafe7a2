import polars as pl

from kith.checks.placement_words import follows_an_episode, legal_status_changed, placement_changed
from kith.checks.rule import check
from kith.checks.words import col


@check("434", table="Episodes", fields="RNE LS PLACE PL_POST URN PLACE_PROVIDER before.LS")
def not_the_legal_status_alone_changed() -> pl.Expr:
    """The new episode is told to begin with a change of legal status alone (L), but compared with the
    episode before the legal status is the same, or something about the placement is not."""
    as_told = legal_status_changed() & ~placement_changed()
    return (col("RNE") == "L") & follows_an_episode() & ~as_told


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE | LS | PLACE | PL_POST | URN | PLACE_PROVIDER |
    1     | 01/05/2026 | L   | C1 | U4    | LS1 4DY | SC1 | PR1            |
    1     | 01/06/2026 | L   | C2 | U4    | LS14DY  | SC1 | PR1            |
    1     | 01/07/2026 | L   | C2 | U4    | LS1 4DY | SC1 | PR1            | found
    1     | 01/08/2026 | L   | E1 | U4    | LS1 4DY | SC2 | PR1            | found
    1     | 01/09/2026 | P   | E1 | U4    | LS1 4DY | SC2 | PR1            |
    2     | 01/05/2026 | S   | C1 | P1    | LS1 4DY |     | PR0            |
    2     | 01/06/2026 | L   | C2 | P1    | LS1 4DY |     | PR0            |
"""
