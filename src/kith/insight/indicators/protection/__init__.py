"""Conferences, child protection plans, and work before court."""
