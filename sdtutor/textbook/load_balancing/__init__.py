"""Balancers as most introductions show them."""
