"""What another client is called for short is found where it is typed and where it is printed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import workshop
from tests.conftest import READINGS
from tests.tiny_workspace.workspace import Tiny
from workshop.building.reuse.nothing_to_do import BuildRequest, surroundings
from workshop.diagnostics import Diagnostic
from workshop.limits import Limit
from workshop.proofing.other_clients_named import OtherClientsNamed, other_clients_in_texts
from workshop.proofing.short_names import short_name
from workshop.user_files import read_file
from workshop.workspace import other_clients
from workshop.workspace.other_clients import read_client_names

ASKING = "modules/asking.md"
NOTE = "Most questions are advice with a question mark."
MAIL = "templates/badge/email.md.j2"


def told(tiny: Tiny, text: str, folder: str = "acme", name: str = "Acme Components") -> list[str]:
    """Return what `check --quick` says of other clients if a text stands in the tiny module."""
    tiny.change(ASKING, NOTE, text)
    tiny.write(f"clients/{folder}/client.yaml", f"name: {name}\n")
    return [
        f"{fault.location}: {fault.message}".replace(f"{tiny.root.as_posix()}/", "")
        for fault in quick(tiny)
    ]


def quick(tiny: Tiny) -> list[Diagnostic]:
    report = workshop.check(tiny.root, "tiny", quick=True)
    assert not report.faults
    return [fault for fault in report.sound[0].warnings if fault.code == "other-client"]


@pytest.mark.parametrize(
    ("folder", "name", "short"),
    [
        ("acme", "Acme Components", "Acme"),
        ("ACME", "acme Components", None),
        ("north-works", "North Works Holding", "North Works"),
        ("northworks", "North Works Holding", "North Works"),
        ("st-brigids", "St. Brigid’s Hospice", "St. Brigid’s"),
        ("gross", "Groß & Söhne", "Groß"),
        ("ångström", "Ångström Oy", "Ångström"),
        ("acme", "Acme", None),
        ("first-client", "First Client", None),
        ("leeds", "Acme Components", None),
        ("acm", "Acme Components", None),
        ("components", "Acme Components", None),
    ],
)
def test_a_short_name_is_the_beginning_that_the_folder_spells(
    folder: str, name: str, short: str | None
) -> None:
    assert short_name(folder, name) == short


@pytest.mark.parametrize(
    "text",
    [
        "Find a problem at Acme that nobody has picked up.",
        "Nobody knows **Acme**, they say.",
        "Acme’s people say so.",
        "Acme sells pumps.\n\nAsk who at Acme sells them.",
    ],
)
@pytest.mark.slow
def test_it_is_told_with_file_and_line_and_where_it_is_printed(tiny: Tiny, text: str) -> None:
    faults = told(tiny, text)
    assert faults
    for fault in faults:
        assert fault == (
            "modules/asking.md:10: Another client is named: “Acme” (“Acme Components”)"
        )
    assert {fault.printed.document for fault in quick(tiny) if fault.printed} >= {
        "participant-workbook"
    }


@pytest.mark.parametrize(
    ("text", "folder", "name"),
    [
        ("Acmes and acme, an ACME, AcmeCo.", "acme", "Acme Components"),
        ("Minimal preparation. It takes minimal time.", "minimal", "Minimal Ltd"),
        ("# Minimal\n\n**Minimal** notes.", "minimal", "Minimal Ltd"),
        # A word that the library has.
        ("Open questions. Put Open in the box.", "open", "Open Ltd"),
        ("Ask at Tiny, or at Tiny Ltd.", "tiny-too", "Tiny Too Ltd"),
        # It calls itself so too.
        ("Ask at Tiny.", "tiny-group", "Tiny Group of Firms"),
        ("Ask at Tiny.", "TINY", "Tiny Works"),
        ("<!-- At Acme. -->Nothing.", "acme", "Acme Components"),
    ],
)
@pytest.mark.slow
def test_an_ordinary_word_or_the_own_name_is_none(
    tiny: Tiny, text: str, folder: str, name: str
) -> None:
    assert told(tiny, text, folder, name) == []


def test_the_whole_name_is_told_once_and_not_for_short_too(tiny: Tiny) -> None:
    assert {fault.partition(": ")[2] for fault in told(tiny, "As at ACME Components.")} == {
        "Another client is named: “Acme Components”"
    }


def test_all_places_are_told_at_once(tiny: Tiny) -> None:
    tiny.change(ASKING, "Ask your partner what", "Ask at Acme what")
    told(tiny, "Ask at Acme.")
    for fault in quick(tiny):
        assert fault.hint
        assert fault.hint.startswith("Take out what is about that client; write {{ client.name }}")
        assert fault.hint.endswith("asking.md:17.")


def test_a_name_that_no_page_prints_is_told_too(tiny: Tiny) -> None:
    tiny.write("clients/acme/client.yaml", "name: Acme Components\n")
    tiny.write(MAIL, "Subject: Hello\n\nAs we do at Acme,\nand at acme components.\n")
    faults = other_clients_in_texts(OtherClientsNamed(workshop.load(tiny.root, "tiny", READINGS)))
    assert [(fault.message, fault.location and fault.location.line) for fault in faults] == [
        ("Another client is named: “Acme Components”, in one place", 4),
        ("Another client is named: “Acme” (“Acme Components”), in one place", 3),
    ]


def test_another_folder_is_another_name_to_look_for(tiny: Tiny) -> None:
    path = tiny.write("clients/leeds/client.yaml", "name: Acme Components\n")
    request = BuildRequest(tiny.root, "tiny")
    before = surroundings(request, read_client_names(tiny.root))
    path.parent.rename(tiny.root / "clients/acme")
    assert surroundings(request, read_client_names(tiny.root)) != before


@pytest.mark.parametrize("client", ["tiny", None])
@pytest.mark.slow
def test_a_check_reads_each_client_s_name_once(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, client: str | None
) -> None:
    for slug in ("a", "b"):
        tiny.write(f"clients/{slug}/client.yaml", f"name: Firm {slug}\n")
    read = reads_of_names(monkeypatch)
    workshop.check(tiny.root, client, memory=READINGS, quick=True)
    assert read == {"a": 1, "b": 1, "tiny": 1}


@pytest.mark.slow
def test_a_build_reads_each_client_s_name_once(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.write("clients/other/client.yaml", "name: Other\n")
    read = reads_of_names(monkeypatch)
    for is_new in (True, False):
        read.clear()
        report = workshop.build(tiny.root, "tiny", documents=["badge"], jobs=1)
        assert (report.is_new, read) == (is_new, {"tiny": 1, "other": 1})


def reads_of_names(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the client files that are looked into for a name, by their folders."""
    read: Counter[str] = Counter()

    def counted(path: Path, limit: Limit) -> bytes:
        read[path.parent.name] += 1
        return read_file(path, limit)

    monkeypatch.setattr(other_clients, "read_file", counted)
    return read
