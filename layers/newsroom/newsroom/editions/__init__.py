"""What leads, what follows."""
