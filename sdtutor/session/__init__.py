"""Floor 6: use cases. Joins content, engine, labs, learning and store; returns frozen views."""
