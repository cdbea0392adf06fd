"""Check what this machine has of all that layout needs, and say how to install the rest."""

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
_PACKAGES = ("weasyprint", "jinja2", "markdown-it-py", "pydantic", "ruamel.yaml", "rendercv-fonts")


@dataclass(frozen=True)
class MachineFinding:
    """Holds whether this machine has one of the needed things, and how to install it if not."""

    what: str
    state: str
    fine: bool
    remedy: str = ""

    def diagnostic(self) -> Diagnostic:
        """Return the finding as a fault."""
        return Diagnostic("machine", f"{self.what}: {self.state}", hint=self.remedy)


def examine() -> list[MachineFinding]:
    """Look for everything that layout needs."""
    return [_python(), *_libraries(), *_packages(), _layout(), _fonts(), _library()]


def _python() -> MachineFinding:
    is_fine = sys.version_info >= (3, 11)
    remedy = "Python 3.11 or newer is needed."
    return MachineFinding("Python", platform.python_version(), is_fine, remedy)


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
    shipped = families()
    missing = [name for name in (TEXT, HEADINGS, FALLBACK[0]) if name not in shipped]
    state = f"no {', '.join(missing)}" if missing else f"{len(shipped)} families"
    return MachineFinding("fonts", state, not missing, "Install rendercv-fonts 0.5 or newer.")


def _library() -> MachineFinding:
    root = library_root()
    is_there = (root / "modules" / "programme.yaml").is_file()
    return MachineFinding("library", str(root), is_there, "Install the product again.")


def how_to_install() -> str:
    """Return the command that installs the native libraries on this kind of machine."""
    if sys.platform == "darwin":
        return "Install them with: brew install pango"
    return (
        "On Debian or Ubuntu: sudo apt-get install "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. On Fedora: sudo dnf install pango."
    )
