"""Children's social workers: changes, and for how long they stay."""
