"""Place pages on sheets of paper, and save them for a printer."""
