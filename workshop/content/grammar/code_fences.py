"""Find where fenced code begins and ends, as CommonMark 0.31 has it (section 4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

CODE = re.compile(r" {0,3}(?P<run>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
CODE_IN_LIST = re.compile(r"[ \t]*(?:(?:[*+-]|[0-9]{1,9}[.)])[ \t]+)+(?P<run>`{3,}[^`]*$|~{3,})")
_BLOCK_FENCE = re.compile(r"[ \t]*:{3,}\s*(?P<kind>\S?)")


def length_of_code(run: str, following: Iterable[str], *, in_block: bool) -> int | None:
    """Return how many lines the code has whose opening marks are `run`, its last fence included.

    None if an end was probably forgotten. No end follows; or another opening does, which CommonMark
    takes for code; or, `in_block`, a line that closes a block which was open before, and later one
    that opens another.
    """
    depth, is_left = 0, False
    for number, line in enumerate(following, 1):
        inner = CODE.match(line)
        if inner and inner["run"].startswith(run):
            return None if inner["info"].strip(" \t") else number
        if fence := _BLOCK_FENCE.match(line):
            if is_left and fence["kind"]:
                return None
            depth += 1 if fence["kind"] else -1
            is_left = is_left or (in_block and depth < 0)
    return None
