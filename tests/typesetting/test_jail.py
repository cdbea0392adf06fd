"""Whatever asks for a file, HTML, CSS or SVG: nothing outside the jail reaches the PDF."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.typesetting.conftest import SECRET, Table, forbidden, open_pdf, text_of_pdf

# Every way a page can ask for a file, with "URL" for the address.
WAYS = {
    "img": ("<img src='URL' alt='x'>", "", ""),
    "object": ("<object data='URL'></object>", "", ""),
    "embed": ("<embed src='URL'>", "", ""),
    "link": ("x", "", "<link rel=stylesheet href='URL'>"),
    "attachment": ("x", "", "<link rel=attachment href='URL'>"),
    "attached link": ("<a rel=attachment href='URL'>x</a>", "", ""),
    "css url": ("<p>x</p>", "p { background: url('URL') }", ""),
    "content": ("<p>x</p>", "p::before { content: url('URL') }", ""),
    "list style": ("<ul><li>x</ul>", "li { list-style: url('URL') }", ""),
    "margin box": ("x", "@page { @top-left { content: url('URL') } }", ""),
    "import": ("x", "@import 'URL';", ""),
    "font-face": ("<p>x</p>", "@font-face { font-family: F; src: url('URL') }", ""),
    "style attribute": ("<p style=\"background: url('URL')\">x</p>", "", ""),
    "style element": ("<p>x</p>", "", "<style>@import 'URL';</style>"),
    "inline svg": (
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        "<image href='URL' width='9' height='9'/></svg>",
        "",
        "",
    ),
    "base": ("<img src='secret.svg' alt='x'>", "", "<base href='URL'>"),
}


@pytest.mark.parametrize("way", [way for way in WAYS if way != "base"])
@pytest.mark.parametrize(
    "attempt",
    ["an absolute path", "two dots", "percent-encoded dots", "a symbolic link", "http"],
)
@pytest.mark.slow
def test_no_way_of_asking_gets_out_and_the_address_is_named(
    table: Table, way: str, attempt: str
) -> None:
    address = forbidden(table)[attempt]
    part = table.lay_out(*(piece.replace("URL", address) for piece in WAYS[way]))
    assert SECRET not in text_of_pdf(part.pdf)
    assert "/EmbeddedFiles" not in open_pdf(part.pdf).Root.get("/Names", {})
    named = [fault for fault in part.diagnostics if fault.code == "not-loaded"]
    # A browser's dots are resolved before anything is fetched.
    asked = address.replace("assets/../", "").replace("assets/%2e%2e/", "")
    assert any(address in fault.message or asked in fault.message for fault in named)


def test_a_base_does_not_move_the_walls(table: Table) -> None:
    head = WAYS["base"][2].replace("URL", table.outside.as_uri() + "/")
    part = table.lay_out(WAYS["base"][0], "", head)
    assert SECRET not in text_of_pdf(part.pdf)
    assert f"{table.outside.as_uri()}/secret.svg" in part.diagnostics[0].message


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="90" height="20">{}</svg>'
)
DRAWINGS = {
    "href": SVG.format('<image href="URL" width="90" height="20"/>'),
    "xlink": SVG.format('<image xlink:href="URL" width="90" height="20"/>'),
    "use": SVG.format('<use href="URL#x"/>'),
    "import": SVG.format("<style>@import 'URL';</style><text y='9'>x</text>"),
    "font-face": SVG.format(
        "<style>@font-face { font-family: F; src: url('URL') }</style><text y='9'>x</text>"
    ),
    "entity": '<!DOCTYPE svg [<!ENTITY e SYSTEM "URL">]>' + SVG.format("<text y='9'>&e;</text>"),
    "parameter entity": '<!DOCTYPE svg [<!ENTITY % e SYSTEM "URL"> %e;]>'
    + SVG.format("<text y='9'>x</text>"),
    "doctype": '<!DOCTYPE svg SYSTEM "URL">' + SVG.format("<text y='9'>x</text>"),
    "style sheet": '<?xml-stylesheet href="URL"?>' + SVG.format("<text y='9'>x</text>"),
    "include": SVG.format(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="URL" parse="text"/>'
    ),
}


@pytest.mark.parametrize("way", DRAWINGS)
@pytest.mark.parametrize("attempt", ["an absolute path", "two dots", "a symbolic link"])
def test_a_drawing_cannot_bring_in_a_file(table: Table, way: str, attempt: str) -> None:
    address = forbidden(table)[attempt]
    (table.assets / "logo.svg").write_text(DRAWINGS[way].replace("URL", address))
    part = table.lay_out(f"<img src='{(table.assets / 'logo.svg').as_uri()}' alt='Logo'>")
    assert SECRET not in text_of_pdf(part.pdf)
    messages = " ".join(fault.message for fault in part.diagnostics)
    if way in ("href", "xlink", "font-face"):
        assert address in messages
    elif way == "import":
        assert "logo.svg could not be read" in messages
    elif way == "entity":
        assert "it declares XML entities" in messages


def test_entities_do_not_grow_without_end(table: Table) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "ha">{entities}]>' + SVG.format("<text>&e9;</text>")
    (table.assets / "logo.svg").write_text(bomb)
    [line] = table.complaints(f"<img src='{(table.assets / 'logo.svg').as_uri()}' alt='Logo'>")
    assert "assets/logo.svg: error: This picture cannot be drawn: it declares XML" in line


def test_no_picture_is_read_again_from_the_disk(table: Table) -> None:
    from PIL import Image

    picture = table.assets / "photo.jpg"
    Image.new("RGB", (4, 4), "white").save(picture)
    # To the file system the address below leads through this folder and out again.
    (table.assets / "photo.jpg#").mkdir()
    (table.outside / "secret.txt").write_text(SECRET)
    address = f"{picture.as_uri()}#/../../outside/secret.txt"
    part = table.lay_out(f"<img src='{address}' alt='x'>")
    assert SECRET.encode() not in part.pdf
    assert not part.diagnostics


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A web server's address, and the paths it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", paths
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_page_asks_nothing_of_the_network(
    table: Table, asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, paths = asked
    opened: list[object] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, to: tuple[str, int]) -> None:
        opened.append(to)
        connect(self, to)

    monkeypatch.setattr(socket.socket, "connect", noted)
    body, css, head = (
        "".join(
            parts[n].replace("URL", f"{address}/{way.replace(' ', '-')}")
            for way, parts in WAYS.items()
            if way not in ("base", "import")
        )
        for n in range(3)
    )
    imports = f"@import '{address}/import';"
    for way, drawing in DRAWINGS.items():
        name = way.replace(" ", "-")
        (table.assets / f"{name}.svg").write_text(drawing.replace("URL", f"{address}/{name}"))
        body += f"<img src='{(table.assets / f'{name}.svg').as_uri()}' alt='x'>"
    part = table.lay_out(body, imports + css, head)
    assert not opened
    assert not paths
    named = " ".join(fault.message for fault in part.diagnostics)
    for way in WAYS:
        assert f"{address}/{way.replace(' ', '-')}" in named or way == "base"
