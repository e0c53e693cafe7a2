"""Harm outside the home: places, groups and people of concern, and the plan against it."""
