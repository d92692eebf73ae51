"""Work that crosses services."""
