"""Write the headers of e-mails so that names, subjects and files are read as they are called.

The standard library folds them again from their parts, and then loses quotes and blanks
(python/cpython#121284, #92081, #144156).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.policy import SMTP
from email.utils import quote
from typing import Any
from urllib.parse import quote as percent_encoded

from workshop.composing.plain_letter import seen
from workshop.workspace.mailbox import Mailbox

_LINE = 76
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?: [\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_TOKEN = re.compile(r"[\w!#$&+.^`{}~-]+", re.ASCII)
# Blanks where a line can be broken: one alone, so that no reader who drops blanks drops any.
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")


class HeldHeader(BaseHeader):
    """Is a header that is written as it was set; `typed` is the value it was set to."""

    typed: Any

    def __new__(cls, name: str, value: Any) -> HeldHeader:
        """Parse a value as the standard library does, and keep it."""
        header: HeldHeader = super().__new__(cls, name, value)
        header.typed = value
        return header

    def fold(self, *, policy: Any) -> str:
        """Return the header as its lines in a message."""
        if hasattr(self, "addresses"):
            value = f",{policy.linesep} ".join(
                _mailbox(self.name, address, policy.linesep) for address in self.addresses
            )
        elif hasattr(self, "params"):
            kind = getattr(self, "content_type", None) or getattr(self, "content_disposition", None)
            value = f";{policy.linesep} ".join([kind or str(self), *_parameters(self.params)])
        else:
            value = _unstructured(self.name, str(self.typed), policy.linesep)
        return f"{self.name}: {value}{policy.linesep}"


# Everything is sent in ASCII, so that no server needs 8BITMIME (RFC 6152).
POLICY = SMTP.clone(cte_type="7bit", header_factory=HeaderRegistry(base_class=HeldHeader))


def _unstructured(name: str, text: str, line_end: str) -> str:
    # Blanks at the ends, or several together, are safe only in an encoded word (RFC 2047, 2).
    if text.isascii() and "=?" not in text and text == text.strip() and "  " not in text:
        return _break_lines(_BREAK.split(text), _LINE - len(name) - 2, line_end)
    return _encoded(name, text, line_end)


def _mailbox(header: str, mailbox: Address, line_end: str) -> str:
    name, address = mailbox.display_name, f"<{mailbox.addr_spec}>"
    if not name:
        return mailbox.addr_spec
    if not name.isascii() or "=?" in name:
        phrase = _encoded(header, name, line_end)
    else:
        written = name if _ATOMS.fullmatch(name) else f'"{quote(name)}"'
        phrase = _break_lines(_BREAK.split(written), _LINE - len(header) - 2, line_end)
    last = phrase.rpartition(line_end)[2]
    used = len(last) if line_end in phrase else len(last) + len(header) + 2
    return f"{phrase}{' ' if used + len(address) < _LINE else f'{line_end} '}{address}"


def _break_lines(words: Iterable[str], first_line: int, line_end: str) -> str:
    """Return words, joined by blanks, in lines that are short where the words are."""
    lines, room = [""], first_line
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = _LINE - 1
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return f"{line_end} ".join(lines)


def _encoded(name: str, text: str, line_end: str) -> str:
    """Return a text in encoded words (RFC 2047), which may stand in a name as well (5, rule 3)."""
    return Header(text, "utf-8", _LINE, name).encode(linesep=line_end)


def _parameters(parameters: Mapping[str, str]) -> list[str]:
    return [_parameter(name, value) for name, value in parameters.items()]


def _parameter(name: str, value: str) -> str:
    if not value.isascii():
        # In one piece, though the line gets long: fewer readers know names in several (RFC 2231).
        return f"{name}*=utf-8''{percent_encoded(value, safe='')}"
    return f"{name}={value}" if _TOKEN.fullmatch(value) else f'{name}="{quote(value)}"'


def address(mailbox: Mailbox) -> Address:
    """Return a mailbox for a header."""
    return Address(display_name=seen(mailbox.name), addr_spec=mailbox.address)


def attachment_name(words: str, ending: str) -> str:
    """Return words, in any script, as a file name that Windows, macOS and Linux allow."""
    spaced = "".join(char if seen(char) else " " for char in words)
    allowed = " ".join(re.sub(r'[\\/:*?"<>|]', " ", spaced).split()).strip(". ")
    # A name may have 255 bytes, and the ending must not be cut off.
    cut = allowed.encode()[:200].decode(errors="ignore").strip(". ")
    return f"{cut or 'file'}{ending}"


# Letters that are no others with a mark on them.
_SPELT = str.maketrans(
    {
        **dict(
            zip(
                "ÆæŒœßẞÞþŊŋ",
                ["Ae", "ae", "Oe", "oe", "ss", "SS", "Th", "th", "Ng", "ng"],
                strict=True,
            )
        ),
        **dict(zip("ØøŁłĐđÐðĦħıŦŧ‘’–—", "OoLlDdDdHhiTt''--", strict=True)),
    }
)


def in_ascii(words: str) -> str:
    """Return words in ASCII, without those that ASCII cannot spell: "Zoë 王" is "Zoe"."""
    spelt = (_in_ascii(word) for word in words.split())
    return " ".join(word for word in spelt if word).strip(" -")


def _in_ascii(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(_SPELT))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return letters if letters.isascii() else ""
