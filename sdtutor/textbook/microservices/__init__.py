"""Sagas as most introductions show them."""
