"""Report statements of Jinja that a fence cuts in two, and those that only other programs have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from workshop.content.block_tree import Text
from workshop.content.doubts.text_look import place_in
from workshop.diagnostics import Report

_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}", re.DOTALL)
# Hugo’s “{{< figure >}}” and “{{% notice %}}”, or a statement: “{% highlight %}” is Jekyll’s.
_TAG = re.compile(
    r"(?P<shortcode>\{\{[<%].*?(?:[>%]\}\}|$))"
    r"|\{%[-+]?\s*(?P<word>[\w-]*)(?P<rest>(?:[^%]|%(?!\}))*)%\}",
    re.MULTILINE,
)
_HOLDERS = frozenset(("if", "for", "set", "with", "filter", "call", "macro", "block", "autoescape"))
_OTHERS = frozenset(("elif", "else", "raw", "include", "import", "from", "extends"))
_KNOWN = _HOLDERS | _OTHERS | {f"end{word}" for word in _HOLDERS} | {"endraw"}


def check_statements(texts: Iterable[Text], report: Report) -> None:
    """Report what of the texts of one file Jinja could not read, each pair of statements once."""
    cut: Counter[str] = Counter()
    for text in texts:
        if "{%" in text.source or "{{" in text.source:
            _Statements(text, report, cut).check()


class _Statements:
    """Looks through one text; `cut` counts the statements that earlier texts left open."""

    def __init__(self, text: Text, report: Report, cut: Counter[str]) -> None:
        self._text = text
        self._report = report
        self._cut = cut
        self._opened: list[re.Match[str]] = []

    def check(self) -> None:
        source = _RAW.sub(lambda raw: re.sub(".", " ", raw[0]), self._text.source)
        for tag in _TAG.finditer(source):
            word = tag["word"]
            if tag["shortcode"] or word not in _KNOWN:
                self._tell_foreign(tag)
            elif word in _HOLDERS and not (word == "set" and "=" in tag["rest"]):
                self._opened.append(tag)
            elif word.startswith("end") or word in ("elif", "else"):
                self._close(tag)
        for tag in self._opened:
            self._cut[tag["word"]] += 1
            self._error(
                "open-statement",
                f"“{_show_tag(tag)}” is not closed before the next fence",
                tag,
                f"Write {{% end{tag['word']} %}} before the fence. For a whole block, write both "
                "inside of it.",
            )

    def _close(self, tag: re.Match[str]) -> None:
        word = tag["word"].removeprefix("end")
        wanted = {"elif": ("if",), "else": ("if", "for")}.get(word, (word,))
        if self._opened and self._opened[-1]["word"] in wanted:
            if tag["word"].startswith("end"):
                self._opened.pop()
            return
        if any(opened["word"] in wanted for opened in self._opened):
            inner = self._opened.pop()
            message = f"“{_show_tag(inner)}” is not closed before “{_show_tag(tag)}”"
            hint = f"Write {{% end{inner['word']} %}} before that."
            self._error("open-statement", message, inner, hint)
            self._close(tag)
            return
        known = next((name for name in wanted if self._cut[name]), None)
        if known:  # the one that it closes has been told
            self._cut[known] -= tag["word"].startswith("end")
            return
        hint = f"Write {{% {wanted[0]} … %}} before it, after the last fence; or take it out."
        self._error("open-statement", f"“{_show_tag(tag)}” closes nothing here", tag, hint)

    def _tell_foreign(self, tag: re.Match[str]) -> None:
        self._error(
            "shortcode",
            f"“{_show_tag(tag)}” belongs to another program, and does nothing here",
            tag,
            "Take it out. To print it as typed, write {% raw %} before it and {% endraw %} behind.",
        )

    def _error(self, code: str, message: str, tag: re.Match[str], hint: str) -> None:
        place = place_in(self._text.source, tag.start(), self._text.location)
        self._report.error(code, message, place, hint)


def _show_tag(tag: re.Match[str]) -> str:
    return " ".join(tag[0].split())
