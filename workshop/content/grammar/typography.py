"""Turn straight quotation marks, double hyphens and three dots into typographic ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from workshop.content.grammar.bare_addresses import literal_end, literals_in

_SIGN = re.compile(r"['\"]|--|\.\.\.")
_OPENS_AFTER = frozenset(" \n\t\xa0([{<“‘-–—/=|«‹¿¡\ue010")
_NEVER_OPENS = frozenset(" \n\t\xa0.,;:!?)]}>”’")
_DECADE = re.compile(r"\d\ds?\b")
# Between two of these letters the mark is a gershayim, as in the title of a doctor.
_HEBREW = re.compile("[א-ת]")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
# An option such as `--help` stays as it is, and so do arrows and rows of hyphens.
_EM_DASH = re.compile(r"(?<![-<!])---(?![->])")
_EN_DASH = re.compile(r"(?<![-<!])--(?![->])(?<!\s--(?=\w))(?<!^--(?=\w))")
# Stands in the line for code and pictures: it is neither a space nor an opening bracket.
_THING = "x"


def typeset_signs(state: StateCore) -> None:
    """Replace the signs in all texts but code and addresses (a rule of markdown-it)."""
    for block in state.tokens:
        if block.type == "inline" and block.children and _SIGN.search(block.content):
            texts = [token for token in block.children if token.type == "text"]
            _curl_quotes(block.children)
            for token in texts:
                token.content = _with_dashes(token.content)


def typographic(text: str) -> str:
    """Return a value that is printed beside texts, such as a name, with signs as in these.

    Addresses in it stay as they are typed, as they do in texts.
    """
    if not _SIGN.search(text):
        return text
    line = list(text)
    addresses = [slice(match.start(), literal_end(match)) for match in literals_in(text)]
    for address in addresses:
        line[address] = _THING * (address.stop - address.start)
    _curl_line(line)
    printed, start = "", 0
    for address in addresses:
        printed += _with_dashes("".join(line[start : address.start])) + text[address]
        start = address.stop
    return printed + _with_dashes("".join(line[start:]))


def _with_dashes(text: str) -> str:
    text = _EM_DASH.sub("—", text)
    text = _EN_DASH.sub("–", text)
    return _ELLIPSIS.sub("…", text)


def _curl_quotes(tokens: Sequence[Token]) -> None:
    """Turn each quotation mark to the side that the signs around it say, tags left aside."""
    line: list[str] = []
    places: list[tuple[Token, int]] = []
    for token in tokens:
        if token.type == "text":
            places.append((token, len(line)))
            line += token.content
        elif token.type in ("softbreak", "hardbreak"):
            line.append("\n")
        elif token.type in ("code_inline", "image", "address", "footnote_ref"):
            line.append(_THING)
    _curl_line(line)
    for token, start in places:
        token.content = "".join(line[start : start + len(token.content)])


def _curl_line(line: list[str]) -> None:
    """Turn the marks among a line's signs; what is no sign stands there as `_THING`."""
    # The last place where a single mark could end words: one behind it begins none.
    ends = [
        index
        for index, sign in enumerate(line)
        if sign == "'"
        and index
        and line[index - 1] not in _OPENS_AFTER
        and not "".join(line[index + 1 : index + 2]).isalnum()
    ]
    last = ends[-1] if ends else -1
    for index, sign in enumerate(line):
        before, after = "".join(line[index - 1 : index]), line[index + 1 : index + 5]
        if sign == "'":
            line[index] = "‘" if index < last and _opens(before, after) else "’"
            if _DECADE.match("".join(after)):
                line[index] = "’"
        elif sign == '"' and not (_HEBREW.match(before) and _HEBREW.match("".join(after))):
            line[index] = "“" if _opens(before, after) else "”"


def _opens(before: str, after: Sequence[str]) -> bool:
    following = after[0] if after else " "
    return (not before or before in _OPENS_AFTER) and following not in _NEVER_OPENS
