"""Data to text pictures: pure functions that return lines of spans, never a terminal code."""
