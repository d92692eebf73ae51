"""The fixtures of the command tests, from where they can also be imported by name."""

from calling import call, content, learner

__all__ = ["call", "content", "learner"]
