"""Floor 4: a deterministic world in which ordinary asyncio code runs, event by event."""
