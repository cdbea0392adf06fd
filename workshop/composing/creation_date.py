"""Read the date that PDFs are to carry from the environment."""

from __future__ import annotations

import datetime
import os

from workshop.diagnostics import EnvironmentFault


def created() -> str | None:
    """Return the date to write into the PDFs: none, unless SOURCE_DATE_EPOCH says one.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        created = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise EnvironmentFault.single(
            "source-date-epoch",
            f"SOURCE_DATE_EPOCH is “{epoch}”, which is no time in seconds since 1970",
        ) from error
    return created.strftime("%Y-%m-%dT%H:%M:%SZ")
