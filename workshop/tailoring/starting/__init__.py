"""Start workspaces and clients: from nothing, or from a client that is there."""
