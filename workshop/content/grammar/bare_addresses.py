"""Keep web and e-mail addresses, and paths of files, in a text as they are typed.

People type them off the paper: no dash, quotation mark or emphasis may be made of what stands in
them. An address becomes a link as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline, autolink

_LITERAL = re.compile(
    r"(?<![\w@/.+-])(?:"
    r"(?P<web>(?:https?|ftp)://[^\s<>\[\]“”«»`\\]+|www\.[^\s<>\[\]“”«»`\\.][^\s<>\[\]“”«»`\\]*)"
    r"|(?P<mail>(?:mailto:)?[A-Za-z0-9][\w.+%'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
    r"|(?P<path>(?:[A-Za-z]:|\\\\[\w-]+)\\[^\s<>\[\]“”«»\"`*]+)"
    r")"
)
# In angle brackets, other words before a colon are words: “<name:role>”, or a tag of Word’s.
_ENCLOSED = re.compile(
    r"<(?:(?:https?|ftps?|sftp|file|mailto|tel|sms|geo|urn):|[^\s<>:]*@)", re.IGNORECASE
)
_TRAILING = "?!.,:;*_~'\"|"
_PAIRS = {")": "(", "}": "{", '"': '"', "'": "'"}


def literals_in(text: str) -> Iterator[re.Match[str]]:
    """Yield what stands in a text as it is typed; `literal_end` says where each ends."""
    if "://" in text or "www." in text or "@" in text or ":\\" in text or "\\\\" in text:
        yield from _LITERAL.finditer(text)


def literal_end(match: re.Match[str]) -> int:
    """Return where an address ends: before the signs of the sentence that it stands in."""
    text = match[0]
    while text:
        last = text[-1]
        opening = _PAIRS.get(last)
        is_paired = opening == last and text.count(last) % 2 == 0
        is_closed = opening and opening != last and text.count(opening) >= text.count(last)
        if is_paired or is_closed or (last not in _TRAILING and not opening):
            break
        text = text[:-1]
    return match.start() + len(text)


def text_or_address(state: StateInline, silent: bool) -> bool:
    """Take text up to the next mark, or an address as a whole (a rule of markdown-it)."""
    spans = _spans(state)
    start = state.pos
    if start in spans and spans[start][1] <= state.posMax:
        kind, end = spans[start]
        if not silent:
            _push_address(state, kind, state.src[start:end])
        state.pos = end
        return True
    mark = state.md.inline.terminator_re.search(state.src, start)
    end = min(mark.start() if mark else state.posMax, state.posMax)
    end = min((place for place in spans if start < place < end), default=end)
    if end <= start:
        return False
    if not silent:
        state.append_pending(state.src[start:end])
    state.pos = end
    return True


def enclosed_address(state: StateInline, silent: bool) -> bool:
    """Take an address in angle brackets (a rule of markdown-it), but only one that can be one."""
    return bool(_ENCLOSED.match(state.src, state.pos)) and autolink(state, silent)


def _push_address(state: StateInline, kind: str, text: str) -> None:
    is_link = kind != "path" and state.linkLevel == 0
    if is_link:
        scheme = "mailto:" if kind == "mail" else "http://"
        has_scheme = "://" in text or text.startswith("mailto:")
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": text if has_scheme else scheme + text}
    # Of a kind of its own, so that nobody else changes it.
    state.push("address", "", 0).content = text
    if is_link:
        state.push("link_close", "a", -1)


def _spans(state: StateInline) -> dict[int, tuple[str, int]]:
    """Return the kind and the end of each address in a piece of text, by where it begins."""
    known: dict[str, dict[int, tuple[str, int]]] = state.env.setdefault("addresses", {})
    if state.src not in known:
        known[state.src] = {
            match.start(): (match.lastgroup or "web", literal_end(match))
            for match in literals_in(state.src)
            if literal_end(match) > match.start()
        }
    return known[state.src]


def render_address(_renderer: object, tokens: list[object], index: int, *_: object) -> str:
    """Write an address (a rule of markdown-it's renderer)."""
    return escapeHtml(tokens[index].content)  # type: ignore[attr-defined]
