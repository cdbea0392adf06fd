"""Tell of keys under a cohort that belong to the whole client, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from workshop.content.yaml.files import YamlSource
from workshop.content.yaml.what_to_type import in_one_line
from workshop.diagnostics import Diagnostic, Location, Report

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = (
    "Write it beside the client’s `name`. For other people of theirs who need it "
    "otherwise, make a client of its own: `workshop new NAME --from CLIENT`."
)
# A folder's name that a delivery may have until its trainer gives it another.
_ANY_NAME = "first-delivery"


def explain_client_keys(source: YamlSource, only_client: Collection[str], report: Report) -> None:
    """Say of unknown keys in a cohort, if they are `only_client` ones, where they belong."""
    cohorts = source.data.get("cohorts")
    entries = cohorts.items() if isinstance(cohorts, dict) else ()
    explained = {
        source.location("cohorts", slug, key, key=True): Diagnostic(
            "unknown-key",
            f"“{key}” is for the whole client: “{slug}” cannot have its own",
            source.location("cohorts", slug, key, key=True),
            _where_for_client(slug, key),
        )
        for slug, entry in entries
        if isinstance(entry, dict)
        for key in entry
        if key in only_client
    }
    _replace(explained, report)


def _where_for_client(slug: str, key: str) -> str:
    if key == "name":
        return f"A delivery goes by its key, “{slug}”: take its `name` out."
    if key == "cohorts":
        return f"Deliveries stand one below the other: set its entries in as far as “{slug}”."
    return _WHOLE


def explain_cohort_keys(source: YamlSource, only_cohorts: Collection[str], report: Report) -> None:
    """Say of unknown keys of the client, if they are `only_cohorts` ones, where they belong."""
    keys = [key for key in source.data if key in only_cohorts]
    explained = {}
    for key in keys:
        place = source.location(key, key=True)
        message = f"“{key}” is for a single delivery: it belongs under one in `cohorts`"
        hint = _where_for_cohort(source, key, keys)
        explained[place] = Diagnostic("unknown-key", message, place, hint)
    _replace(explained, report)


def _where_for_cohort(source: YamlSource, key: str, keys: Sequence[str]) -> str:
    """Return what to type for a cohort, with the line of the first that has no such key."""
    cohorts = source.data.get("cohorts")
    if not isinstance(cohorts, dict) or not cohorts:
        return _new_cohort(source, key, keys)
    without = [
        slug for slug, entry in cohorts.items() if not isinstance(entry, dict) or key not in entry
    ]
    if not without:
        return "Each delivery has its own: take this one out."
    line = source.location("cohorts", without[0], key=True).line
    which = f"“{without[0]}”, which begins in line {line}"
    which += ", or under another one" if len(without) > 1 else ""
    return f"Write {_line(source, key)} under {which}."


def _new_cohort(source: YamlSource, key: str, keys: Sequence[str]) -> str:
    """Return the line that makes a delivery of all `keys`, at the first that has a value."""
    with_value = [other for other in keys if source.data[other] is not None]
    if key not in with_value:
        return f"Write {_line(source, key)} under a delivery in `cohorts`."
    if key != with_value[0]:
        return f"It is in the line that is proposed for “{with_value[0]}”."
    entry = ", ".join(f"{other}: {_typed(source.data[other])}" for other in with_value)
    here = "Write" if "cohorts" not in source.data else "In the place of `cohorts` write"
    return f"{here} `cohorts: {{{_ANY_NAME}: {{{entry}}}}}`, with your name for the delivery."


def _line(source: YamlSource, key: str) -> str:
    value = source.data[key]
    return f"`{key}`, with its value," if value is None else f"`{key}: {_typed(value)}`"


def _typed(value: object) -> str:
    """Return a value as it is typed; nobody puts a date in quotation marks."""
    return value if isinstance(value, str) and _DATE.fullmatch(value) else in_one_line(value)


def _replace(explained: Mapping[Location, Diagnostic], report: Report) -> None:
    """Put explanations in the place of the unknown keys that they are about."""
    report.diagnostics[:] = [
        explained.get(fault.location, fault)
        if fault.location and fault.code == "unknown-key"
        else fault
        for fault in report
    ]
