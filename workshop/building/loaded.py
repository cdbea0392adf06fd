"""All that a process lays out, links and stamps with, loaded; imported for nothing else."""

from __future__ import annotations

from contextlib import suppress

import workshop.assembly.link
import workshop.assembly.stamp  # noqa: F401
from workshop.diagnostics import EnvironmentFault
from workshop.typesetting.typeset import load_weasyprint

# What is missing is told when it is used.
with suppress(EnvironmentFault):
    load_weasyprint()
