"""Charts of figures, each with the same in words and as a table: `trend.draw`, `trend.words`, `trend.table`.

trend, bars, funnel, control, spark, ratios and dot_line each take a plain dataclass, and draw it for a wide
or a narrow column; `on_a_page.styles` show the drawing that fits.
"""
