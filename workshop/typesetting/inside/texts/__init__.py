"""Read the texts of pages that WeasyPrint has laid out."""
