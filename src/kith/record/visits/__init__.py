"""Visits to children, and notes about them: what was seen, what was said, and what comes next."""
