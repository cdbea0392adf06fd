"""Take words that are no kind of note as the note's title, so that they are printed."""

from __future__ import annotations

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_KINDS = frozenset(
    {"abstract", "attention", "bug", "caution", "danger", "error", "example", "failure", "hint"}
    | {"important", "info", "note", "question", "quote", "seealso", "success", "summary", "tip"}
    | {"todo", "warning"}
)


def keep_title_words(state: StateCore) -> None:
    """Print all of `!!! Mind the gap`: its first word would be lost as a kind of note."""
    for index, token in reversed(list(enumerate(state.tokens))):
        if token.type != "admonition_open":
            continue
        kinds, quote, _ = token.info.partition('"')
        words = kinds.split() if quote else kinds.split()[:1]
        if _KINDS.issuperset(word.lower() for word in words):
            continue
        token.attrs["class"] = "admonition"
        if state.tokens[index + 1].type != "admonition_title_open":
            state.tokens[index + 1 : index + 1] = _title_tokens(token)
        state.tokens[index + 2].content = token.info.strip()


def _title_tokens(note: Token) -> list[Token]:
    opening = Token("admonition_title_open", "p", 1, attrs={"class": "admonition-title"})
    tokens = [
        opening,
        Token("inline", "", 0, children=[]),
        Token("admonition_title_close", "p", -1),
    ]
    for token in tokens:
        token.map, token.block = note.map, True
    return tokens
