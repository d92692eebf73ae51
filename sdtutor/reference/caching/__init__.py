"""Copies that answer faster, and go stale."""
