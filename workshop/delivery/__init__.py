"""Bring a finished kit to people: send each briefing by e-mail once, and print the packs."""
