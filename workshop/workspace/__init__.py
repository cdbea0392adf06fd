"""Find the files of a workspace: its settings, its clients, the layers its files come from."""
