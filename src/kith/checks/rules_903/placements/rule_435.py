import polars as pl

from kith.checks.placement_words import follows_an_episode, legal_status_changed, placement_changed
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("435", table="Episodes", fields="LS PLACE PL_POST URN PLACE_PROVIDER RNE before.LS")
def not_the_placement_alone_changed() -> pl.Expr:
    """The new episode is told to begin with a change of placement alone (P, T), but compared with the
    episode before the legal status is another, or nothing about the placement is."""
    as_told = placement_changed() & ~legal_status_changed()
    return is_one_of("RNE", "P T") & follows_an_episode() & ~as_told


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE | LS | PLACE | PL_POST | URN | PLACE_PROVIDER |
    1     | 01/05/2026 | S   | C1 | U4    | LS1 4DY | SC1 | PR1            |
    1     | 01/06/2026 | P   | C1 | U4    | LS1 3EX | SC1 | PR1            |
    1     | 01/07/2026 | T   | C1 | U4    | LS1 3EX | SC1 | PR4            |
    1     | 01/08/2026 | P   | C1 | U4    | LS1 3EX | SC1 | PR4            | found
    1     | 01/09/2026 | T   | C2 | U1    | LS1 3EX | SC1 | PR4            | found
    1     | 01/10/2026 | B   | C2 | U1    | LS1 3EX | SC1 | PR4            |
    2     | 01/05/2026 | P   | C1 | U4    | LS1 4DY | SC1 | PR1            |
"""
