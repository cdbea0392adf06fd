"""Fit the library to one client: its brand, its logo, its people."""
