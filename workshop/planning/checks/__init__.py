"""Find what in a day or a kit would not come out as its texts and files say."""
