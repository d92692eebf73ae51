"""The picture of a drawing: layers, bundled lines, boxes; and the same in words."""
