"""Make files of a plan: lay out in worker processes, write aside, put in place at once."""
