"""Where the lines of visits and notes lead: to the whole of them, as it stands on the child's file."""

CODE_LISTS: dict[str, dict[str, str]] = {}
PAGES = {"visits.seen": "visit_of_line", "visits.noteabout": "note_of_line"}
