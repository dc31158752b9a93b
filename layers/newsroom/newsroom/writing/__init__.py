"""From sources to a draft in which every sentence has its evidence."""
