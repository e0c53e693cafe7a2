import polars as pl

from kith.checks.placement_words import follows_an_episode, legal_status_changed, placement_changed
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("436", table="Episodes", fields="RNE LS PLACE PL_POST URN PLACE_PROVIDER before.LS")
def not_both_status_and_placement_changed() -> pl.Expr:
    """The new episode is told to begin with a change of legal status and placement (B, U), but compared
    with the episode before one of them is the same."""
    as_told = legal_status_changed() & placement_changed()
    return is_one_of("RNE", "B U") & follows_an_episode() & ~as_told


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE | LS | PLACE | PL_POST | URN | PLACE_PROVIDER |
    1     | 01/05/2026 | S   | C1 | U4    | LS1 4DY | SC1 | PR1            |
    1     | 01/06/2026 | B   | C2 | U4    | LS1 3EX | SC1 | PR1            |
    1     | 01/07/2026 | U   | C2 | U1    | LS1 3EX | SC1 | PR1            | found
    1     | 01/08/2026 | B   | E1 | U1    | LS1 3EX | SC1 | PR1            | found
    1     | 01/09/2026 | L   | E1 | U1    | LS1 3EX | SC1 | PR1            |
    2     | 01/05/2026 | B   | C1 | U4    | LS1 4DY | SC1 | PR1            |
"""
