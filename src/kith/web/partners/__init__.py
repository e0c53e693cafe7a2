"""Pages for those who know a family elsewhere: what is asked of them, and their answer."""
