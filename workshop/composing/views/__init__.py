"""Show templates the day and its people: only what the audience may read."""
