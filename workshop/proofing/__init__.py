"""Find what is wrong with pages, and what they must not say to their readers."""
