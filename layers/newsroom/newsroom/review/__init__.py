"""From a draft to a verdict that anyone can compute again."""
