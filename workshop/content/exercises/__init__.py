"""Read exercises and minutes out of blocks."""
