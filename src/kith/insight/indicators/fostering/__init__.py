"""Foster homes, from the first question to approval. Nothing tells them yet."""
