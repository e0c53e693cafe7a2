"""Every indicator counted a second time: slowly, in plain Python, from its definition in words alone.

Nothing here reads `kith.insight.indicators`. Dictionaries, lists, loops and dates, so that whoever knows the
definition can follow the count with a finger; what Polars answers has to be the same.
"""
