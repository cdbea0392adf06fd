"""What this machine has of the things layout needs, and how to get what it lacks."""

from __future__ import annotations

import platform
import sys
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from workshop.diagnostics import Diagnostic, EnvironmentFault
from workshop.tailoring.look.typefaces import FALLBACK, HEADINGS, TEXT, families
from workshop.typesetting.typeset import load_weasyprint
from workshop.workspace.overlay import library_root

_NATIVE = {
    "Pango": "pango-1.0",
    "Pango for FreeType": "pangoft2-1.0",
    "HarfBuzz": "harfbuzz",
    "HarfBuzz subsetter": "harfbuzz-subset",
    "Fontconfig": "fontconfig",
}
_PACKAGES = ("weasyprint", "jinja2", "markdown", "pydantic", "ruamel.yaml", "rendercv-fonts")


@dataclass(frozen=True)
class MachineFinding:
    """One thing looked for: what, what was found, and how to get it if it is not there."""

    what: str
    found: str
    fine: bool
    remedy: str = ""

    def diagnostic(self) -> Diagnostic:
        """Return the finding as a fault."""
        return Diagnostic("machine", f"{self.what}: {self.found}", hint=self.remedy)


def examine() -> list[MachineFinding]:
    """Look for everything layout needs."""
    return [_python(), *_libraries(), *_packages(), _layout(), _fonts(), _library()]


def _python() -> MachineFinding:
    found = platform.python_version()
    return MachineFinding(
        "Python", found, sys.version_info >= (3, 11), "Python 3.11 or newer is needed."
    )


def _libraries() -> list[MachineFinding]:
    findings = []
    for what, name in _NATIVE.items():
        path = find_library(name)
        findings.append(
            MachineFinding(what, path or "not found", path is not None, how_to_install())
        )
    return findings


def _packages() -> list[MachineFinding]:
    findings = []
    for name in _PACKAGES:
        try:
            findings.append(MachineFinding(name, version(name), True))
        except PackageNotFoundError:
            remedy = "Install the product again: `pipx reinstall workshop-kit`."
            findings.append(MachineFinding(name, "not installed", False, remedy))
    return findings


def _layout() -> MachineFinding:
    try:
        weasyprint = load_weasyprint()
    except EnvironmentFault as error:
        return MachineFinding(
            "layout engine", error.diagnostics[0].message, False, how_to_install()
        )
    return MachineFinding("layout engine", f"WeasyPrint {weasyprint.__version__} loads", True)


def _fonts() -> MachineFinding:
    known = families()
    missing = [name for name in (TEXT, HEADINGS, FALLBACK[0]) if name not in known]
    found = f"{len(known)} families" if not missing else f"no {', '.join(missing)}"
    return MachineFinding("fonts", found, not missing, "Install rendercv-fonts 0.5 or newer.")


def _library() -> MachineFinding:
    root = library_root()
    there = (root / "modules" / "programme.yaml").is_file()
    return MachineFinding("library", str(root), there, "Install the product again.")


def how_to_install() -> str:
    """Return the line that installs the native libraries on this kind of machine."""
    if sys.platform == "darwin":
        return "Install them with: brew install pango"
    return (
        "On Debian or Ubuntu: sudo apt-get install "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. On Fedora: sudo dnf install pango."
    )
