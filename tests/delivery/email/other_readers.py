"""Readers of mail and calendars that others wrote, in JavaScript and Perl."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.other_programs import installed_by_npm, program

_HERE = Path(__file__).parent / "readers"


def read_by_node(script: str, config: pytest.Config, path: Path) -> Any:
    """Return what a script of this folder prints of a file or a folder."""
    libraries = installed_by_npm(_HERE / "package.json", config)
    node = program("node", "nodejs")
    return json.loads(said_by([node, str(_HERE / script), str(libraries), str(path)]))


def read_by_perl(folder: Path) -> Any:
    """Return what MIME::Tools reads in a folder's messages."""
    perl = program("perl", "perl")
    if subprocess.run([perl, "-MMIME::Parser", "-e", "1"], capture_output=True).returncode:
        pytest.skip("MIME::Tools is not here: it is in Debian's package libmime-tools-perl")
    return json.loads(said_by([perl, str(_HERE / "mail.pl"), str(folder)]))


def said_by(command: list[str]) -> str:
    """Return what a program prints."""
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
