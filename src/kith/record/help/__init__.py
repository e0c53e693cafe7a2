"""Help that families ask for and are given: requests, a family's help, its meetings, its reviews, its end."""
