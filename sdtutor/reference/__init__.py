"""Floor 4: the implementations one would ship, one module a concept. Written to be read."""
