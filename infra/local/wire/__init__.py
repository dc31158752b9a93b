"""The sample wire: invented publishers served on loopback, read by a newsroom that has nothing else to read."""
