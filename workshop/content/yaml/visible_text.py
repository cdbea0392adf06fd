"""Refuse a text of which nothing can be seen in print, such as blanks and hidden marks alone."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from workshop.content.yaml.error_wording import Fault

__all__ = ["Visible", "Words"]


def _visible(text: str) -> str:
    if text and not any(unicodedata.category(char)[0] in "LNPS" for char in text):
        raise Fault("Nothing of this can be seen in print", hint="Write it in letters.")
    return text


Visible = Annotated[str, AfterValidator(_visible)]
Words = Annotated[Visible, Field(min_length=1)]
