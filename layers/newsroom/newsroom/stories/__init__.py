"""Stories: what belongs together, versions, updates, staleness."""
