"""Decide the order in which the modules and breaks of a cohort’s day follow each other."""
