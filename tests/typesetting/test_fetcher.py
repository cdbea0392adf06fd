"""The jail: files below the roots and `data:`, whatever an address looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typesetting.conftest import Table, forbidden
from workshop.typesetting.fetcher import JailedFetcher

FINE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


@pytest.fixture
def refused() -> list[tuple[str, str]]:
    """What the fetcher refused, and why."""
    return []


@pytest.fixture
def fetcher(table: Table, refused: list[tuple[str, str]]) -> JailedFetcher:
    """A fetcher jailed in the assets folder."""
    return JailedFetcher([table.assets], lambda url, why: refused.append((url, why)))


@pytest.mark.parametrize(
    ("name", "written", "kind"),
    [
        ("pump.svg", "pump.svg", "image/svg+xml"),
        ("a b & ü#?.svg", "a%20b%20%26%20%C3%BC%23%3F.svg", "image/svg+xml"),
        ("deep/er/x.css", "deep/../deep/er/x.css", "text/css"),
        ("pump.svg", "pump.svg?v=2#part", "image/svg+xml"),
        ("noending", "noending", "application/octet-stream"),
    ],
)
def test_a_file_below_a_root_is_read(
    table: Table, fetcher: JailedFetcher, name: str, written: str, kind: str
) -> None:
    path = table.assets / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FINE)
    response = fetcher.fetch(f"{table.assets.as_uri()}/{written}")
    assert response.read() == FINE.encode()
    assert response.content_type == kind
    # WeasyPrint opens some pictures a second time, by the name in the response.
    assert response.path is not None
    assert Path(response.path).resolve() == path.resolve()


def test_data_needs_no_file(fetcher: JailedFetcher) -> None:
    assert fetcher.fetch("data:text/plain;base64,aGVsbG8=").read() == b"hello"
    assert fetcher.fetch("DATA:text/plain,hello").read() == b"hello"


ATTEMPTS = [
    "an absolute path", "a file of the system", "capitals", "one slash", "four slashes", "two dots",
    "percent-encoded dots", "percent-encoded slash", "a symbolic link", "a linked folder",
    "a ring of links", "a folder with the root's name in front", "a host", "localhost",
    "the folder itself", "nothing there", "a null byte", "http", "https", "ftp", "another scheme",
    "no scheme", "damaged data",
]  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_everything_else_is_refused_and_the_refusal_told(
    table: Table, fetcher: JailedFetcher, refused: list[tuple[str, str]], attempt: str
) -> None:
    (table.assets / "fine.svg").write_text(FINE)
    address = forbidden(table)[attempt]
    with pytest.raises(Exception):  # noqa: B017, PT011  # WeasyPrint takes any
        fetcher.fetch(address)
    [(url, why)] = refused
    assert url == address
    assert why


def test_every_attempt_is_tried(table: Table) -> None:
    assert list(forbidden(table)) == ATTEMPTS
