"""What is said of work itself: what goes with a child to their next worker, why something is late."""
