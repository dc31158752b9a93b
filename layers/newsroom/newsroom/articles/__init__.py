"""Articles: canonical addresses, near-duplicates, whose reporting it really is."""
