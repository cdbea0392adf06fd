"""Group a trainer's notes into blocks that begin with the cues Say, Do, Ask and Watch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

CUES = ("Say", "Do", "Ask", "Watch")
_LEAD = 3  # the tokens of a word in bold: its beginning, the word, its end
_BREAKS = ("softbreak", "hardbreak")


def group_by_cue(tokens: Sequence[Token]) -> list[Token]:
    """Put each cue's paragraph, with all up to the next cue, into a block of its own.

    A cue is one of the words in `CUES` in bold, with or without a colon, at the beginning of a
    line in a paragraph of the text itself (not of a list or a quotation in it). What stands before
    the first cue stays as it is.
    """
    grouped: list[Token] = []
    is_open = False
    for token in _cue_by_cue(tokens):
        if cue := token.meta.get("cue"):
            grouped += [_div_end()] * is_open + _beginning(cue)
            is_open = True
        grouped.append(token)
    return grouped + [_div_end()] * is_open


def _cue_by_cue(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens, each cue's paragraph beginning with a token that names the cue."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type != "paragraph_open" or token.level:
            yield token
            index += 1
            continue
        inline, end = tokens[index + 1], tokens[index + 2]
        for lines in _parted(inline.children or []):
            cue = _cue_of(lines)
            opening = Token("paragraph_open", "p", 1, block=True, meta={"cue": cue} if cue else {})
            words = _without_cue(lines) if cue else lines
            if words or not cue:
                yield from (opening, Token("inline", "", 0, children=words), end)
            else:
                yield Token("cue_alone", "", 0, hidden=True, meta=opening.meta)
        index += 3


def _parted(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the pieces of a paragraph, each but the first beginning with a cue on a new line."""
    start = 0
    for index, token in enumerate(tokens):
        if token.type in _BREAKS and _cue_of(tokens[index + 1 :][: _LEAD + 1]):
            yield list(tokens[start:index])
            start = index + 1
    yield list(tokens[start:])


def _cue_of(tokens: Sequence[Token]) -> str | None:
    words = [token for token in tokens[: _LEAD + 2] if token.content or token.type != "text"]
    if [token.type for token in words[:_LEAD]] != ["strong_open", "text", "strong_close"]:
        return None
    word = words[1].content.strip(" \xa0:：").capitalize()
    return word if word in CUES else None


def _without_cue(tokens: Sequence[Token]) -> list[Token]:
    first = next(index for index, token in enumerate(tokens) if token.type == "strong_close")
    rest = list(tokens[first + 1 :])
    if rest and rest[0].type == "text":
        rest[0].content = rest[0].content.lstrip().removeprefix(":").lstrip()
    while rest and (rest[0].type in _BREAKS or (rest[0].type == "text" and not rest[0].content)):
        rest.pop(0)
    return rest


def _beginning(cue: str) -> list[Token]:
    # Without line ends: a space between the cue and its words would be printed where they share
    # a line.
    name = [Token("text", "", 0, content=cue)]
    return [
        Token("cue_open", "div", 1, attrs={"class": f"cue cue-{cue.lower()}"}),
        Token("paragraph_open", "p", 1, attrs={"class": "cue-name"}),
        Token("inline", "", 0, children=name),
        Token("paragraph_close", "p", -1),
    ]


def _div_end() -> Token:
    return Token("cue_close", "div", -1)
