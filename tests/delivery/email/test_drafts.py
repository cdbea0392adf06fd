"""What is in the folder of drafts is true: what is no longer so goes, and nothing else does."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.delivery.office import KEN, LEA, Office
from tests.keeping.in_the_way import IN_THE_WAY
from workshop.delivery.email.drafts import DraftScope, WrittenDrafts, write_drafts
from workshop.delivery.email.message import Message
from workshop.diagnostics import EnvironmentFault

ALL = {"Inés Ruiz.eml", "Ken Ito.eml", "Lea Sommer.eml", "王小明.eml"}


def drafted(office: Office, messages: list[Message], **scope: tuple[str, ...]) -> WrittenDrafts:
    where = DraftScope("tiny", "manager-briefing", **scope)
    return write_drafts(messages, office.tiny.root / "build", where)


def folder(office: Office) -> Path:
    return office.tiny.root / "build" / "tiny" / "_drafts" / "autumn"


def names(office: Office) -> set[str]:
    return {path.name for path in folder(office).glob("*")}


def test_a_draft_has_what_its_reader_needs_and_nothing_that_sending_gives_it(
    office: Office,
) -> None:
    drafted(office, office.messages())
    for path in folder(office).iterdir():
        draft = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert draft["X-Unsent"] == "1"
        assert {"From", "To", "Subject"} <= set(draft.keys())
        assert not {"Date", "Message-ID", "Sender", "Return-Path"} & set(draft.keys())
    assert all(b"X-Unsent" not in bytes(message) for message in office.messages())


def test_drafts_of_whom_nothing_is_due_are_removed_and_told(office: Office) -> None:
    drafted(office, office.messages())
    drafts = drafted(office, office.messages("Ken Ito"))
    assert names(office) == {"Ken Ito.eml"}
    assert {path.name for path in drafts.removed} == ALL - {"Ken Ito.eml"}
    assert drafted(office, []).removed == (folder(office) / "Ken Ito.eml",)
    assert not folder(office).exists()


def test_drafts_of_others_than_those_asked_for_stay(office: Office) -> None:
    drafted(office, office.messages())
    drafted(office, office.messages("Ken Ito"), addresses=(KEN,))
    assert names(office) == ALL
    drafted(office, [], addresses=(LEA,))
    assert names(office) == ALL - {"Lea Sommer.eml"}
    drafted(office, [], cohorts=("winter",))
    assert names(office) == ALL - {"Lea Sommer.eml"}


def test_what_somebody_else_put_there_or_changed_stays(office: Office) -> None:
    drafted(office, office.messages())
    mine = folder(office) / "My own letter.eml"
    mine.write_text("To: ines@example.com\n\nHello")
    changed = folder(office) / "Ken Ito.eml"
    changed.write_bytes(changed.read_bytes() + b"P.S.")
    drafts = drafted(office, office.messages("Ken Ito", "Lea Sommer"))
    assert drafts.changed == (changed,)
    assert changed.read_bytes().endswith(b"P.S.")
    assert names(office) == {mine.name, changed.name, "Ken Ito 2.eml", "Lea Sommer.eml"}


def test_drafts_that_no_list_names_may_be_somebodys_and_stay(office: Office) -> None:
    drafted(office, office.messages())
    (folder(office).parent / ".written.json").unlink()
    drafts = drafted(office, office.messages("Ken Ito"))
    assert {path.name for path in drafts.changed} == ALL
    assert names(office) == {*ALL, "Ken Ito 2.eml"}


def test_no_list_leads_out_of_the_folder(office: Office) -> None:
    drafted(office, office.messages())
    listed = folder(office).parent / ".written.json"
    listed.write_text(listed.read_text().replace("autumn/Ken Ito.eml", "../../../workshop.yaml"))
    drafted(office, [])
    assert (office.tiny.root / "workshop.yaml").exists()


@pytest.mark.parametrize("kind", IN_THE_WAY)
@pytest.mark.parametrize("is_listed", [True, False])
def test_what_is_no_file_among_drafts_stays(office: Office, kind: str, is_listed: bool) -> None:
    make, _ = IN_THE_WAY[kind]
    drafted(office, office.messages())
    (folder(office) / "Ken Ito.eml").unlink()
    make(folder(office) / "Ken Ito.eml")
    if not is_listed:
        (folder(office).parent / ".written.json").unlink()
    drafted(office, office.messages("Ken Ito"))
    assert {"Ken Ito.eml", "Ken Ito 2.eml"} <= names(office)
    assert (folder(office) / "Ken Ito 2.eml").is_file()


def test_a_folder_for_drafts_that_is_a_file_is_told_with_a_cure(office: Office) -> None:
    folder(office).parent.parent.mkdir(parents=True, exist_ok=True)
    folder(office).parent.touch()
    with pytest.raises(EnvironmentFault, match="_drafts is a file, and a folder is to be there"):
        drafted(office, office.messages())
