"""End layouts that fail or take too much, and say so."""
