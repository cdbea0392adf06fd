"""Proofread composed documents and laid-out pages: faults, and words kept from their readers."""
