"""The jail: what came with a job and `data:`, whatever an address looks like."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import pytest
from weasyprint.urls import URLFetcherResponse

from tests.typesetting.conftest import Table, forbidden
from workshop.composing.pages.assets import Assets
from workshop.composing.pages.render_job import JobFile
from workshop.typesetting.fetcher import JobFetcher

FINE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


@dataclass
class Asking:
    """A page of one picture: `refused` are the addresses it was not given, and why."""

    table: Table
    refused: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, address: str) -> URLFetcherResponse:
        """Ask for an address as WeasyPrint does, after composing has read what it names."""
        files = Assets([self.table.assets], self.table.memory).files_for(
            f'<img src="{escape(address)}">', ()
        )
        return self.fetcher(files).fetch(address)

    def fetcher(self, files: tuple[JobFile, ...]) -> JobFetcher:
        """Return a fetcher of these files."""
        return JobFetcher(files, lambda url, why, _place: self.refused.append((url, why)))


@pytest.fixture
def ask(table: Table) -> Asking:
    """A page jailed in the assets folder."""
    return Asking(table)


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
def test_a_file_below_a_root_is_given(
    table: Table, ask: Asking, name: str, written: str, kind: str
) -> None:
    path = table.assets / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FINE)
    response = ask(f"{table.assets.as_uri()}/{written}")
    assert response.read() == FINE.encode()
    assert response.content_type == kind
    assert not ask.refused
    # WeasyPrint reads pictures once more, by the path in the response.
    assert response.path is None


def test_a_file_is_given_as_it_was_read_whatever_has_become_of_it(
    table: Table, ask: Asking
) -> None:
    path = table.assets / "pump.svg"
    path.write_text(FINE)
    files = Assets([table.assets], table.memory).files_for(f'<img src="{path.as_uri()}">', ())
    path.unlink()
    assert ask.fetcher(files).fetch(path.as_uri()).read() == FINE.encode()


def test_a_file_that_did_not_come_with_the_job_is_refused(table: Table, ask: Asking) -> None:
    path = table.assets / "pump.svg"
    path.write_text(FINE)
    with pytest.raises(ValueError, match="outside"):
        ask.fetcher(()).fetch(path.as_uri())
    assert [url for url, _ in ask.refused] == [path.as_uri()]


def test_data_needs_no_file(ask: Asking) -> None:
    assert ask("data:text/plain;base64,aGVsbG8=").read() == b"hello"
    assert ask("DATA:text/plain,hello").read() == b"hello"


ATTEMPTS = [
    "an absolute path", "a file of the system", "capitals", "one slash", "four slashes", "two dots",
    "percent-encoded dots", "percent-encoded slash", "a symbolic link", "a linked folder",
    "a ring of links", "a folder with the root's name in front", "a host", "localhost",
    "the folder itself", "nothing there", "a null byte", "http", "https", "ftp", "another scheme",
    "no scheme", "damaged data",
]  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_everything_else_is_refused_and_the_refusal_told(
    table: Table, ask: Asking, attempt: str
) -> None:
    (table.assets / "fine.svg").write_text(FINE)
    address = forbidden(table)[attempt]
    with pytest.raises(Exception):  # noqa: B017, PT011  # WeasyPrint takes any
        ask(address)
    [(url, why)] = ask.refused
    assert url == address
    assert why


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_of_what_is_refused_is_read(table: Table, attempt: str) -> None:
    (table.assets / "fine.svg").write_text(FINE)
    address = forbidden(table)[attempt]
    files = Assets([table.assets], table.memory).files_for(f'<img src="{escape(address)}">', ())
    assert [file.content for file in files if file.content] == []
    assert all(file.refused for file in files)


def test_every_attempt_is_tried(table: Table) -> None:
    assert list(forbidden(table)) == ATTEMPTS
