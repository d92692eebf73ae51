"""Floor 8: commands. Parse, one call to a use case, print, exit code."""
