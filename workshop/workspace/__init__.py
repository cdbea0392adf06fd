"""Find what lies in a workspace: its settings, its clients, the layers of its files."""
