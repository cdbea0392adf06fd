r"""Print what users wrote so that it cannot steer the terminal: the one place that prints.

Names of files and clients, texts and messages may hold characters that ring, move the cursor, hide
what stands before them or turn the line round (CVE-2021-42574 for the last). They are printed by
their numbers instead: `\x1b`, `\u202e`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import click

# Control characters (C0, DEL, C1), the soft turns of the line, line separators, embeddings and
# overrides, isolates, byte order mark and noncharacters, bytes that are no UTF-8, and the letters
# of tags, which nobody sees.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Styled:
    """Holds a text that is printed in a colour, in bold or dim."""

    text: str
    colour: str | None = None
    bold: bool = False
    dim: bool = False


def harmless(text: str, *, one_line: bool = False) -> str:
    """Return a text with harmful characters written as their numbers; `one_line` also line ends."""
    safe = _HARMFUL.sub(lambda match: _number(match[0]), text)
    return safe.replace("\n", r"\n").replace("\t", r"\t") if one_line else safe


def echo(*pieces: str | Styled, err: bool = False, nl: bool = True) -> None:
    """Print pieces as one text, to standard output or to standard error."""
    click.echo("".join(_show_piece(piece) for piece in pieces), err=err, nl=nl)


def echo_json(values: dict[str, Any]) -> None:
    """Print values as a line of JSON; harmful characters are escaped as JSON does."""
    line = json.dumps(values, ensure_ascii=False)
    click.echo(_HARMFUL.sub(lambda match: json.dumps(match[0])[1:-1], line))


def confirm(question: str) -> None:
    """Ask a question that is answered with yes or no; on no, end the command."""
    click.confirm(harmless(question), abort=True)


def ask(question: str, *, hide_input: bool = False, default: str | None = None) -> str:
    """Ask for a text until there is one, and return it; with a default, nothing will do too."""
    asked = harmless(question)
    return str(click.prompt(asked, default, hide_input=hide_input, show_default=False))


def _show_piece(piece: str | Styled) -> str:
    if isinstance(piece, str):
        return harmless(piece)
    bold, dim = piece.bold or None, piece.dim or None
    return click.style(harmless(piece.text), fg=piece.colour, bold=bold, dim=dim)


def _number(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
