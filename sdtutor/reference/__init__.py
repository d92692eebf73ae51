"""Floor 4: the implementations one would ship.

One module a concept, written to be read.
"""
