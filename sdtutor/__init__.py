"""An interactive tutor for system design in the terminal."""

__version__ = "0.1.0"
