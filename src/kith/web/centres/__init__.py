"""Pages of family centres: their sessions, the directory, what is missing near a family."""
