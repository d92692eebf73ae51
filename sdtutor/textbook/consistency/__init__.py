"""Replication as most introductions show it."""
