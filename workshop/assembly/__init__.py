"""Laid-out parts into documents, and documents into copies for people."""
