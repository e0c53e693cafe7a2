"""Section 47 enquiries: how many, about whom, and what came of them."""
