"""Plan the days of a client before their papers are laid out: minutes, groupings, jobs."""
