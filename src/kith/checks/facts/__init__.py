"""What is worked out of a return's rows before any rule runs, and what the rules then name as columns."""

from kith.checks.facts import care, placing, unaccompanied

__all__ = ["care", "placing", "unaccompanied"]
