"""A render job into a PDF. The only package that imports WeasyPrint."""
