"""Floor 5: lab declarations, one module a concept, found by file name."""
