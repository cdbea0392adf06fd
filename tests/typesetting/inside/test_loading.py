"""How the layout engine is imported: in new processes, as each can import it only once."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from workshop.typesetting.inside.loading import load

pytestmark = pytest.mark.slow

COUNTED = """
import subprocess, sys
begun = []
sys.addaudithook(lambda event, what: begun.append(what) if event == "subprocess.Popen" else None)
from workshop.typesetting.inside.loading import load
{before}
load().HTML
print(len(begun))
"""
# As on a machine whose linker finds libraries by no file's name at first.
LOST = """
import cffi
dlopen = cffi.FFI.dlopen
cffi.FFI.dlopen = lambda ffi, name, *flags: dlopen(ffi, name if ".so" not in name else "", *flags)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is searched for like this")
def test_libraries_are_found_without_a_search() -> None:
    assert begun(COUNTED.format(before="")) == 0
    assert begun("import weasyprint\n" + COUNTED.format(before="")) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is searched for like this")
def test_libraries_that_are_not_found_like_that_are_searched_for() -> None:
    assert begun(COUNTED.format(before=LOST)) > 0


def test_arrays_are_what_they_would_be_without_a_type_for_each_length() -> None:
    ffi = importlib.import_module("weasyprint.text.ffi").ffi
    load()
    before = set(ffi._parsed_types)
    for content in ([3, 1, 2], (7,), [], tuple(range(2000))):
        array = ffi.new(f"hb_codepoint_t[{len(content)}]", content)
        assert list(array) == list(content)
        assert ffi.sizeof(array) == 4 * len(content)
    assert set(ffi._parsed_types) - before <= {"hb_codepoint_t[]"}
    # What C fills up, or was to be another kind of thing, stays that.
    assert list(ffi.new("hb_codepoint_t[3]", [5])) == [5, 0, 0]
    assert list(ffi.new("hb_codepoint_t[2]")) == [0, 0]
    assert ffi.new("int *", 4)[0] == 4


LATE = """
import sys
from workshop.typesetting.inside.loading import load
load()
from weasyprint.pdf import fonts
late = ("fontTools.subset", "fontTools.varLib.instancer")
print([name for name in late if name in sys.modules])
options = fonts.subset.Options(hinting=False)
from fontTools import subset
print(type(options) is subset.Options, options.hinting)
import fontTools.varLib.instancer
print(fonts.instantiateVariableFont is fontTools.varLib.instancer.instantiateVariableFont)
try:
    fonts.instantiateVariableFont({}, {})
except Exception as error:
    print(error)
"""


def test_what_fonts_hardly_ever_take_is_loaded_when_it_is_called() -> None:
    *lines, fault = printed(LATE)
    assert lines == ["[]", "True False", "False"]
    # Said by the function itself: there is nothing here to vary.
    assert "fvar" in fault


def begun(script: str) -> int:
    """Return how many processes a script begins that prints this number."""
    [number] = printed(script)
    return int(number)


def printed(script: str) -> list[str]:
    """Return the lines that a script prints in a process of its own."""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
