"""Floor 5: progress on disk."""
