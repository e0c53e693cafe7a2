"""Living figures of an authority, or of all: definitions, answers, England beside them."""
