"""Read how a document was broken into pages, and lay single pages of it out again."""
