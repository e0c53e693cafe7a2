"""Reviews, health and safety of children in care."""
