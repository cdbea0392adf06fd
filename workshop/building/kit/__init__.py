"""Put a kit in place as a whole, and read a finished one, its files checked."""
