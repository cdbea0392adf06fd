"""Settle the look that a client's file asks for: the palette, the typefaces and the logo."""

from __future__ import annotations

from workshop.content.yaml.files import YamlSource
from workshop.diagnostics import Report, nearest
from workshop.keeping.memory import Memory
from workshop.tailoring.client_file.client import ClientFile
from workshop.tailoring.look.brand import DEFAULT_BRAND, Palette, palette
from workshop.tailoring.look.logo import check_logo
from workshop.tailoring.look.typefaces import Typefaces, choose_typefaces
from workshop.workspace.overlay import Overlay


def settle_look(
    client: ClientFile, source: YamlSource, overlay: Overlay, report: Report, memory: Memory
) -> tuple[Palette | None, Typefaces]:
    """Return the palette, None for a malformed colour, and the typefaces; check the logo too."""
    colour = client.colours.brand if client.colours else DEFAULT_BRAND
    colours = palette(colour, report, source.location("colours", "brand"))
    typefaces = _typefaces(client, source, overlay, report, memory)
    if client.logo is not None:
        _check_logo(client.logo, source, overlay, report)
    return colours, typefaces


def _typefaces(
    client: ClientFile, source: YamlSource, overlay: Overlay, report: Report, memory: Memory
) -> Typefaces:
    own = tuple(
        folder for layer in overlay.layers if (folder := layer.folder("assets") / "fonts").is_dir()
    )
    fonts, place = client.fonts, source.location
    return choose_typefaces(
        (fonts.text, place("fonts", "text")),
        (fonts.headings, place("fonts", "headings")),
        own,
        report,
        memory,
    )


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
