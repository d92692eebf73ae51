"""Labs about messages."""
