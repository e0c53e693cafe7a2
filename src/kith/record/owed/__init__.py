"""What an act left to be done: who owes it, by when, and what became of it."""
