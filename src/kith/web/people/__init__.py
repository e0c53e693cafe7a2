"""Pages of people: registering, relating, correcting, deciding who is the same."""
