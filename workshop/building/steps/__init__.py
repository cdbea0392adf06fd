"""Make a kit’s files step by step: laid out, linked, stamped."""
