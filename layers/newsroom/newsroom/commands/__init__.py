"""The console commands: a rule tried on a file, without any cloud."""
