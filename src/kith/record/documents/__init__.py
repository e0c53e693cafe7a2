"""Documents on any record: kept by their content, scanned before they are read."""
