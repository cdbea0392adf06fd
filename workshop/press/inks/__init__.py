"""Print the pages of a kit in other inks: in black alone, or with one of the brand's own."""
