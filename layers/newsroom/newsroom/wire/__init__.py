"""The hostile web: guarded fetching, feed documents, article pages."""
