"""A plan into files: laid out in worker processes, written aside, then put in place at once."""
