"""Assessments, plans for children in need, and help before an investigation."""
