"""Write values as pydyf writes them into a PDF."""

from __future__ import annotations

from typing import Any

import pydyf


def as_written(value: Any) -> bytes:
    """Return a number, a name, a dictionary or a step of a content stream as bytes."""
    data: bytes = pydyf._to_bytes(value)
    return data
