"""Labs about consistency."""
