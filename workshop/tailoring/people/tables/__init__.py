"""Read the table in which people lie, from a workbook or a text, with the places of its cells."""
