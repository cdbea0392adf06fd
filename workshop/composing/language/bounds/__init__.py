"""Limit what texts and templates may ask for: how many steps, how much text, how deep, of what."""
