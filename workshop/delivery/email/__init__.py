"""Send managers what was made for them, each file once."""
