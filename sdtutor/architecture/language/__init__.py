"""The language of the whiteboard: text to a drawing and back to Mermaid."""
