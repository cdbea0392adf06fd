"""Read YAML into data that knows its place, and say plainly what is wrong with it."""
