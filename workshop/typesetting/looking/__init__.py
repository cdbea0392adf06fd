"""Look at pictures and drawings before they are printed."""
