"""Tell what ink pages need, and print them in other inks."""
