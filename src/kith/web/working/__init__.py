"""Pages of who works with whom: allocating, handing over, cover, the team."""
