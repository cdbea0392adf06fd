"""The day before it is laid out: running order, minutes, groupings."""
