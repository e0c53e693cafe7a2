"""Pages of an assessment: start it, write it, have it read, share it; and how a child is at school."""
