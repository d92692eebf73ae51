"""Caches as most introductions show them."""
