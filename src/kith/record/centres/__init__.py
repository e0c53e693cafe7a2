"""Family centres: places with open sessions, who came, and the directory of services."""
