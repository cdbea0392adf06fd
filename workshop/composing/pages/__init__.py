"""Turn composed HTML and CSS into render jobs, with every file they ask for."""
