"""Kith runs children's social care for an English local authority, on one record."""

__version__ = "0.1.0"
