"""Write messages as files that mail programs open as drafts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

from workshop.delivery.email.message import POLICY, Message, attachment_name

# No cohort can have this name: names of cohorts begin with a letter or a digit.
_FOLDER = "_drafts"


def write_drafts(messages: Sequence[Message], output: Path) -> list[Path]:
    """Write an .eml file for each message below `output`, which only its owner can read.

    Drafts of an earlier call are deleted. Returns the folders, one for each cohort.
    """
    folders: dict[Path, list[Message]] = {}
    for message in messages:
        top = output / message.file.client / _FOLDER
        folders.setdefault(top / message.file.cohort, []).append(message)
    for folder, drafts in folders.items():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        folder.mkdir(mode=0o700, exist_ok=True)
        for old in folder.glob("*.eml"):
            old.unlink()
        for draft in drafts:
            _write(draft, folder)
    return list(folders)


def _write(message: Message, folder: Path) -> None:
    name, number = attachment_name(message.file.to.name, ""), 1
    while (path := folder / f"{name}{'' if number == 1 else f' {number}'}.eml").exists():
        number += 1
    draft = deepcopy(message.content)
    draft["X-Unsent"] = "1"  # Outlook, Apple Mail and Thunderbird open such a file for editing
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(draft.as_bytes(policy=POLICY))
