"""Turn a finished kit into what a printer takes: packs, imposed sheets and a job ticket."""
