"""Where a child learns, how often they are there, and what special needs they have."""
