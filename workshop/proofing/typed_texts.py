"""List what is typed in the files that a client's papers are made of, without what is filled in.

Whatever is no text to be read is blanked out and keeps its length, so that every word stands on its
own line of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workshop.content.block_tree import Node, Text
from workshop.content.case import Case
from workshop.content.module import Module
from workshop.content.yaml.files import read_text
from workshop.content.yaml.source import YamlSource
from workshop.diagnostics import Location, Report
from workshop.tailoring.tailored import Tailored

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
# What stands before a string that names something, and is never printed.
_NAMES = re.compile(
    r"(?:\bterm\(\s*(?:(?:\"[^\"]*\"|'[^']*')\s*,\s*)?|\b(?:has|ref|doc|cards|page_ref|part|asset|slot)\(\s*"
    r"|\b(?:import|include|from|extends)\s+|\w=|\[)$"
)
# What stands before a string that is printed even if it is a single word in small letters.
_SAYS = re.compile(r"(?:\belse\s*=?\s*|\{\{\s*|~\s*|\b(?:doc|cards)\(\s*\"[^\"]*\"\s*,\s*)$")
_TAG = re.compile(
    r"<!--.*?-->|<(?:style|script)\b.*?</(?:style|script)>|</?[a-z][^<>]*>", re.DOTALL
)
_READ_OUT = re.compile(r"\b(?:alt|aria-label|title)=\"([^\"]*)\"")
_TARGET = re.compile(r"(?<=\])\([^)\n]*\)")
_BRACES = re.compile(r"\{[^{}]*\}")
_DOCUMENT_WORDS = re.compile(r"^(?:title|file):(.*)$", re.MULTILINE)
_OPTIONS = ("title", "label", "boxes", "columns", "first")


@dataclass(frozen=True)
class TypedText:
    """Holds words as they are typed, line by line, from the place where they begin.

    `in_a_case` says that they tell of somebody invented, who may say it otherwise than the client.
    """

    words: str
    place: Location
    in_a_case: bool = False


def typed_texts(tailored: Tailored) -> Iterator[TypedText]:
    """Yield what is typed in modules, cases, the programme, templates and drawings."""
    for module in tailored.modules.values():
        yield from _in_front(module, has_own_title=module.name in tailored.client.titles)
        yield from _in_nodes(module.body)
    for case in tailored.cases.values():
        yield from (replace(text, in_a_case=True) for text in _in_case(case))
    for page in tailored.own_pages.values():
        yield from _in_case(page)
    title = () if tailored.client.title else ("title",)
    yield from _in_values(tailored.programme.source, (*title, "promise", "gains", "segments"))
    yield from _in_templates(tailored)
    yield from _in_drawings(tailored)


def as_typed(source: str) -> str:
    """Return a text or a template in which all that is not read as it is typed is blanked out."""
    shown = _CODE.sub(lambda code: _strings_of(code[0]), source)
    shown = _TAG.sub(lambda tag: _read_out(tag[0]), shown)
    return _TARGET.sub(lambda target: _blank_out(target[0]), shown)


def _in_case(case: Case) -> Iterator[TypedText]:
    yield TypedText(as_typed(case.title), Location(case.path))
    yield from _in_nodes(case.body)


def _in_front(module: Module, *, has_own_title: bool) -> Iterator[TypedText]:
    title = () if has_own_title else ("title",)
    yield from _in_values(module.source, (*title, "summary", "outcomes"))
    for index, material in enumerate(module.front.materials):
        place = module.source.location("materials", index, "item")
        yield TypedText(as_typed(material.item), place)


def _in_values(source: YamlSource, first_keys: tuple[str, ...]) -> Iterator[TypedText]:
    for keys, place in source.places.items():
        if keys and keys[0] in first_keys and keys[-1] != "for" and place.written:
            yield TypedText(as_typed(place.written), place.value)


def _in_nodes(nodes: Iterable[Node]) -> Iterator[TypedText]:
    for node in nodes:
        if isinstance(node, Text):
            yield TypedText(as_typed(node.source), node.location)
            continue
        for option in _OPTIONS:
            if option in node.options:
                yield TypedText(as_typed(str(node.options[option])), node.location)
        yield from _in_nodes(node.children)


def _in_templates(tailored: Tailored) -> Iterator[TypedText]:
    """Yield the texts of the client's documents and e-mails, and of what all of them share."""
    folders = {document.folder for document in tailored.documents} | {"_shared"}
    for name in tailored.overlay.names("templates", "**/*.j2"):
        if name.split("/")[0] in folders and not name.endswith(".css.j2"):
            yield from _in_file(tailored, "templates", name)
    for folder in sorted(folders - {"_shared"}):
        yield from _in_document_file(tailored, f"{folder}/document.yaml")


def _in_document_file(tailored: Tailored, name: str) -> Iterator[TypedText]:
    file = tailored.overlay.find("templates", name)
    source = read_text(file.path, Report()) if file else None
    for match in _DOCUMENT_WORDS.finditer(source or ""):
        if file and source:
            line = source.count("\n", 0, match.start()) + 1
            words = _BRACES.sub(lambda blank: _blank_out(blank[0]), match[1]).replace("-", " ")
            yield TypedText(words, Location(file.path, line))


def _in_drawings(tailored: Tailored) -> Iterator[TypedText]:
    for name in tailored.overlay.names("assets", "**/*.svg"):
        if name != tailored.client.logo:
            yield from _in_file(tailored, "assets", name)


def _in_file(tailored: Tailored, kind: str, name: str) -> Iterator[TypedText]:
    file = tailored.overlay.find(kind, name)
    source = read_text(file.path, Report()) if file else None
    if file and source:
        yield TypedText(as_typed(source), Location(file.path, 1))


def _strings_of(code: str) -> str:
    """Keep of an expression only the strings that it prints, and blank out the rest."""
    if code.startswith("{#"):
        return _blank_out(code)
    kept, end = "", 0
    for string in _STRING.finditer(code):
        before = code[: string.start()]
        words = string[0][1:-1]
        is_printed = not _NAMES.search(before) or bool(_SAYS.search(before))
        is_text = " " in words or words != words.lower() or bool(_SAYS.search(before))
        kept += _blank_out(code[end : string.start()])
        kept += f" {as_typed(words)} " if is_printed and is_text else _blank_out(string[0])
        end = string.end()
    return kept + _blank_out(code[end:])


def _read_out(tag: str) -> str:
    """Blank out all of a tag but what is read out to those who cannot see it."""
    kept, end = "", 0
    for match in _READ_OUT.finditer(tag):
        kept += _blank_out(tag[end : match.start(1)]) + match[1]
        end = match.end(1)
    return kept + _blank_out(tag[end:])


def _blank_out(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
