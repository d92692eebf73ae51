"""Work that is handed over, and how often it happens."""
