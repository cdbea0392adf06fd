"""A finished kit into what a printer takes: packs collated, pages imposed, a job ticket."""
