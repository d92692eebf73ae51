"""Floor 4: lessons and questions: loading, validating, and code includes as text."""
