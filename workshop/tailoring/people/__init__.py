"""Read the people of a cohort from the table that a trainer has of them."""
