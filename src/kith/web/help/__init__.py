"""Pages of family help: asking for it, answering, the episode, its plan and meetings."""
