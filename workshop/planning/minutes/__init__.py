"""Give a day's modules their minutes, or say what would let the day add up."""
