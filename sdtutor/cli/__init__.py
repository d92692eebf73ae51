"""Floor 8: commands. Parse, one call to the session, print, exit code."""
