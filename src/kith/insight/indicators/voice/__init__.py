"""What children and families say. Nothing tells it yet."""
