"""The child's and the family's own words, and how an assessment or enquiry felt."""
