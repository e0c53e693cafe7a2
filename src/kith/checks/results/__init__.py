"""A report as people want it: a summary at the terminal, a workbook, a page, a table, or JSON."""
