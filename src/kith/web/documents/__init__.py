"""Pages of documents on a person's file."""
