"""Describe the keys by which a client file sets its look, its papers and its options."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from workshop.content.yaml.files import FileModel

Edition = Literal["large-print", "fillable"]


class Colours(FileModel):
    """Sets the client's brand colour, from which all other colours are derived."""

    brand: str


class Fonts(FileModel):
    """Names the font families for running text and for headings."""

    text: str | None = None
    headings: str | None = None


class Documents(FileModel):
    """Says which documents to make: only some, or all but some; and in which editions as well."""

    only: list[str] = []
    exclude: list[str] = []
    editions: list[Edition] = []


class Options(FileModel):
    """Says which options the client takes besides the day."""

    follow_up: bool = Field(False, alias="follow-up")
    coaching: bool = False
    manager_briefings: bool = Field(True, alias="manager-briefings")
    segment_pages: bool = Field(False, alias="segment-pages")

    @property
    def taken(self) -> frozenset[str]:
        """The options the client takes, by the names that documents use."""
        words = {
            "follow-up": self.follow_up,
            "coaching": self.coaching,
            "manager-briefings": self.manager_briefings,
        }
        return frozenset(word for word, taken in words.items() if taken)
