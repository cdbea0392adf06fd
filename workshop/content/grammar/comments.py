"""Take comments out of a text; what stands in back-ticks is code and not a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = "<!--"
_CODE_FENCE = re.compile(r"[ \t]*(?P<run>`{3,}(?=[^`]*$)|~{3,})")
# Code in a line, or the beginning of a comment; a back-tick that none follows is text.
_CODE_OR_COMMENT = re.compile(r"(?<!`)(?P<run>`+)(?!`).*?(?<!`)(?P=run)(?!`)|(?P<comment><!--)")
_END = re.compile(r"--!?>")


@dataclass(frozen=True)
class Uncommented:
    """Holds a line less its comments; `opened` is where one begins that the line does not end."""

    text: str
    opened: int | None = None


def uncomment(line: str, *, is_open: bool = False) -> Uncommented:
    """Take the comments out of a line; `is_open` says that it begins inside of one."""
    if not is_open and _OPENING not in line:
        return Uncommented(line)
    kept: list[str] = []
    position = 0
    if is_open:
        end = _END.search(line)
        if not end:
            return Uncommented("", 0)
        position = end.end()
    while (comment := _next_comment(line, position)) is not None:
        kept.append(line[position:comment])
        end = _END.search(line, comment + len(_OPENING))
        if not end:
            return Uncommented(_closed_up(kept), comment)
        position = end.end()
    return Uncommented(_closed_up([*kept, line[position:]]))


def without_comments(source: str) -> str:
    """Return a text without its comments; one without an end goes on to the end of the text.

    Fenced code keeps what it has. Every line keeps its number.
    """
    if _OPENING not in source:
        return source
    lines: list[str] = []
    code, is_open = "", False
    for line in source.split("\n"):
        fence = None if is_open else _CODE_FENCE.match(line)
        if code or fence:
            is_end = code and fence and fence["run"].startswith(code)
            code = "" if is_end else code or (fence["run"] if fence else "")
            lines.append(line)
            continue
        read = uncomment(line, is_open=is_open)
        is_open = read.opened is not None
        lines.append(read.text)
    return "\n".join(lines)


def _next_comment(line: str, start: int) -> int | None:
    for match in _CODE_OR_COMMENT.finditer(line, start):
        if match["comment"]:
            return match.start()
    return None


def _closed_up(pieces: list[str]) -> str:
    """Join what is left of a line; spaces at its end would break the line."""
    text = "".join(pieces)
    return text if pieces[-1].strip() else text.rstrip()
