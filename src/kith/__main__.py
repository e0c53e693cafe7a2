"""Lets `python -m kith` do what `kith` does."""

from kith.cli import main

main()
