"""What the trainer wrote, read and validated into values."""
