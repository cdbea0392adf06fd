"""Links between the texts lead to a file and a heading, and installing to the program itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
TEXTS = [
    *sorted(REPOSITORY.glob("*.md")),
    *sorted((REPOSITORY / "docs").glob("*.md")),
    *sorted((REPOSITORY / "docs" / "architecture").glob("*.md")),
    *sorted((REPOSITORY / "docs" / "authoring").glob("*.md")),
]


def anchors(text: str) -> set[str]:
    """Return what a link can lead to: headings as GitHub names them, and ids."""
    without_code = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", without_code, re.MULTILINE)
    named = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return named | set(re.findall(r'<a id="([^"]+)"', text))


def broken(path: Path) -> Iterator[str]:
    """Yield the links of a text that lead nowhere in the repository."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.is_file() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            yield link


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert list(broken(path)) == []


def misnamed(text: str) -> Iterator[str]:
    """Yield the links that call a page by another page's name, or another page “below”."""
    for label, target in re.findall(r"\[`?([^\]`]+)`?\]\(([^)\s]+)\)", text):
        page = target.partition("#")[0]
        if (label in ("below", "above") and page) or (
            re.fullmatch(r"[\w./-]+\.md", label) and Path(label).name != Path(page).name
        ):
            yield f"[{label}]({target})"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_link_is_called_what_it_leads_to(path: Path) -> None:
    assert list(misnamed(path.read_text("utf-8"))) == []


def test_a_link_with_another_pages_name_is_found() -> None:
    text = (
        "[a.md](docs/a.md#x) [docs/a.md](docs/a.md) [a.md](docs/b.md) [below](#x) [below](b.md#x)"
    )
    assert list(misnamed(text)) == ["[a.md](docs/b.md)", "[below](b.md#x)"]


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading, “quoted”\n", encoding="utf-8")
    text = "[](there.md#a-heading-quoted) [](gone.md) [](there.md#gone) [](#gone) [](https://x.y)"
    (tmp_path / "text.md").write_text(text, encoding="utf-8")
    assert list(broken(tmp_path / "text.md")) == ["gone.md", "there.md#gone", "#gone"]


def test_nobody_is_told_to_install_the_program_by_its_name() -> None:
    """No index of packages has it: what it brought under that name would be somebody else's."""
    lines = [
        f"{path.name}: {line}"
        for path in (*TEXTS, *sorted(REPOSITORY.glob("workshop/**/*.py")))
        for line in path.read_text("utf-8").splitlines()
    ]
    by_name = re.compile(r"install [^#`]*['\"= ]workshop-kit\b")
    assert by_name.search("pipx install 'workshop-kit[email]'")
    assert [line for line in lines if by_name.search(line)] == []
