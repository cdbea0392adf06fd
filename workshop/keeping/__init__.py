"""Keep what was made before, by what it came from."""
