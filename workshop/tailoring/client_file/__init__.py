"""Read a client's file: its settings, the keys that set a day, and the warnings it accepts."""
