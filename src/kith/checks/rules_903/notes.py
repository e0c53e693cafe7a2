"""What several rules say beside their sentences."""

NO_READABLE_START = """An open tool fails for the whole return where one child has no readable start of an episode;
here such an episode is left out."""

UNACCOMPANIED_BEFORE = """Who is or was unaccompanied is told by this year's and last year's returns alone, so that
one who was before them may be found wrongly."""

AUTHORITIES_OF_2021 = """An open tool's list of authorities is of April 2021, and counts a placement in one made since
as outside every authority; ours has them."""
