"""Checks over histories: whether what the callers saw can be true, and which operations show that not."""
