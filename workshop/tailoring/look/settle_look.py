"""Settle the look that a client's file asks for: the palette, the typefaces and the logo."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.content.yaml.files import YamlSource
from workshop.diagnostics import Location, Report, nearest
from workshop.keeping.memory import Memory
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.look.brand import DEFAULT_BRAND, Palette, palette
from workshop.tailoring.look.logo import check_logo
from workshop.tailoring.look.looks import USUAL_LOOK, PaperLook, read_look
from workshop.tailoring.look.typefaces import Typefaces, choose_typefaces
from workshop.workspace.overlay import Overlay


@dataclass(frozen=True)
class SettledLook:
    """Holds what a client's papers look like; None for what cannot be had as it is asked for."""

    palette: Palette | None
    typefaces: Typefaces
    look: PaperLook | None


def settle_look(
    client: ClientFile,
    source: YamlSource,
    house: tuple[str | None, Location],
    overlay: Overlay,
    report: Report,
    memory: Memory,
) -> SettledLook:
    """Return the look that a client's file asks for, or else the `house`; check the logo too."""
    colour = client.colours.brand if client.colours else DEFAULT_BRAND
    colours = palette(colour, report, source.location("colours", "brand"))
    name, place = house if client.look is None else (client.look, source.location("look"))
    look = read_look(overlay, USUAL_LOOK if name is None else name, place, report, memory)
    typefaces = _typefaces(client, source, overlay, look, report, memory)
    if client.logo is not None:
        _check_logo(client.logo, source, overlay, report)
    own = look and look.in_families(typefaces.text, typefaces.headings)
    return SettledLook(colours, typefaces, own)


def _typefaces(
    client: ClientFile,
    source: YamlSource,
    overlay: Overlay,
    look: PaperLook | None,
    report: Report,
    memory: Memory,
) -> Typefaces:
    """Return the families that the client names, or else its look."""
    folders = tuple(
        folder for layer in overlay.layers if (folder := layer.folder("assets") / "fonts").is_dir()
    )
    text, headings = (
        (client.fonts.text, source.location("fonts", "text")),
        (client.fonts.headings, source.location("fonts", "headings")),
    )
    if look and text[0] is None and look.text.family:
        text = look.text.family, look.places["text"]
    if look and headings[0] is None and look.headings.family:
        headings = look.headings.family, look.places["headings"]
    return choose_typefaces(text, headings, folders, report, memory)


def _check_logo(name: str, source: YamlSource, overlay: Overlay, report: Report) -> None:
    place = source.location("logo")
    file = overlay.find("assets", name)
    if file:
        check_logo(file.path, report, place)
    else:
        names = overlay.names("assets", "**/*")
        report.error(
            "no-logo",
            f"There is no file “{name}” in any assets folder",
            place,
            nearest(name, names) or f"Put it into clients/{overlay.layers[0].root.name}/assets/.",
        )
