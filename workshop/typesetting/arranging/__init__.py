"""Put what is read and written where a page has room: seen at once, filled, without lone words."""
