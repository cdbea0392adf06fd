"""Tell what a new client's file still asks for: values such as `<the client’s name>`."""

from __future__ import annotations

import re

from workshop.content.yaml.source import YamlSource
from workshop.diagnostics import Report

CLIENT_NAME = "<the client’s name>"
_ASKED_FOR = re.compile(r"<([^<>]*[^\W\d_][^<>]*)>")


def report_placeholders(source: YamlSource, report: Report) -> None:
    """Report each value that is a placeholder: it would be printed as it stands."""
    for place in source.places.values():
        if asked := _ASKED_FOR.fullmatch(place.written.strip()):
            message = f"Here is still to be filled in: {asked[1].strip()}"
            hint = f"Write it in place of {asked[0]}, as it is to be printed."
            report.error("to-fill-in", message, place.value, hint)
