"""Readers of mail and calendars that others wrote, in JavaScript and Perl."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent / "readers"


def node_readers(config: pytest.Config) -> Path:
    """Return the folder with the libraries that package.json names; skip the test without npm."""
    assert config.cache is not None
    npm, folder = program("npm", "npm"), config.cache.mkdir("mail-readers")
    wanted, here = (_HERE / "package.json").read_text(), folder / "package.json"
    if not (here.exists() and here.read_text() == wanted and (folder / "node_modules").is_dir()):
        here.write_text(wanted)
        quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
        command = [npm, "install", *quiet, "--prefix", str(folder)]
        done = subprocess.run(command, capture_output=True, timeout=300, check=False)
        if done.returncode:
            here.unlink()
            pytest.skip(f"npm cannot install the readers: {done.stderr.decode()[-300:]}")
    return folder


def program(name: str, package: str) -> str:
    """Return where a program is; skip the test on a machine without it."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not here: it is in Debian's package {package}")
    return found


def read_by_node(script: str, cache: Path, path: Path) -> Any:
    """Return what a script of this folder prints of a file or a folder."""
    node = program("node", "nodejs")
    return json.loads(said_by([node, str(_HERE / script), str(cache), str(path)]))


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
