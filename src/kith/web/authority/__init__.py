"""What this authority decides for itself: its settings, and whose record this is."""
