"""The people who matter to a child. Nothing tells them yet."""
