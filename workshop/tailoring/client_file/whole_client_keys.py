"""Tell of keys under a cohort that only the client as a whole may set."""

from __future__ import annotations

from collections.abc import Collection

from workshop.content.yaml.files import YamlSource
from workshop.diagnostics import Diagnostic, Report


def explain_client_keys(source: YamlSource, only_client: Collection[str], report: Report) -> None:
    """Say of unknown keys in a cohort, if they are `only_client` ones, where they belong."""
    cohorts = source.data.get("cohorts")
    entries = cohorts.items() if isinstance(cohorts, dict) else ()
    explained = {
        source.location("cohorts", slug, key, key=True): Diagnostic(
            "unknown-key",
            f"“{key}” is for the whole client: “{slug}” cannot have its own",
            source.location("cohorts", slug, key, key=True),
            "Write it beside the client’s `name`. For other people of theirs who need it "
            "otherwise, make a client of its own: `workshop new NAME --from CLIENT`.",
        )
        for slug, entry in entries
        if isinstance(entry, dict)
        for key in entry
        if key in only_client
    }
    report.diagnostics[:] = [
        explained.get(fault.location, fault)
        if fault.location and fault.code == "unknown-key"
        else fault
        for fault in report
    ]
