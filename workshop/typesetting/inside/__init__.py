"""What is known of how WeasyPrint 70 and pydyf work inside: in this package, and nowhere else."""

# CSS pixels, in which WeasyPrint measures, to points.
POINTS = 0.75
