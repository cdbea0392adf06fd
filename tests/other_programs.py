"""Find programs and libraries of others that tests use; skip the test where they are not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

# Where servers lie, which only root has in PATH.
_SBIN = "/usr/sbin:/sbin"


def program(name: str, package: str) -> str:
    """Return where a program is; skip the test on a machine without it."""
    path = shutil.which(name, path=f"{os.environ['PATH']}:{_SBIN}")
    if path is None:
        pytest.skip(f"{name} is not here: it is in Debian's package {package}")
    return path


def installed_by_npm(wanted: Path, config: pytest.Config) -> Path:
    """Return a folder with the libraries that a package.json names, kept for later test runs.

    The cache's folder has the name of the package.json's own.
    """
    assert config.cache is not None
    npm, folder = program("npm", "npm"), config.cache.mkdir(f"npm-{wanted.parent.name}")
    text, here = wanted.read_text("utf-8"), folder / "package.json"
    if not (
        here.exists() and here.read_text("utf-8") == text and (folder / "node_modules").is_dir()
    ):
        here.write_text(text, encoding="utf-8")
        quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
        command = [npm, "install", *quiet, "--omit=optional", "--prefix", str(folder)]
        done = subprocess.run(command, capture_output=True, timeout=300, check=False)
        if done.returncode:
            here.unlink()
            pytest.skip(f"npm cannot install {text}: {done.stderr.decode()[-300:]}")
    return folder
