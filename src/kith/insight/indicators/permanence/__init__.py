"""A home for good: going home, adoption and guardianship."""
