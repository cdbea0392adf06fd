"""Keep all that relies on the insides of WeasyPrint 70 and pydyf in one package."""

# Points in a CSS pixel, which WeasyPrint measures in.
POINTS = 0.75
