"""Report modules that are to take fewer or more minutes than their own files allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workshop.content.module import Module
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Report
from workshop.tailoring.cohort import Cohort


def check_minutes(cohorts: Iterable[Cohort], modules: Mapping[str, Module], report: Report) -> None:
    """Report minutes outside of a module's range, once where they are set for several cohorts."""
    asked = {
        entry.location: (modules[name], entry.minutes)
        for cohort in cohorts
        for name, entry in cohort.minutes.items()
        if name in modules
    }
    for place, (module, minutes) in asked.items():
        least, most = module.minutes.minimum, module.minutes.maximum
        if least <= minutes <= most:
            continue
        can = "the least" if minutes < least else "the most"
        line = in_one_line(module.name) + f": {least if minutes < least else most}"
        which = f"takes {least} minutes" if least == most else f"takes {least} to {most} minutes"
        report.error(
            "minutes-outside",
            f"“{module.front.title}” {which}, and is to take {minutes}",
            place,
            f"Write `{line}`, {can} that it can take.",
        )
