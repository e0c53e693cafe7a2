"""Whether some children are more likely than others to be referred, investigated, in care or far away."""
