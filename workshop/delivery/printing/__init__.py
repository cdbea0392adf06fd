"""Send packs to a printer, and watch how each job ends."""
