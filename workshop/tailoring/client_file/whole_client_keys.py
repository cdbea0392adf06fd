"""Tell of keys under a cohort that belong to the whole client, and the other way round."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workshop.content.yaml.files import YamlSource
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Diagnostic, Location, Report


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
    _replace(explained, report)


def explain_cohort_keys(source: YamlSource, only_cohorts: Collection[str], report: Report) -> None:
    """Say of unknown keys of the client, if they are `only_cohorts` ones, where they belong."""
    explained = {}
    for key in source.data:
        if key in only_cohorts:
            place = source.location(key, key=True)
            message = f"“{key}” is for a single delivery: it belongs under one in `cohorts`"
            hint = _line_for_cohort(source, key)
            explained[place] = Diagnostic("unknown-key", message, place, hint)
    _replace(explained, report)


def _line_for_cohort(source: YamlSource, key: str) -> str:
    """Return the line to type for a cohort, with the line in which the first cohort stands."""
    value = in_one_line(source.data[key])
    if (key,) in source.places and source.places[(key,)].written:
        value = source.places[(key,)].written
    cohorts = source.data.get("cohorts")
    if not isinstance(cohorts, dict) or not cohorts:
        return f"Write `cohorts: {{NAME: {{{key}: {value}}}}}`, with a name for the delivery."
    first = next(iter(cohorts))
    line = source.location("cohorts", first, key=True).line
    which = f"“{first}”, which begins in line {line}"
    which += ", or under another one" if len(cohorts) > 1 else ""
    return f"Write `{key}: {value}` under {which}."


def _replace(explained: Mapping[Location, Diagnostic], report: Report) -> None:
    """Put explanations in the place of the unknown keys that they are about."""
    report.diagnostics[:] = [
        explained.get(fault.location, fault)
        if fault.location and fault.code == "unknown-key"
        else fault
        for fault in report
    ]
