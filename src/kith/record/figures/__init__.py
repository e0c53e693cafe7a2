"""The record as it stood on a day, kept for figures: taken in the background, read in a moment."""
