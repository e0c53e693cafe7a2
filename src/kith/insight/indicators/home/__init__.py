"""Where children in care live: how far, how settled, and whether with their brothers and sisters."""
