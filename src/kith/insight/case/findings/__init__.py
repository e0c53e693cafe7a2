"""The six findings, one file each."""
