"""Floor 5: lab declarations, one package a concept, found by folder name."""
