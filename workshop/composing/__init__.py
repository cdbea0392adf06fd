"""Compose the jobs of a plan: the HTML and CSS of their parts, and what each copy says."""
