"""Send packs to a printer, and follow what becomes of them."""
