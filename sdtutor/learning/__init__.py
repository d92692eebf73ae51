"""Floor 5: grading, mastery and spaced repetition. Pure: time comes in as an argument."""
