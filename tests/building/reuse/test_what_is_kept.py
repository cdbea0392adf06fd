"""Whatever commands write besides papers stands on the page of what is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import REPOSITORY
from tests.tiny_workspace.workspace import Tiny
from workshop.cli import main

PAGE = REPOSITORY / "docs" / "architecture" / "what-is-kept.md"
COMMANDS = (
    ("eject", "asking", "--client", "tiny"),
    ("build", "--client", "tiny", "--jobs", "1"),
    ("print", "--client", "tiny"),
    ("email", "--client", "tiny", "--drafts"),
    ("email", "--client", "tiny", "--mark-sent"),
    ("pictures", "--client", "tiny"),
)
# `<digest>` and “…” on the page stand for anything.
ANYTHING = re.compile(r"<[a-z]+>|…")


def patterns() -> list[re.Pattern[str]]:
    """Return what matches the ends of paths that the page names."""
    names = re.findall(r"`([^`\s]+)`", PAGE.read_text(encoding="utf-8"))
    pieces = (map(re.escape, ANYTHING.split(name.rstrip("/"))) for name in names)
    return [re.compile(rf"(?:.*/)?{'[^/]+'.join(name)}") for name in pieces]


def kept_below(folder: Path, *, hidden_only: bool) -> list[str]:
    """Return files and the folders of entries below a folder, as the page would name them."""
    named = set()
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and (not hidden_only or any(part[0] == "." for part in inside.parts)):
            in_folder = re.fullmatch(r"[0-9a-f]{64}|.*-le64\.cache-\d+|[0-9a-f]{40,}", path.name)
            named.add((inside.parent if in_folder else inside).as_posix())
    return sorted(named)


@pytest.mark.slow
def test_all_that_is_written_besides_papers_is_on_the_page(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tiny.root)
    for command in COMMANDS:
        done = CliRunner().invoke(main, command, input="tiny\n", catch_exceptions=False)
        assert done.exit_code == 0, (command, done.output)
    written = kept_below(tiny.root, hidden_only=True)
    written += kept_below(tmp_path / "cache" / "workshop-kit", hidden_only=False)
    assert ".workshop-cache/parts" in written
    assert len(written) > 12
    on_the_page = patterns()
    assert [path for path in written if not any(name.fullmatch(path) for name in on_the_page)] == []
