"""How things are stored; nobody else knows."""
