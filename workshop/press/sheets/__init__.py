"""Place pages on sheets of paper."""
