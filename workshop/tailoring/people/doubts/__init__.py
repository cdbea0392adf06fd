"""Ask about what in a table of people may be nobody, or other than it looks."""
