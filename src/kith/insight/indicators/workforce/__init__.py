"""The social workers an authority has. Nothing tells it yet."""
