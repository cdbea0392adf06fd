"""Settle how a client's papers look: its colours, its typefaces, its logo."""
