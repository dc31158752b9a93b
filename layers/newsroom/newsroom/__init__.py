"""A market-news desk whose every published sentence can be checked."""
