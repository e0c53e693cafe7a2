"""Pages of harm outside the home: places, groups, adults, missing, the plan."""
