"""Read the files the trainer wrote and validate them into values."""
