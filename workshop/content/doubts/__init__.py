"""Report what in a text would be printed as typed, run together, changed or left out."""
