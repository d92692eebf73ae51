"""Lessons, labs and quizzes as conversations, written once over what asks and tells: `Surface`."""
