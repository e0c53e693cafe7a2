"""What is spent, and on what. Nothing tells it yet."""
