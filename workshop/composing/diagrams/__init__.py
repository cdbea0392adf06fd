"""Draw diagrams: text has no line breaks of its own in a drawing, so it is measured and broken."""
