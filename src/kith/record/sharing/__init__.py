"""Other agencies and the professionals of theirs who know a family; what is asked of them and told them."""
