"""Plans made with a family: who is on one, what it is to reach, who does what, by when."""
