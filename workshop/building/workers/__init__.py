"""Hand work to other processes, on this machine or on a cluster."""
