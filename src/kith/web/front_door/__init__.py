"""Pages of the front door: a message written down, what is known, and the decision."""
