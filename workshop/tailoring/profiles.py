"""Read `profiles/<name>.yaml`: how packs are put on sheets, on what stock, and how finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from workshop.content.yaml.files import Fault, FileModel, read_yaml, validate
from workshop.content.yaml.source import YamlSource
from workshop.diagnostics import Report, UsageError, nearest
from workshop.limits import (
    BLEED,
    NOTE_LENGTH,
    PAPER_THICKNESS,
    PROFILE_DOCUMENTS,
    PROFILE_FINISHING,
    PROFILE_NOTES,
    PROFILE_PARTS,
)
from workshop.tailoring.client_file.client import Name, Paper
from workshop.workspace.overlay import Overlay

SheetName = Literal["A5", "A4", "A3", "SRA3", "Half-Letter", "Letter", "Legal", "Tabloid"]
# Names that PDF gives a meaning of its own, or that printers take for inks of theirs: ISO 32000-1,
# 8.6.6.4. What is printed in “None” is printed nowhere.
_NO_INKS = frozenset(("all", "none", "cyan", "magenta", "yellow", "black"))


def _ink(name: str) -> str:
    if name.strip().casefold() in _NO_INKS:
        hint = "Write what the print shop calls the brand’s ink, such as `PANTONE 186 C`."
        raise Fault(f"“{name}” is no ink of its own", hint)
    return name


Finishing = Literal["staple", "saddle-stitch", "fold", "punch", "trim", "cut"]


class ProfileFile(FileModel):
    """Describes what a profile may say. `bleed` and `paper-thickness` are in mm.

    `for` says whether there is one run for each person or one for the room. `documents` are the
    documents to print; without it, the client's. `parts` are the only parts of them to print, or
    `leave-out` the parts not to print. `sheet` is the sheet size for each paper; without it, sheets
    are as large as the pages. `spot` names the ink of the brand's colour.
    """

    title: Name
    made_for: Literal["person", "room"] = Field("person", alias="for")
    documents: list[str] = Field([], max_length=PROFILE_DOCUMENTS.most)
    parts: list[str] = Field([], max_length=PROFILE_PARTS.most)
    leave_out: list[str] = Field([], max_length=PROFILE_PARTS.most, alias="leave-out")
    layout: Literal["pages", "two-up", "booklet"] = "pages"
    sheet: dict[Paper, SheetName] = {}
    sides: Literal["duplex", "simplex"] = "duplex"
    bleed: float = Field(0, ge=0, le=BLEED.most)
    crop_marks: bool = Field(False, alias="crop-marks")
    paper_thickness: float = Field(0, ge=0, le=PAPER_THICKNESS.most, alias="paper-thickness")
    stock: Name = "80 g/m², white"
    finishing: list[Finishing] = Field([], max_length=PROFILE_FINISHING.most)
    colour: Literal["as-is", "black-and-white"] = "as-is"
    spot: Annotated[Name, AfterValidator(_ink)] | None = None
    notes: list[Annotated[str, Field(min_length=1, max_length=NOTE_LENGTH.most)]] = Field(
        [], max_length=PROFILE_NOTES.most
    )

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.layout != "pages" and not self.sheet:
            raise Fault(
                f"With `layout: {self.layout}`, nothing says how large the sheets are",
                hint="Write `sheet: {A4: A3, Letter: Tabloid}`.",
                at=("sheet" if "sheet" in self.model_fields_set else "layout",),
            )
        if self.layout == "booklet" and self.sides == "simplex":
            hint = "Take `sides: simplex` out."
            raise Fault("A booklet is printed on both sides", hint, at=("sides",))
        if self.layout != "pages" and (self.bleed or self.crop_marks):
            at, hint = ("bleed" if self.bleed else "crop-marks",), "Take them out."
            raise Fault("Bleed and crop marks are for `layout: pages`", hint, at)
        if self.spot and self.colour == "black-and-white":
            hint = "Take `spot` or `colour` out."
            raise Fault("A run in black has no spot colour", hint, at=("spot",))
        if self.made_for == "room" and not self.documents:
            at = ("documents" if "documents" in self.model_fields_set else "for",)
            hint = "Write `documents: […]`."
            raise Fault("Nothing says which documents the room gets", hint, at)
        return self


@dataclass(frozen=True)
class Profile:
    """Holds a way to print under its name; `layer` says who owns its file, the `source`."""

    name: str
    file: ProfileFile
    layer: str
    source: YamlSource

    @property
    def duplex(self) -> bool:
        """Tell whether sheets are printed on both sides."""
        return self.file.sides == "duplex"


def profile_names(overlay: Overlay) -> list[str]:
    """Return the names of all profiles."""
    return [name.removesuffix(".yaml") for name in overlay.names("profiles", "*.yaml")]


def read_profile(overlay: Overlay, name: str) -> Profile:
    """Read a profile by its name.

    Raises `UsageError` with the nearest name if there is none, `ContentError` for faults in it.
    """
    layer_file = overlay.find("profiles", f"{name}.yaml")
    if layer_file is None:
        message = f"There is no profile “{name}”"
        raise UsageError.single(
            "unknown-profile", message, hint=nearest(name, profile_names(overlay))
        )
    report = Report()
    source = read_yaml(layer_file.path, report)
    file = validate(source, ProfileFile, report) if source else None
    report.stop_on_errors()
    if source is None or file is None:
        raise AssertionError("a profile that cannot be read must be a fault")
    return Profile(name, file, layer_file.layer.name, source)
