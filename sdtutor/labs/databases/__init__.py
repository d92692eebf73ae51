"""Labs about databases."""
