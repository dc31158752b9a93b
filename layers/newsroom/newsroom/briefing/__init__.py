"""The 6 a.m. briefing: composed once, rendered many ways, sent once."""
