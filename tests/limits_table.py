"""Make the table of limits in `docs/limits.md` from the values in the program.

`python -m tests.limits_table` writes it.
"""

from __future__ import annotations

from pathlib import Path

from workshop.limits import all_limits

PAGE = Path(__file__).parent.parent / "docs" / "limits.md"
COMMAND = "python -m tests.limits_table"
_MARK = f"<!-- This table is made by `{COMMAND}` from `workshop/limits.py`. -->\n"


def page_with_table(page: str) -> str:
    """Return the page with the table that follows its mark made anew."""
    head, mark, _ = page.partition(_MARK)
    assert mark, f"{PAGE.name} has no line {_MARK}"
    rows = [f"| {limit.subject} | {limit} | {limit.reason} |" for limit in all_limits().values()]
    return "\n".join([head + mark, "| what | at most | why |", "|---|---|---|", *rows, ""])


if __name__ == "__main__":
    PAGE.write_text(page_with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
