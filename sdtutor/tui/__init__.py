"""Floor 7: the full screen. Draws frozen views, sends intents."""
