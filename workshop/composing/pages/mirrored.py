"""Turn a style sheet round for pages that are read from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Written before a rule: what belongs to a side of the paper stays there.
STAYS = "/* stays */"
_OPAQUE = re.compile(
    r"""/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^"')]*\)""", re.DOTALL
)
_PIECE = re.compile(r"[^{};]*[{};]|[^{};]+\Z")
_DECLARATION = re.compile(r"(\s*)([\w-]+)(\s*:\s*)(.*?)(\s*[;}]|\s*)\Z", re.DOTALL)
_SIDED_NAME = re.compile(r"(?:(?:margin|padding|border)-)?(?:left|right)|border-(?:left|right)-\w+")
_SIDED_VALUE = re.compile(r"text-align|float|clear")
_FOUR_SIDES = re.compile(r"margin|padding|inset|border-(?:width|style|color)")
_SIDE = re.compile(r"\b(?:left|right)\b")
_VALUE = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
_OTHER = {"left": "right", "right": "left"}


def mirrored(css: str) -> str:
    """Return the style sheet with left and right changed for each other.

    Margins of pages stay: those of left and right pages are where the binding is. So do rules that
    have the comment `STAYS` before them.
    """
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match[0])
        return f"\x00{len(hidden) - 1}\x00"

    turned = "".join(_turned(_OPAQUE.sub(hide, css), hidden))
    return re.sub(r"\x00(\d+)\x00", lambda match: hidden[int(match[1])], turned)


def _turned(css: str, hidden: list[str]) -> Iterator[str]:
    """Yield the pieces of a style sheet, up to a brace or a semicolon, with declarations turned."""
    open_blocks: list[str] = []
    for piece in _PIECE.findall(css):
        block = open_blocks[-1] if open_blocks else ""
        if piece.endswith("{"):
            open_blocks.append(piece)
            yield piece
            continue
        stays = any(hidden[int(number)] == STAYS for number in re.findall(r"\x00(\d+)\x00", block))
        of_page = "@page" in block
        yield piece if stays or not block or of_page else _turn(piece)
        if piece.endswith("}") and open_blocks:
            open_blocks.pop()


def _turn(piece: str) -> str:
    declaration = _DECLARATION.fullmatch(piece)
    if not declaration:
        return piece
    space, name, colon, value, end = declaration.groups()
    if _SIDED_NAME.fullmatch(name):
        name = _SIDE.sub(lambda side: _OTHER[side[0]], name)
    elif _SIDED_VALUE.fullmatch(name):
        value = _SIDE.sub(lambda side: _OTHER[side[0]], value)
    elif _FOUR_SIDES.fullmatch(name) and len(sides := _VALUE.findall(value)) == 4:
        value = " ".join((sides[0], sides[3], sides[2], sides[1]))
    return f"{space}{name}{colon}{value}{end}"
