"""What became of decisions, a year after they were made."""
