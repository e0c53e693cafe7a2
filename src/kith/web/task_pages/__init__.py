"""What every page for a task is made of: its fields, its form, a row for each child, and how it is done."""
