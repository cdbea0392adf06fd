"""Describe what the head of a module's file may say."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from workshop.content.yaml.files import Fault, FileModel
from workshop.content.yaml.visible_text import Words
from workshop.limits import MATERIAL_COUNT, MODULE_MINUTES, OUTCOMES


class MinutesFile(FileModel):
    """Says the fewest, the ideal and the most minutes that a module can run."""

    min: int = Field(ge=1, le=MODULE_MINUTES.most)
    ideal: int = Field(ge=1, le=MODULE_MINUTES.most)
    max: int = Field(ge=1, le=MODULE_MINUTES.most)

    @model_validator(mode="after")
    def _in_order(self) -> MinutesFile:
        if not self.min <= self.ideal <= self.max:
            raise Fault(
                "Minutes must rise from min over ideal to max",
                hint="Write {min: 20, ideal: 30, max: 45}; two or all of them may be equal.",
                at=("ideal" if self.min > self.ideal else "max",),
            )
        return self


class Material(FileModel):
    """Names material to have at hand: `count` for each person, pair, trio, group or room.

    Modules that call for the same material write the same `item`. A kit holds enough for all of
    them: the largest number if the material is `reusable`, the sum if it is used up or stays with
    people. `spare` comes on top. `printed` names the document that contains the material, which
    nobody needs where a kit has no such document; `True` stands for any document.
    """

    item: str = Field(min_length=1)
    part: str | None = Field(None, alias="for")
    each: Literal["person", "pair", "trio", "group", "room"]
    count: int = Field(ge=1, le=MATERIAL_COUNT.most)
    spare: int = Field(0, ge=0, le=MATERIAL_COUNT.most)
    reusable: bool = False
    printed: bool | str = False


class OutcomeOfPart(FileModel):
    """Says what participants leave with when one exercise of the module runs."""

    outcome: Words
    part: str = Field(alias="for")


class FrontMatter(FileModel):
    """Describes what the head of a module's file may say.

    `builds-on` names the modules and exercises whose results the module's texts take up.
    """

    title: Words
    summary: Words
    minutes: MinutesFile
    outcomes: list[Words | OutcomeOfPart] = Field(min_length=1, max_length=OUTCOMES.most)
    suits: list[str] = Field(min_length=1)
    materials: list[Material] = []
    after: str | None = None
    builds_on: list[str] = Field([], alias="builds-on")

    @property
    def outcome_texts(self) -> list[str]:
        """The sentences of all outcomes, whether or not their exercises run."""
        return [each.outcome if isinstance(each, OutcomeOfPart) else each for each in self.outcomes]
