"""Sharding as most introductions show it."""
