"""Labs about caching."""
