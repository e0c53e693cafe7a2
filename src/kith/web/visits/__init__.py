"""Pages of visits and notes: writing them, reading them on one child's file, and putting them right."""
