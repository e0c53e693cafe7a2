"""Papers about a child: one frame for every room's letters, looked at before it is printed."""
