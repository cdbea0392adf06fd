"""Turn straight quotation marks, double hyphens and three dots into typographic ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_SIGN = re.compile(r"['\"]|--|\.\.\.")
_OPENS_AFTER = frozenset(" \n\t\xa0([{<“‘-–—/=|«‹¿¡\ue010")
_NEVER_OPENS = frozenset(" \n\t\xa0.,;:!?)]}>”’")
_DECADE = re.compile(r"\d\ds?\b")
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
                token.content = _EM_DASH.sub("—", token.content)
                token.content = _EN_DASH.sub("–", token.content)
                token.content = _ELLIPSIS.sub("…", token.content)


def curled(text: str) -> str:
    """Return a plain value with typographic quotation marks and apostrophes."""
    return "".join(
        _curled(sign, text[index - 1 : index] if index else "", text[index + 1 : index + 5])
        if sign in "'\""
        else sign
        for index, sign in enumerate(text)
    )


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
    for index, sign in enumerate(line):
        if sign in "'\"":
            line[index] = _curled(sign, "".join(line[index - 1 : index]), line[index + 1 :][:4])
    for token, start in places:
        token.content = "".join(line[start : start + len(token.content)])


def _curled(sign: str, before: str, after: Sequence[str]) -> str:
    following = after[0] if after else " "
    opens = (not before or before in _OPENS_AFTER) and following not in _NEVER_OPENS
    if sign == '"':
        return "“" if opens else "”"
    return "‘" if opens and not _DECADE.match("".join(after)) else "’"
