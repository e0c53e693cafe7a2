"""Where the lines of contacts and decisions lead: to the message itself, for who may read it."""

CODE_LISTS: dict[str, dict[str, str]] = {}
PAGES = {"frontdoor.contact": "message_of_line", "frontdoor.decidedfor": "message_of_decision"}
