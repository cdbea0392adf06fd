"""Say what Markdown means here: one grammar for whatever reads a text and whatever prints it."""
